using CryptoSim.Models.Block;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>One dm-crypt target on a device of 10us in any release, to be run or explored: 2 CPUs, sectors of 512 bytes, a cipher of 1us, no cost unless given.</summary>
internal sealed record TargetScene
{
    public KernelVersion Kernel { get; init; } = KernelVersion.V618;

    public int Cpus { get; init; } = 2;

    public CryptoDeviceOptions Cipher { get; init; } = new SoftwareCipherOptions { Setup = Scene.Us, Bandwidth = new Bandwidth(1L << 60) };

    public MemoryOptions? Memory { get; init; }

    /// <summary>How the device ends bios; null: in softirq of no CPU.</summary>
    public BlockInterruptOptions? Interrupt { get; init; }

    public DmCryptOptions Target { get; init; } = new()
    {
        Engine = "cipher",
        Below = "nvme0",
        SubmitCost = Duration.Zero,
        Wakeup = Duration.Zero,
    };

    public IReadOnlyList<NamedPart<WorkloadOptions>> Workload { get; init; } = [];

    /// <summary>An asynchronous driver, 2us a request, with so many usable ring entries and a backlog.</summary>
    public static CryptoDeviceOptions Ring(int usable) => new Scene().Ring with { Usable = usable };

    public MachineOptions Options => new()
    {
        Kernel = Kernel,
        Hardware = new HardwareOptions
        {
            Cpus = Cpus,
            Memory = Memory,
            Devices =
            [
                new("cipher", Cipher),
                new("nvme0", new NvmeOptions { Latency = Scene.Service(Scene.Us * 10), Bandwidth = new Bandwidth(1L << 60), Interrupt = Interrupt }),
            ],
        },
        Stack = [new("dm-0", Target)],
        Workload = Workload,
    };

    /// <summary>With a job "job" of I/Os of so many sectors, one after the other unless its depth says otherwise.</summary>
    public TargetScene Doing(Rw rw, int sectors, int number = 1, int iodepth = 1) => With("job", Job(rw, sectors, number, iodepth));

    public TargetScene With(string name, WorkloadOptions workload) => this with { Workload = [.. Workload, new NamedPart<WorkloadOptions>(name, workload)] };

    public static JobOptions Job(Rw rw, int sectors, int number = 1, int iodepth = 1) =>
        new() { Device = "dm-0", Rw = rw, Bs = new DataSize(sectors * 512L), NumberIos = number, Iodepth = iodepth };

    public MachineResult Run()
    {
        Assert.Empty(MachineValidator.Validate(Options));
        using Machine machine = Machine.Build(Options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(1), TraceKept = 100_000 });
        Assert.True(machine.Run());
        return machine.Result();
    }

    public void Ends(string ends, string? rule = null)
    {
        RunEnd end = Run().End;
        Assert.Equal((ends, rule), (end.Ends, string.IsNullOrEmpty(end.Rule) ? null : end.Rule));
    }

    public void Finds(string found, string? rule)
    {
        ExplorationResult result = ExploredMachine.Explore(Options, new ExplorationOptions());
        Assert.Equal((ExplorationVerdict.Failed, found, rule), (result.Verdict, result.Found, result.Rule));
    }

    public void Proved()
    {
        ExplorationResult result = ExploredMachine.Explore(Options, new ExplorationOptions());
        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }
}
