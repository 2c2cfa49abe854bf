using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The worker pool of one CPU, which all concurrency-managed workqueues share.</summary>
/// <remarks>
/// <code>
///   Insert ──► worklist ──► nobody runs? an idle kworker wakes ──► takes items as long as no other worker runs
///                              ▲                                     │ its item sleeps, or is WQ_CPU_INTENSIVE
///                              └─────────────────────────────────────┘
/// </code>
/// One worker stays idle: the last one that begins to work creates another. Not modelled: the time that creating one takes,
/// reaping idle workers, wq_watchdog, taking long items for CPU intensive (v6.5).
/// </remarks>
[KernelSource("kernel/workqueue.c", "worker_thread, kick_pool, wq_worker_sleeping", Version = "v6.18", Rules = "DM-X4")]
internal sealed class CpuWorkers : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;                      // [ps] from waking an idle worker until it runs
    private readonly Queue<ManagedItem> _worklist = new();
    private readonly List<Kworker> _workers = [];           // in order of creation

    public CpuWorkers(LinuxKernel kernel, int cpu, bool isHighPri, Duration wakeup)
        : base(kernel.Simulation, $"kworker/{cpu}{(isHighPri ? "H" : "")} worklist", "worker_thread")
    {
        Idle = true;
        (_kernel, Cpu, IsHighPri, _wakeup) = (kernel, cpu, isHighPri, wakeup);
        Create();
    }

    public int Cpu { get; }

    public bool IsHighPri { get; }

    public int Workers => _workers.Count;

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _worklist.Count > 0 && Running() == 0 ? $"its worklist holds {_worklist.Count} item{(_worklist.Count == 1 ? "" : "s")} and none of its workers runs" : null;

    public void Insert(ManagedItem item)
    {
        _worklist.Enqueue(item);
        Kick(null);
    }

    /// <summary>The running process is about to sleep: if it is a worker of this pool, the next item need not wait for it.</summary>
    public void OnSleep(Process process)
    {
        foreach (Kworker worker in _workers)
        {
            if (worker.Process == process)
            {
                Kick(worker);
                return;
            }
        }
    }

    public void Owners(OwnerList owners)
    {
        foreach (Kworker worker in _workers)
        {
            owners.Add(worker.Process);
        }
    }

    /// <summary>Wakes an idle worker if there is something to do and nobody does it.</summary>
    /// <param name="except">A worker that does not count any more; null for none.</param>
    private void Kick(Kworker? except)
    {
        if (_worklist.Count == 0 || !HasWaiters || Running(except) > 0)
        {
            return;
        }

        Process woken = FirstWaiter;
        foreach (Kworker worker in _workers)
        {
            worker.IsActive |= worker.Process == woken;
        }

        Duration delay = _kernel.Cpus.AfterWakeup(woken, _wakeup, Cpu, IsHighPri ? -20 : 0);
        _ = WakeFirstAfter(delay);
    }

    /// <summary>nr_running: workers that are not idle, do not sleep, and whose item is not CPU intensive.</summary>
    private int Running(Kworker? except = null)
    {
        int running = 0;
        foreach (Kworker worker in _workers)
        {
            running += worker.IsActive && worker != except && !worker.IsCpuIntensive && !worker.Process.IsWaiting ? 1 : 0;
        }

        return running;
    }

    private void Create()
    {
        Kworker worker = new();
        _workers.Add(worker);
        worker.Process = _kernel.Simulation.Spawn($"kworker/{Cpu}:{_workers.Count - 1}{(IsHighPri ? "H" : "")}", Work(worker), daemon: true);
    }

    [KernelSource("kernel/workqueue.c", "worker_thread", Version = "v6.18")]
    private async Process Work(Kworker worker)
    {
        _kernel.Enter(CpuContext.Process, Cpu);
        while (true)
        {
            worker.IsActive = false;
            while (_worklist.Count == 0 || Running(worker) > 0)
            {
                worker.IsActive = false;
                await WaitForWorkAsync();
            }

            worker.IsActive = true;
            if (!HasWaiters && _kernel.CanCreateKthreads)
            {
                Create();
            }

            do
            {
                await RunAsync(worker, _worklist.Dequeue());
            }
            while (_worklist.Count > 0 && Running() <= 1);
        }
    }

    private async Operation RunAsync(Kworker worker, ManagedItem entry)
    {
        worker.IsCpuIntensive = entry.Queue.IsCpuIntensive;
        if (worker.IsCpuIntensive)
        {
            Kick(worker);
        }

        entry.Item.IsPending = false;
        entry.Item.Cpu = Cpu;
        await entry.Item.RunAsync();
        worker.IsCpuIntensive = false;
        entry.Queue.OnDone();
    }

    private Suspension WaitForWorkAsync([CallerLineNumber] int line = 0) => Block(line);

    /// <summary><c>struct worker</c>.</summary>
    private sealed class Kworker
    {
        /// <summary>Its process.</summary>
        public Process Process { get; set; }

        /// <summary>Woken and not idle again.</summary>
        public bool IsActive { get; set; }

        /// <summary>Its item is of a WQ_CPU_INTENSIVE queue.</summary>
        public bool IsCpuIntensive { get; set; }
    }
}

/// <summary>An item on the worklist of a CPU, and the queue it came from.</summary>
internal readonly record struct ManagedItem(WorkItem Item, ManagedPool Queue);
