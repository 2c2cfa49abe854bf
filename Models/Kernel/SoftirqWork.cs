using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The softirq vectors that are modelled, in the order in which a CPU serves them.</summary>
[KernelSource("include/linux/interrupt.h", "HI_SOFTIRQ, BLOCK_SOFTIRQ, TASKLET_SOFTIRQ", Version = "v6.18", Rules = "DM-X1")]
public enum SoftirqVector
{
    /// <summary>HI_SOFTIRQ: high-priority tasklets, system_bh_highpri_wq.</summary>
    Hi,

    /// <summary>BLOCK_SOFTIRQ: ends of requests.</summary>
    Block,

    /// <summary>TASKLET_SOFTIRQ: tasklets, system_bh_wq.</summary>
    Tasklet,
}

/// <summary>Something a CPU runs in softirq context: a tasklet, a BH work item, the end of a bio in block softirq (DM-X1, DM-X6). Never on two CPUs at once.</summary>
public abstract class SoftirqWork
{
    /// <summary>When it is served among what else is pending.</summary>
    public virtual SoftirqVector Vector => SoftirqVector.Tasklet;

    /// <summary>True from raising until the CPU takes it: raising it again meanwhile does nothing (DM-X6).</summary>
    public bool IsRaised { get; internal set; }

    /// <summary>True while a CPU runs it; raised meanwhile, it runs again afterwards.</summary>
    public bool IsRunning { get; internal set; }

    /// <summary>CPU that runs it, 0-based; CPU time is used with <see cref="Cpus.InterruptAsync"/> on it.</summary>
    public int RunsOn { get; internal set; }

    /// <summary>Another CPU took it while it ran: it is handed over at the end.</summary>
    internal bool IsHeldBack { get; set; }

    /// <summary>CPU on which it was raised last, 0-based.</summary>
    internal int RaisedOn { get; set; }

    /// <summary>What the CPU executes. Context: softirq.</summary>
    public abstract Operation RunAsync();
}

/// <summary>A work item of system_bh_wq: like a tasklet, but the core does not touch it once the handler has begun, so that the handler may free it (DM-B07).</summary>
[KernelSource("kernel/workqueue.c", "bh_worker, process_one_work", Version = "v6.9", Rules = "DM-X6 DM-B07")]
public abstract class BhWork : SoftirqWork;
