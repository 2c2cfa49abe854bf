using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary><c>struct pool_workqueue</c>: one workqueue on one CPU; at most max_active of its items are on the worklist of the CPU's workers or run.</summary>
[KernelSource("kernel/workqueue.c", "pwq_tryinc_nr_active, pwq_dec_nr_active", Version = "v6.18", Rules = "DM-X4")]
internal sealed class ManagedPool(CpuWorkers workers, int maxActive, bool isCpuIntensive) : IWorkPool
{
    private readonly CpuWorkers _workers = workers;
    private readonly int _maxActive = maxActive;
    private readonly Queue<WorkItem> _inactive = new();   // beyond max_active, oldest first
    private int _active;                                  // on the worklist or in execution

    /// <summary>WQ_CPU_INTENSIVE.</summary>
    public bool IsCpuIntensive { get; } = isCpuIntensive;

    public int Workers => _workers.Workers;

    [field: NotState]
    public int ActiveMax { get; private set; }

    public void Add(WorkItem item)
    {
        if (_active == _maxActive)
        {
            _inactive.Enqueue(item);
            return;
        }

        ActiveMax = Math.Max(ActiveMax, ++_active);
        _workers.Insert(new ManagedItem(item, this));
    }

    /// <summary>An item has run.</summary>
    public void OnDone()
    {
        _active--;
        if (_inactive.TryDequeue(out WorkItem? next))
        {
            Add(next);
        }
    }

    public void Owners(OwnerList owners) => _workers.Owners(owners);
}
