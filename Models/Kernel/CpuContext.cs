namespace CryptoSim.Models.Kernel;

/// <summary>In what a step of the kernel runs; only <see cref="Process"/> may sleep (DM-X1, DM-X2).</summary>
public enum CpuContext
{
    /// <summary>A kworker, kthread or user process: may sleep.</summary>
    Process,

    /// <summary>Tasklet, BH work, block softirq: may not sleep. in_interrupt().</summary>
    Softirq,

    /// <summary>Device interrupt: may not sleep. in_hardirq(), in_interrupt(), irqs_disabled().</summary>
    Hardirq,

    /// <summary>Not a CPU at all: an engine or a disk at work.</summary>
    Hardware,

    /// <summary>A task with interrupts disabled, such as the idle thread while it finishes I/O: may not sleep. irqs_disabled(), but neither in_hardirq() nor in_interrupt().</summary>
    IrqsOff,

    /// <summary>A task inside rcu_read_lock(), such as one that dispatches requests of a queue without BLK_MQ_F_BLOCKING: may not sleep. None of in_interrupt(), irqs_disabled().</summary>
    RcuReader,
}
