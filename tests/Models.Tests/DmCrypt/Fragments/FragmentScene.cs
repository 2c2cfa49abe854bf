using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>A machine with a kernel that splits writes: 2us a job, 0.5us a submission, sectors of a page, so that a fragment of one page is one request.</summary>
internal sealed record FragmentScene
{
    public KernelVersion Kernel { get; init; } = KernelVersion.V2632;

    public int Cpus { get; init; } = 2;

    public DmCryptOptions Target { get; init; } = new()
    {
        Engine = "jr0",
        Below = "sda",
        SectorSize = DataSize.FromKibibytes(4),
        SubmitCost = Duration.FromNanoseconds(500),
        Wakeup = Duration.Zero,
    };

    public CryptoDeviceOptions Cipher { get; init; } = new Scene().Ring;

    public DeviceOptions Device { get; init; } = new DiskOptions
    {
        Latency = new ConstantDuration(Scene.Us * 100),
        Bandwidth = new Bandwidth(1L << 60),
    };

    /// <summary>Null: never short of memory.</summary>
    public MemoryOptions? Memory { get; init; }

    public IReadOnlyList<JobOptions> Jobs { get; init; } = [Scene.Write("8KiB")];

    public static CryptoDeviceOptions Synchronous { get; } = new SoftwareCipherOptions { Setup = Scene.Us, Bandwidth = new Bandwidth(1L << 60) };

    public static MemoryOptions NoMemory { get; } = new() { Free = new DataSize(0) };

    public MachineOptions Options => new()
    {
        Kernel = Kernel,
        Hardware = new HardwareOptions
        {
            Cpus = Cpus,
            Memory = Memory,
            Devices = [new("jr0", Cipher), new("sda", Device)],
        },
        Stack = [new("dm-0", Target)],
        Workload = [.. Jobs.Select((job, i) => new NamedPart<WorkloadOptions>("writer" + (i == 0 ? "" : i.ToString(System.Globalization.CultureInfo.InvariantCulture)), job))],
    };

    /// <summary>As many clones as the write has pages.</summary>
    public FragmentScene Splits(Fragments fragments = Fragments.OwnContext, int segments = 1) =>
        this with { Target = Target with { Fragments = fragments, MaxSegments = segments } };

    public MachineResult Run()
    {
        Assert.Empty(MachineValidator.Validate(Options));
        using Machine machine = Machine.Build(
            Options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(100), TraceKept = 100_000, StepsKept = 0 });
        Assert.True(machine.Run());
        return machine.Result();
    }

    public ExplorationResult Explore() => ExploredMachine.Explore(Options, new ExplorationOptions());
}

internal static class FragmentResults
{
    /// <summary>Where bios went below: their sectors, in order.</summary>
    public static IEnumerable<string> Below(this MachineResult result) =>
        result.Trace.Where(e => e.Function == "generic_make_request").Select(e => $"{e.Subject} {e.Detail.Replace("WRITE ", "W ", StringComparison.Ordinal).Replace(" + ", "+", StringComparison.Ordinal)}");

    /// <summary>Details of a step, in order.</summary>
    public static IEnumerable<string> Steps(this MachineResult result, string function) =>
        result.Trace.Where(e => e.Function == function && e.Kind == Simulator.Recording.TraceKind.Step).Select(e => e.Detail);
}
