using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A small machine for a test: one ring, one dm-crypt target, one device, no cost unless given.</summary>
internal sealed record Scene
{
    public static readonly Duration Us = Duration.FromMicroseconds(1);

    public int Cpus { get; init; } = 4;

    /// <summary>Service takes 2us whatever the length, submission 0.5us, everything else nothing.</summary>
    public JobRingOptions Ring { get; init; } = new()
    {
        Setup = Service(Us * 2),
        Bandwidth = new Bandwidth(1L << 60),
        WhenFull = WhenFull.Backlog,
        Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.Zero, Tasklet = Duration.Zero },
        EngineWakeup = Duration.Zero,
    };

    public DmCryptOptions Target { get; init; } = new()
    {
        Engine = "jr0",
        Below = "null0",
        MaxWriteSize = DataSize.FromMebibytes(1),
        SubmitCost = Duration.FromNanoseconds(500),
        Wakeup = Duration.Zero,
    };

    public DeviceOptions Device { get; init; } = new NullDeviceOptions();

    /// <summary>A second ring with the same hardware under dm-1; dm-1 uses it.</summary>
    public JobRingOptions? SecondRing { get; init; }

    public IReadOnlyList<NamedPart<WorkloadOptions>> Workload { get; init; } = [];

    public Duration TimeLimit { get; init; } = Duration.FromSeconds(1000);

    public Duration Warmup { get; init; }

    public ulong Seed { get; init; } = 1;

    public int Replication { get; init; }

    public int TraceKept { get; init; }

    public int BiosKept { get; init; } = 100_000;

    /// <summary>The setup time that makes a job of any usual length take exactly this long: the endless bandwidth costs the last picosecond.</summary>
    public static ConstantDuration Service(Duration service) => new(service - new Duration(1));

    public static JobOptions Write(string size, int number = 1, int iodepth = 1, int numjobs = 1) => new()
    {
        Device = "dm-0",
        Rw = Rw.Write,
        Bs = Size(size),
        NumberIos = number,
        Iodepth = iodepth,
        Numjobs = numjobs,
    };

    /// <summary>A write of so many crypto units of 512 bytes.</summary>
    public static JobOptions WriteUnits(int units, int number = 1, int iodepth = 1, int numjobs = 1) =>
        Write("512B", number, iodepth, numjobs) with { Bs = new DataSize(units * 512L) };

    public static DataSize Size(string text) => DataSize.TryParse(text, out DataSize size, out string? error) ? size : throw new ArgumentException(error);

    public Scene With(string name, WorkloadOptions workload) => this with { Workload = [.. Workload, new NamedPart<WorkloadOptions>(name, workload)] };

    public MachineOptions Options => new()
    {
        Hardware = new HardwareOptions
        {
            Cpus = Cpus,
            Devices = SecondRing is null ? OneRing : [.. OneRing, new NamedPart<DeviceOptions>("jr1", SecondRing)],
        },
        Stack = SecondRing is null ? OneTarget : [.. OneTarget, new NamedPart<StackOptions>("dm-1", Target with { Engine = "jr1" })],
        Workload = Workload,
    };

    private NamedPart<DeviceOptions>[] OneRing => [new("jr0", Ring), new("null0", Device)];

    private NamedPart<StackOptions>[] OneTarget => [new("dm-0", Target)];

    public Machine Build() => Machine.Build(
        Options,
        new MachineRunOptions { Seed = Seed, Replication = Replication, TimeLimit = TimeLimit, Warmup = Warmup, TraceKept = TraceKept, BiosKept = BiosKept, StepsKept = 0 });

    public MachineResult Run()
    {
        Assert.Empty(MachineValidator.Validate(Options));
        using Machine machine = Build();
        Assert.True(machine.Run());
        return machine.Result();
    }
}

internal static class Results
{
    /// <summary>The requests answered EBUSY by a ring, in their order.</summary>
    public static IEnumerable<string> Busy(this MachineResult result) =>
        result.Trace.Where(e => e.Kind == TraceKind.Return && e.Result == "EBUSY").Select(e => e.Subject);

    public static decimal Metric(this MachineResult result, string name) =>
        result.Metrics.SingleOrDefault(m => m.Name == name)?.Value ?? throw new ArgumentException($"no metric {name} among {string.Join(' ', result.Metrics.Select(m => m.Name))}");

    public static BlockedRecord Blocked(this MachineResult result, string process) => result.End.Blocked.Single(b => b.Process == process);
}
