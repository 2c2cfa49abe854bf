using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A machine with blk-crypto-fallback: a host of design E in which a key takes 2us to program and a command 10us, or another device; nothing costs anything unless given.</summary>
internal sealed record FallbackScene
{
    public int Cpus { get; init; } = 4;

    public DeviceOptions Device { get; init; } = Host(NoKeyslot.Fallback);

    /// <summary>A data unit takes 5us in either direction, a keyslot of the fallback and a wake-up nothing.</summary>
    public BlkCryptoFallbackOptions Fallback { get; init; } = new()
    {
        Setup = Scene.Service(Scene.Us * 5).Value,
        Bandwidth = new Bandwidth(1L << 60),
        SetKey = Duration.Zero,
        Wakeup = Duration.Zero,
        CiphertextBio = CiphertextBio.Bioset,
    };

    public MemoryOptions? Memory { get; init; }

    public IReadOnlyList<JobOptions> Jobs { get; init; } = [];

    /// <summary>Beside the jobs.</summary>
    public IReadOnlyList<NamedPart<WorkloadOptions>> More { get; init; } = [];

    public int TraceKept { get; init; }

    public MachineOptions Options => new()
    {
        Hardware = new HardwareOptions
        {
            Cpus = Cpus,
            Memory = Memory,
            BlkCryptoFallback = Fallback,
            Devices = [new NamedPart<DeviceOptions>("ufs0", Device)],
        },
        Workload = [.. Jobs.Select((job, i) => new NamedPart<WorkloadOptions>("r" + (i + 1).ToString(CultureInfo.InvariantCulture), job)), .. More],
    };

    public static InlineCryptoOptions Host(NoKeyslot design, int slots = 1) => new()
    {
        NoKeyslot = design,
        Keyslots = slots,
        ProgramKey = Scene.Us * 2,
        Latency = new ConstantDuration(Scene.Us * 10),
        Wakeup = Duration.Zero,
    };

    public static NvmeOptions Nvme { get; } = new() { Latency = new ConstantDuration(Scene.Us * 10 - new Duration(1)), Bandwidth = new Bandwidth(1L << 60) };

    /// <summary>One I/O of 4 KiB, or of more.</summary>
    public static JobOptions Io(string? key, Rw rw = Rw.Write, int kib = 4, int number = 1) => new()
    {
        Device = "ufs0",
        Rw = rw,
        Bs = DataSize.FromKibibytes(kib),
        NumberIos = number,
        Key = key,
    };

    public FallbackScene With(params JobOptions[] jobs) => this with { Jobs = jobs };

    public FallbackRun Run()
    {
        Machine machine = Machine.Build(Options, new MachineRunOptions { Seed = 1, BiosKept = 1000, TraceKept = TraceKept, TimeLimit = Duration.FromSeconds(60) });
        Assert.True(machine.Run());
        return new FallbackRun(machine);
    }
}

/// <summary>A run of a <see cref="FallbackScene"/> that has ended.</summary>
internal sealed class FallbackRun(Machine machine) : IDisposable
{
    public Machine Machine { get; } = machine;

    public MachineResult Result { get; } = machine.Result();

    public string Ends => Result.End.Ends;

    /// <summary>[us] When the last I/O of each job ended, to the nanosecond.</summary>
    public decimal[] EndTimes => [.. Result.Latencies.Select(series => decimal.Round(series.Bios.Select(bio => (bio.SubmittedPicoseconds + bio.LatencyPicoseconds) / 1_000_000m).DefaultIfEmpty(-1).Max(), 3))];

    public decimal this[string metric] => Result.Metrics.First(m => m.Name == metric).Value;

    public bool Has(string metric) => Result.Metrics.Any(m => m.Name == metric);

    public void Dispose() => Machine.Dispose();
}
