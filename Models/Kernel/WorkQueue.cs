using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>A workqueue: items run first in, first out on at most max_active workers, for each CPU if bound, in all if unbound (DM-X4).</summary>
/// <remarks>
/// <code>
///   Queue(item) ──► worklist ──► idle kworker wakes ──► item.RunAsync()   an item that sleeps keeps its place in max_active
/// </code>
/// Unbound, ordered and bound queues have workers of their own; managed queues are bound and share those of their CPU.
/// Time passes in the wake-up of an idle worker; a busy worker takes the next item at once. Where no kthread can be created
/// there are no workers, and a queue with WQ_MEM_RECLAIM lives on its rescuer: Linux keeps the last worker of a pool idle, and
/// that one tries to create another before it begins to work.
/// Not modelled: which idle worker is woken (here the longest idle, in Linux the last to become idle), that an item queued again
/// while it runs waits for itself, flushing and cancelling.
/// </remarks>
[KernelSource("kernel/workqueue.c", "queue_work, worker_thread", Version = "v4.1", Rules = "DM-X4")]
public sealed class WorkQueue
{
    private readonly IWorkPool[] _pools;

    private WorkQueue(IWorkPool[] pools) => _pools = pools;

    /// <summary>Workers of the whole queue.</summary>
    public int Workers => _pools.Sum(p => p.Workers);

    /// <summary>Items that ran at the same time at most.</summary>
    public int ActiveMax => _pools.Max(p => p.ActiveMax);

    /// <summary>WQ_UNBOUND: workers run on any CPU and share one max_active.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Workers are called <c>name/0</c>, <c>name/1</c>, ...</param>
    /// <param name="maxActive">Items in execution at most.</param>
    /// <param name="wakeup">From queueing until an idle worker runs.</param>
    /// <param name="flags">Of these, WQ_CPU_INTENSIVE means nothing here.</param>
    public static WorkQueue Unbound(LinuxKernel kernel, string name, int maxActive, Duration wakeup, WorkQueueFlags flags = WorkQueueFlags.None) =>
        new([new WorkerPool(kernel, name, 0, maxActive, -1, wakeup, Nice(flags), RescuerOf(kernel, name, flags))]);

    /// <summary>alloc_ordered_workqueue: unbound, one item at a time, in the order of queueing.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">The worker is called <c>name/0</c>.</param>
    /// <param name="wakeup">From queueing until the idle worker runs.</param>
    /// <param name="flags">Of these, WQ_CPU_INTENSIVE means nothing here.</param>
    public static WorkQueue Ordered(LinuxKernel kernel, string name, Duration wakeup, WorkQueueFlags flags = WorkQueueFlags.None) =>
        Unbound(kernel, name, 1, wakeup, flags);

    /// <summary>Bound: an item runs on the CPU that queued it; each CPU has its own max_active, and workers that no other queue uses.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Workers are called <c>name/0</c>, <c>name/1</c>, ... in order of CPUs.</param>
    /// <param name="maxActive">Items in execution at most for each CPU.</param>
    /// <param name="wakeup">From queueing until an idle worker runs.</param>
    /// <param name="flags">WQ_CPU_INTENSIVE is how it behaves without: no item of another queue keeps it waiting.</param>
    public static WorkQueue Bound(LinuxKernel kernel, string name, int maxActive, Duration wakeup, WorkQueueFlags flags = WorkQueueFlags.None)
    {
        Rescuer? rescuer = RescuerOf(kernel, name, flags);
        IWorkPool[] pools = new IWorkPool[kernel.Cpus.Count];
        for (int cpu = 0; cpu < pools.Length; cpu++)
        {
            pools[cpu] = new WorkerPool(kernel, name, cpu * maxActive, maxActive, cpu, wakeup, Nice(flags), rescuer);
        }

        return new WorkQueue(pools);
    }

    /// <summary>Bound, with concurrency management: all such queues share the kworkers of a CPU, of which one runs at a time unless it sleeps or its item is WQ_CPU_INTENSIVE.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Of the rescuer; the kworkers are called <c>kworker/0:0</c>, with an <c>H</c> for high priority.</param>
    /// <param name="maxActive">Items in execution at most for each CPU.</param>
    /// <param name="wakeup">From queueing until an idle worker runs; that of the first such queue counts.</param>
    /// <param name="flags">As in alloc_workqueue.</param>
    public static WorkQueue Managed(LinuxKernel kernel, string name, int maxActive, Duration wakeup, WorkQueueFlags flags = WorkQueueFlags.None)
    {
        if (!kernel.CanCreateKthreads)
        {
            return Bound(kernel, name, maxActive, wakeup, flags);
        }

        IWorkPool[] pools = new IWorkPool[kernel.Cpus.Count];
        for (int cpu = 0; cpu < pools.Length; cpu++)
        {
            CpuWorkers workers = kernel.WorkersOf(cpu, flags.HasFlag(WorkQueueFlags.HighPri), wakeup);
            pools[cpu] = new ManagedPool(workers, maxActive, flags.HasFlag(WorkQueueFlags.CpuIntensive));
        }

        return new WorkQueue(pools);
    }

    /// <summary>For diagnosis: a pending item is run by any worker.</summary>
    public void Owners(OwnerList owners)
    {
        foreach (IWorkPool pool in _pools)
        {
            pool.Owners(owners);
        }
    }

    /// <summary>Queues an item, as <c>queue_work</c>; queueing a pending item does nothing. Context: any.</summary>
    /// <param name="item">The work.</param>
    /// <param name="cpu">CPU that queues it; matters to bound queues only.</param>
    /// <returns>False if the item was pending.</returns>
    public bool Queue(WorkItem item, int cpu)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.IsPending)
        {
            return false;
        }

        item.IsPending = true;
        _pools[cpu % _pools.Length].Add(item);
        return true;
    }

    private static int Nice(WorkQueueFlags flags) => flags.HasFlag(WorkQueueFlags.HighPri) ? -20 : 0;

    private static Rescuer? RescuerOf(LinuxKernel kernel, string name, WorkQueueFlags flags) =>
        flags.HasFlag(WorkQueueFlags.MemReclaim) && !kernel.CanCreateKthreads ? new Rescuer(kernel, name) : null;
}
