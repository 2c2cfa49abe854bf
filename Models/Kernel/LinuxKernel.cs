using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What every mechanism of one machine shares: the virtual clock, the CPUs, the execution context of each process, and the tracer.</summary>
public sealed class LinuxKernel
{
    private Softirqs? _softirqs;   // null while no part needs any

    /// <summary>Brings up a kernel with so many CPUs.</summary>
    /// <param name="simulation">The virtual clock.</param>
    /// <param name="cpus">Online CPUs, at least 1.</param>
    /// <param name="tracer">Where trace events go; null switches the trace off.</param>
    /// <param name="proveLocking">CONFIG_PROVE_LOCKING: mutexes are known, and the order in which they are taken is checked.</param>
    /// <param name="version">The release whose behaviour parts take where their options do not set it.</param>
    public LinuxKernel(Simulation simulation, int cpus, Tracer? tracer = null, bool proveLocking = false, KernelVersion version = KernelVersion.V618)
    {
        Version = version;
        FpuSection = DefaultFpuSection(version);
        Simulation = simulation;
        Cpus = new Cpus(simulation, cpus);
        LockOrder = proveLocking ? new LockOrder(simulation) : null;
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

    /// <summary>The machine's free pages; never short unless the hardware's options say so.</summary>
    public PageAllocator Memory { get; init; } = new();

    /// <summary>What GFP_KERNEL may have to wait for when no page is free; null if nothing is dirty. Set while the machine is built.</summary>
    public IReclaim? Reclaim { get; set; }

    /// <summary>The order in which locks are taken; null without CONFIG_PROVE_LOCKING, which a machine without mutexes has no use for.</summary>
    public LockOrder? LockOrder { get; }

    /// <summary>Where trace events go; null when the trace is off.</summary>
    public Tracer? Tracer { get; }

    /// <summary>The execution context of the running process.</summary>
    public CpuContext Context => (CpuContext)Simulation.CurrentMark;

    /// <summary>Puts the running process into a context: done first thing by each that does not run in process context.</summary>
    public void Enter(CpuContext context) => Simulation.CurrentMark = (byte)context;

    /// <summary>The CPU that runs this step.</summary>
    /// <param name="otherwise">The CPU to answer where no interrupt context has one.</param>
    public int CurrentCpu(int otherwise) => _softirqs?.CpuOf(Simulation.CurrentProcess) ?? otherwise;

    /// <summary>What a kernel-FPU section of x86 does to softirqs: disables them since 6.15 (SC-6).</summary>
    public static FpuSection DefaultFpuSection(KernelVersion version) =>
        version >= KernelVersion.V618 ? FpuSection.SoftirqsDisabled : FpuSection.SoftirqsEnabled;

    /// <summary>Reports a sleep outside process context as the fault it is (kernel: "scheduling while atomic").</summary>
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
        string where = Tracer.Word(context);
        Tracer?.Emit(Simulator.Recording.TraceKind.Fault, function, detail: "BUG: scheduling while atomic");
        Simulation.Fail("DM-X2", $"BUG: scheduling while atomic: {name} is in {where} context and would sleep in {function}");
        return false;
    }
}
