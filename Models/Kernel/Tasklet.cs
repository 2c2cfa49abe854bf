namespace CryptoSim.Models.Kernel;

/// <summary><c>struct tasklet_struct</c>: softirq work whose core unlocks it after the handler has returned, so that its memory must live until then (DM-X6, DM-B07).</summary>
/// <remarks>
/// <code>
///   Softirqs.Raise ──► taken: no longer pending, locked ──► RunAsync ──► (others may run) ──► tasklet_unlock: touches it once more
/// </code>
/// </remarks>
[KernelSource("kernel/softirq.c", "tasklet_action_common, tasklet_unlock", Version = "v6.6", Rules = "DM-X6 DM-B07")]
public abstract class Tasklet : SoftirqWork
{
    private bool _isGone;   // its memory was freed or initialised again while the core still needed it

    /// <summary>What it is called in a fault, e.g. <c>the tasklet of io bio#3</c>.</summary>
    public abstract string Label { get; }

    /// <summary>tasklet_init() in memory that may have been another tasklet's until now. Context: any.</summary>
    public void Initialize() => LoseMemory();

    /// <summary>The memory in which it lies is freed. Context: any.</summary>
    public void LoseMemory() => _isGone |= IsRaised || IsRunning;

    /// <summary>The core touches it: a fault if its memory is gone.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="function">The function that does.</param>
    internal void Touch(LinuxKernel kernel, string function)
    {
        if (_isGone)
        {
            _isGone = false;
            kernel.Simulation.Fail("DM-B07", $"use after free: {function} touches {Label}, whose memory was freed while its handler ran");
        }
    }
}
