using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The kworkers that share one max_active, and their worklist.</summary>
internal sealed class WorkerPool : Waitable, IHolder, IWorkPool
{
    private readonly Queue<WorkItem> _worklist = new();
    [NotState]
    private readonly List<Process> _workers = [];   // for diagnosis
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;      // [ps] from queueing until an idle worker runs
    private readonly int _cpu;              // CPU of the workers, -1 for any
    private readonly int _nice;             // of the workers [-20..19]
    private readonly MaydayTimer? _mayday;  // calls the rescuer; null while kworkers can be created
    [NotState]
    private int _active;                    // items in execution

    /// <summary>A pool with all the workers that it may need; with none where no kthread can be created.</summary>
    public WorkerPool(LinuxKernel kernel, string name, int firstNumber, int workers, int cpu, Duration wakeup, int nice = 0, Rescuer? rescuer = null)
        : base(kernel.Simulation, name + " worklist", "worker_thread")
    {
        Idle = true;
        _kernel = kernel;
        _cpu = cpu;
        _nice = nice;
        _wakeup = wakeup;
        _mayday = rescuer is null ? null : new MaydayTimer(kernel.Simulation, this, rescuer);
        for (int i = 0; i < (kernel.CanCreateKthreads ? workers : 0); i++)
        {
            _workers.Add(kernel.Simulation.Spawn($"{name}/{firstNumber + i}", Worker(), daemon: true));
        }
    }

    public int Workers => _workers.Count;

    [field: NotState]
    public int ActiveMax { get; private set; }

    public string Label => Name;

    public string? WhyNobody => _mayday is null && !_kernel.CanCreateKthreads ? "has no kworker, none can be created, and the queue has no rescuer" : null;

    protected override string? WorkLeft => _worklist.Count > 0 ? $"its worklist holds {_worklist.Count} item{(_worklist.Count == 1 ? "" : "s")}" : null;

    public void Add(WorkItem item)
    {
        _worklist.Enqueue(item);
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup, _cpu, _nice);
            _ = WakeFirstAfter(delay);
        }
        else
        {
            _mayday?.OnQueued();
        }
    }

    /// <summary>A queued item is run by whichever worker comes first.</summary>
    public void Owners(OwnerList owners)
    {
        foreach (Process worker in _workers)
        {
            owners.Add(worker);
        }

        _mayday?.Owners(owners);
    }

    /// <summary>The same; a pool that has neither workers nor a rescuer stands for itself, so that it can say so.</summary>
    void IWorkPool.Owners(OwnerList owners)
    {
        if (WhyNobody is null)
        {
            Owners(owners);
        }
        else
        {
            owners.Add(this);
        }
    }

    /// <summary>For the rescuer: takes the oldest item.</summary>
    public bool TryTake([NotNullWhen(true)] out WorkItem? item) => _worklist.TryDequeue(out item);

    /// <summary>For the rescuer: runs an item.</summary>
    public async Operation RunAsync(WorkItem item)
    {
        item.IsPending = false;
        item.Cpu = _cpu;
        ActiveMax = Math.Max(ActiveMax, ++_active);
        await item.RunAsync();
        _active--;
    }

    /// <summary>The rescuer has left nothing.</summary>
    public void OnRescued() => _mayday?.OnRescued();

    [KernelSource("kernel/workqueue.c", "worker_thread", Version = "v4.1")]
    private async Process Worker()
    {
        _kernel.Enter(CpuContext.Process, _cpu);
        while (true)
        {
            WorkItem? item;
            while (!_worklist.TryDequeue(out item))
            {
                await WaitForWorkAsync();
            }

            item.IsPending = false;
            item.Cpu = _cpu;
            ActiveMax = Math.Max(ActiveMax, ++_active);
            await item.RunAsync();
            _active--;
        }
    }

    private Suspension WaitForWorkAsync([CallerLineNumber] int line = 0) => Block(line);
}
