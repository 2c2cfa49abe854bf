using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The kworkers that share one max_active, and their worklist.</summary>
internal sealed class WorkerPool : Waitable, IHolder
{
    private readonly Queue<WorkItem> _worklist = new();
    [NotState]
    private readonly List<Process> _workers = [];   // for diagnosis
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;   // [ps] from queueing until an idle worker runs
    private readonly int _cpu;           // CPU of the workers, -1 for any
    [NotState]
    private int _active;                 // items in execution

    public WorkerPool(LinuxKernel kernel, string name, int firstNumber, int workers, int cpu, Duration wakeup)
        : base(kernel.Simulation, name + " worklist", "worker_thread")
    {
        Idle = true;
        _kernel = kernel;
        _cpu = cpu;
        _wakeup = wakeup;
        for (int i = 0; i < workers; i++)
        {
            _workers.Add(kernel.Simulation.Spawn($"{name}/{firstNumber + i}", Worker(), daemon: true));
        }
    }

    public int Workers => _workers.Count;

    [field: NotState]
    public int ActiveMax { get; private set; }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _worklist.Count > 0 ? $"its worklist holds {_worklist.Count} item{(_worklist.Count == 1 ? "" : "s")}" : null;

    public void Add(WorkItem item)
    {
        _worklist.Enqueue(item);
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup, _cpu);
            _ = delay == Duration.Zero ? WakeFirst() : WakeFirstAfter(delay);
        }
    }

    /// <summary>A queued item is run by whichever worker comes first.</summary>
    public void Owners(OwnerList owners)
    {
        foreach (Process worker in _workers)
        {
            owners.Add(worker);
        }
    }

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
