using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What every mechanism of one machine shares: the virtual clock, the CPUs, the execution context of each process, and the tracer.</summary>
public sealed class LinuxKernel
{
    private Softirqs? _softirqs;     // null while no part needs any
    private readonly CostOptions _costs = new();
    private readonly List<IAtomicRunner> _runners = [];   // softirqs and device interrupts, in order of creation
    private readonly List<CpuWorkers> _workers = [];      // of managed workqueues, in order of creation
    private LockOrder? _lockOrder;   // null while no part has a mutex

    /// <summary>Brings up a kernel with so many CPUs.</summary>
    /// <param name="simulation">The virtual clock.</param>
    /// <param name="cpus">Online CPUs, at least 1.</param>
    /// <param name="tracer">Where trace events go; null switches the trace off.</param>
    /// <param name="version">The release whose behaviour parts take where their options do not set it.</param>
    public LinuxKernel(Simulation simulation, int cpus, Tracer? tracer = null, KernelVersion version = KernelVersion.V618)
    {
        Version = version;
        FpuSection = DefaultFpuSection(version);
        Simulation = simulation;
        Cpus = new Cpus(simulation, cpus);
        Tracer = tracer;
        tracer?.Attach(this);
    }

    /// <summary>The virtual clock.</summary>
    public Simulation Simulation { get; }

    /// <summary>The release whose behaviour parts take where their options do not set it.</summary>
    public KernelVersion Version { get; }

    /// <summary>What a kernel-FPU section does to softirqs: that of the release, unless the machine's CPUs say otherwise.</summary>
    public FpuSection FpuSection { get; init; }

    /// <summary>Devices remember what was written to them, because a job verifies it.</summary>
    public bool KeepsContents { get; init; }

    /// <summary>The online CPUs.</summary>
    public Cpus Cpus { get; }

    /// <summary>The softirqs of the CPUs; brought up when a part first asks for them, while the machine is built.</summary>
    public Softirqs Softirqs => _softirqs ??= new Softirqs(this);

