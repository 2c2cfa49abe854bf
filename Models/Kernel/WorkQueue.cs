using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>A workqueue: items run first in, first out on at most max_active workers, for each CPU if bound, in all if unbound (DM-X4).</summary>
/// <remarks>
/// <code>
///   Queue(item) ──► worklist ──► idle kworker wakes ──► item.RunAsync()   an item that sleeps keeps its place in max_active
/// </code>
/// Time passes in the wake-up of an idle worker; a busy worker takes the next item at once.
/// Not modelled: which idle worker is woken (here the longest idle, in Linux the last to become idle), the rescuer (threads are never short here), concurrency management of bound workers.
/// </remarks>
[KernelSource("kernel/workqueue.c", "queue_work, worker_thread", Version = "v4.1", Rules = "DM-X4")]
public sealed class WorkQueue
{
    private readonly WorkerPool[] _pools;

    private WorkQueue(WorkerPool[] pools) => _pools = pools;

    /// <summary>Workers of the whole queue.</summary>
    public int Workers => _pools.Sum(p => p.Workers);

    /// <summary>Items that ran at the same time at most.</summary>
    public int ActiveMax => _pools.Max(p => p.ActiveMax);

    /// <summary>WQ_UNBOUND: workers run on any CPU and share one max_active.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Workers are called <c>name/0</c>, <c>name/1</c>, ...</param>
    /// <param name="maxActive">Items in execution at most.</param>
    /// <param name="wakeup">From queueing until an idle worker runs.</param>
    public static WorkQueue Unbound(LinuxKernel kernel, string name, int maxActive, Duration wakeup) =>
        new([new WorkerPool(kernel, name, 0, maxActive, -1, wakeup)]);

    /// <summary>Bound: an item runs on the CPU that queued it; each CPU has its own max_active.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">Workers are called <c>name/0</c>, <c>name/1</c>, ... in order of CPUs.</param>
    /// <param name="maxActive">Items in execution at most for each CPU.</param>
    /// <param name="wakeup">From queueing until an idle worker runs.</param>
    public static WorkQueue Bound(LinuxKernel kernel, string name, int maxActive, Duration wakeup)
    {
        WorkerPool[] pools = new WorkerPool[kernel.Cpus.Count];
        for (int cpu = 0; cpu < pools.Length; cpu++)
        {
            pools[cpu] = new WorkerPool(kernel, name, cpu * maxActive, maxActive, cpu, wakeup);
        }

        return new WorkQueue(pools);
    }

    /// <summary>For diagnosis: a pending item is run by any worker.</summary>
    public void Owners(OwnerList owners)
    {
        foreach (WorkerPool pool in _pools)
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
}
