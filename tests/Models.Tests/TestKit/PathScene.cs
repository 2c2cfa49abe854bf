using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>
/// One I/O of 4 KiB at a time on a RAM disk, with costs that tell each other apart in a sum: a hop takes 10us, mapping 2us,
/// the copy 1us, the cipher 1us, everything else nothing.
/// </summary>
internal sealed record PathScene
{
    private static readonly Duration Hop = Scene.Us * 10;

    public KernelVersion Kernel { get; init; } = KernelVersion.V618;

    public CryptoDeviceOptions Cipher { get; init; } = new SoftwareCipherOptions { Bandwidth = new Bandwidth(4_096_000_000) };

    public DmCryptOptions Target { get; init; } = new()
    {
        Engine = "cipher",
        Below = "ram0",
        MapCost = Scene.Us * 2,
        SubmitCost = Duration.Zero,
        Wakeup = Hop,
    };

    /// <summary>A second target under the first.</summary>
    public DmCryptOptions? Lower { get; init; }

    public JobOptions Job { get; init; } = new() { Device = "dm-0", NumberIos = 1, Wakeup = Hop };

    /// <summary>Any driver that works asynchronously, without latency.</summary>
    public static JobRingOptions Ring { get; } = new()
    {
        Setup = Scene.Service(Scene.Us),
        Bandwidth = new Bandwidth(1L << 60),
        WhenFull = WhenFull.Backlog,
        Interrupt = new InterruptOptions { Latency = Duration.Zero, Tasklet = Duration.Zero },
    };

    public MachineOptions Options => new()
    {
        Kernel = Kernel,
        Hardware = new HardwareOptions
        {
            Devices = [new("cipher", Cipher), new("ram0", new RamDeviceOptions { Bandwidth = new Bandwidth(4_096_000_000) })],
        },
        Stack = Lower is null ? [new("dm-0", Target)] : [new("dm-0", Target with { Below = "dm-1" }), new("dm-1", Lower)],
        Workload = [new("job", Job)],
    };

    public PathScene Doing(Rw rw) => this with { Job = Job with { Rw = rw } };

    public MachineResult Run()
    {
        Assert.Empty(MachineValidator.Validate(Options));
        using Machine machine = Machine.Build(Options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(1) });
        Assert.True(machine.Run());
        MachineResult result = machine.Result();
        Assert.Equal("completed", result.End.Ends);
        return result;
    }
}