    /// <summary>What the kernel itself costs: hops, switches, interrupts.</summary>
    public CostOptions Costs
    {
        get => _costs;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _costs = value;
            Cpus.ContextSwitch = value.ContextSwitch;
        }
    }

    /// <summary>The machine's free pages; never short unless the hardware's options say so.</summary>
    public PageAllocator Memory { get; init; } = new();

    /// <summary>What GFP_KERNEL may have to wait for when no page is free; null if nothing is dirty. Set while the machine is built.</summary>
    public IReclaim? Reclaim { get; set; }

    /// <summary>False while memory is so short that no kworker can be created (kthreads: none).</summary>
    public bool CanCreateKthreads { get; init; } = true;

    /// <summary>The order in which locks are taken (CONFIG_PROVE_LOCKING); null on a machine that has no mutex, which has no use for it.</summary>
    public LockOrder? LockOrder => _lockOrder;

    /// <summary>Where trace events go; null when the trace is off.</summary>
    public Tracer? Tracer { get; }

    /// <summary>Where the first requests are kept phase by phase; null when none are.</summary>
    [field: NotState]
    internal RequestRecorder? Requests { get; init; }

    /// <summary>The execution context of the running process.</summary>
    public CpuContext Context => (CpuContext)Simulation.CurrentMark;

    /// <summary>in_interrupt(): hardirq or softirq (DM-X1).</summary>
    public bool InInterrupt => Context is CpuContext.Softirq or CpuContext.Hardirq;

    /// <summary>irqs_disabled(): hardirq, or a task with interrupts off (DM-X1).</summary>
    public bool IrqsDisabled => Context is CpuContext.Hardirq or CpuContext.IrqsOff;

    /// <summary>smp_processor_id(), 0-based: of interrupts, softirqs and bound kworkers; -1 for a process that belongs to no CPU.</summary>
    public int CurrentCpu => Simulation.CurrentPlace - 1;

    /// <summary>The CPU of the running process, or another where it belongs to none.</summary>
    public int CpuOr(int otherwise) => CurrentCpu >= 0 ? CurrentCpu : otherwise;

    /// <summary>What a kernel-FPU section of x86 does to softirqs: disables them since 6.15 (SC-6).</summary>
    public static FpuSection DefaultFpuSection(KernelVersion version) =>
        version >= KernelVersion.V618 ? FpuSection.SoftirqsDisabled : FpuSection.SoftirqsEnabled;

    /// <summary>
    /// Runs work in the context and on the CPU of the running interrupt or softirq, once what runs there now has returned: what a
    /// plain call of a function with waits in it would do in Linux.
    /// </summary>
    /// <param name="work">What to run; if it is pending already, it is left where it is.</param>
    /// <returns>False, without effect, if the running process is neither a softirq nor the interrupt of a block device.</returns>
    public bool RunNext(SoftirqWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Process running = Simulation.CurrentProcess;
        foreach (IAtomicRunner runner in _runners)
        {
            if (runner.Runs(running))
            {
                runner.RunNext(work);
                return true;
            }
        }

        return false;
    }

    /// <summary>Called right before the running process sleeps, where it is known that it will: another kworker of its CPU may take its place.</summary>
    [KernelSource("kernel/workqueue.c", "wq_worker_sleeping", Version = "v6.18", Rules = "DM-X4")]
    public void OnSleep()
    {
        if (_workers.Count == 0)
        {
            return;
        }

        Process process = Simulation.CurrentProcess;
        foreach (CpuWorkers workers in _workers)
        {
            workers.OnSleep(process);
        }
    }

    /// <summary>The shared kworkers of a CPU; made when first asked for.</summary>
    internal CpuWorkers WorkersOf(int cpu, bool isHighPri, Duration wakeup)
    {
        foreach (CpuWorkers known in _workers)
        {
            if (known.Cpu == cpu && known.IsHighPri == isHighPri)
            {
                return known;
            }
        }

        CpuWorkers made = new(this, cpu, isHighPri, wakeup);
        _workers.Add(made);
        return made;
    }

    internal void Add(IAtomicRunner runner) => _runners.Add(runner);

    /// <summary>A mutex was made: from now on the order of locks is checked.</summary>
    internal void Add(KernelMutex mutex) => (_lockOrder ??= new LockOrder(Simulation)).Add(mutex);

    /// <summary>Puts the running process into a context: done first thing by each that does not run in process context.</summary>
    public void Enter(CpuContext context) => Simulation.CurrentMark = (byte)context;

    /// <summary>Puts the running process into a context on a CPU.</summary>
    /// <param name="context">The context.</param>
    /// <param name="cpu">0-based; -1 for no CPU of its own.</param>
    public void Enter(CpuContext context, int cpu)
    {
        Simulation.CurrentMark = (byte)context;
        Simulation.CurrentPlace = cpu + 1;
    }

    /// <summary>Reports a sleep outside process context as the fault it is (kernel: "scheduling while atomic"), with the stacks of both sides.</summary>
    /// <param name="function">The kernel function that is about to sleep.</param>
    /// <returns>True if the running process may sleep.</returns>
    [KernelSource("kernel/sched/core.c", "__schedule_bug", Version = "v4.1", Rules = "DM-X2")]
    public bool MaySleep(string function)
    {
        CpuContext context = Context;
        if (context == CpuContext.Process)
        {
            return true;
        }

        string name = Simulation.CurrentProcess.Name;
        string stacks = CallTrace.Stacks(this, function);
        Tracer?.Emit(Simulator.Recording.TraceKind.Fault, function, detail: "BUG: scheduling while atomic: " + stacks);
        Simulation.Fail("DM-X2", $"BUG: scheduling while atomic: {name} is in {Tracer.Word(context)} context and would sleep in {function}. {stacks}");
        return false;
    }
}
