namespace CryptoSim.Models.Kernel;

/// <summary>In what a step of the kernel runs; only <see cref="Process"/> may sleep (DM-X1, DM-X2).</summary>
public enum CpuContext
{
    /// <summary>A kworker, kthread or user process: may sleep.</summary>
    Process,

    /// <summary>Tasklet, block softirq: may not sleep.</summary>
    Softirq,

    /// <summary>Device interrupt: may not sleep.</summary>
    Hardirq,

    /// <summary>A task with interrupts disabled, such as the idle thread that finishes an I/O: not in an interrupt, and may not sleep either (DM-B05).</summary>
    IrqsOff,

    /// <summary>Not a CPU at all: an engine or a disk at work.</summary>
    Hardware,
}
