using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary><c>struct work_struct</c>: something a workqueue runs, queued at most once at a time (DM-X4).</summary>
public abstract class WorkItem
{
    /// <summary>True from <see cref="WorkQueue.Queue"/> until a worker takes it.</summary>
    public bool IsPending { get; internal set; }

    /// <summary>CPU of the worker while it runs on a bound workqueue; -1 on an unbound one.</summary>
    public int Cpu { get; internal set; } = -1;

    /// <summary>What the worker executes. Context: process.</summary>
    public abstract Operation RunAsync();

    /// <summary>INIT_WORK on an item that may have been used before: a fault while it is queued, because its list entry is overwritten and the queue's list with it (DM-X4). Context: any.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="label">What the item is called, e.g. <c>io->work of bio#3</c>.</param>
    public void Initialize(LinuxKernel kernel, string label)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (IsPending)
        {
            kernel.Simulation.Fail("DM-X4", $"list corruption: INIT_WORK on {label}, which is queued");
        }
    }
}
