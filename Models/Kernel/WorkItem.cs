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
}
