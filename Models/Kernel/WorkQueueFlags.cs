namespace CryptoSim.Models.Kernel;

/// <summary>Flags of <c>alloc_workqueue</c>; WQ_UNBOUND and ordered queues have makers of their own.</summary>
[Flags]
[KernelSource("include/linux/workqueue.h", "enum wq_flags", Version = "v6.18", Rules = "DM-X4")]
public enum WorkQueueFlags
{
    /// <summary>None.</summary>
    [KernelSource("include/linux/workqueue.h", "enum wq_flags", Version = "v6.18")]
    None = 0,

    /// <summary>WQ_MEM_RECLAIM: a rescuer runs the items, one at a time, while no kworker can be created.</summary>
    [KernelSource("kernel/workqueue.c", "rescuer_thread, send_mayday", Version = "v6.18", Rules = "DM-X4")]
    MemReclaim = 1,

    /// <summary>WQ_CPU_INTENSIVE: a running item does not keep others of its CPU's pool waiting. Matters to <see cref="WorkQueue.Managed"/> queues only.</summary>
    [KernelSource("kernel/workqueue.c", "process_one_work, worker_set_flags", Version = "v6.18", Rules = "DM-X4")]
    CpuIntensive = 2,

    /// <summary>WQ_HIGHPRI: kworkers of nice -20, which get the CPU from a competing load at once.</summary>
    [KernelSource("kernel/workqueue.c", "HIGHPRI_NICE_LEVEL", Version = "v6.18", Rules = "DM-X4")]
    HighPri = 4,
}
