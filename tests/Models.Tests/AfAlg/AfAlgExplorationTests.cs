using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.Exploration;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>Machines with AF_ALG sockets and an engine, every schedule of them.</summary>
public sealed class AfAlgExplorationTests
{
    private static readonly ExplorationOptions SearchAlone = new() { RandomRuns = 0, PctRuns = 0 };

    public static TheoryData<Serialize, Dependency, Latch, bool> Machines => new()
    {
        { Serialize.None, Dependency.None, Latch.AtSubmission, false },
        { Serialize.None, Dependency.None, Latch.AtEngineStart, false },
        { Serialize.Snapshot, Dependency.None, Latch.AtSubmission, false },
        { Serialize.Mutex, Dependency.None, Latch.AtSubmission, true },
        { Serialize.Mutex, Dependency.None, Latch.AtEngineStart, true },
        { Serialize.None, Dependency.SoftwareQueue, Latch.AtSubmission, true },
        { Serialize.None, Dependency.Hardware, Latch.AtEngineStart, true },
        { Serialize.InlineIv, Dependency.None, Latch.AtSubmission, true },
        { Serialize.OneInFlight, Dependency.None, Latch.AtSubmission, true },
        { Serialize.SnapshotOneInFlight, Dependency.None, Latch.AtSubmission, true },
        { Serialize.ForcedSync, Dependency.None, Latch.AtSubmission, true },
        { Serialize.NoAio, Dependency.None, Latch.AtSubmission, true },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_chain_of_three_IOCBs_is_proved_or_raced(Serialize serialize, Dependency dependency, Latch latch, bool isProved)
    {
        foreach (Content content in Enum.GetValues<Content>())
        {
            ExplorationResult result = Explore(Machine(serialize, dependency, latch, content), SearchAlone);
            Assert.Equal(isProved ? (ExplorationVerdict.Proved, null) : (ExplorationVerdict.Failed, "AA-16"), (result.Verdict, result.Rule));
        }
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Symmetry_and_fusion_change_neither_verdict_nor_the_number_of_ends(Serialize serialize, Dependency dependency, Latch latch, bool isProved)
    {
        MachineOptions machine = Machine(serialize, dependency, latch, Content.Symbolic);
        ExplorationOptions all = SearchAlone with { All = true };
        ExplorationResult fused = Explore(machine, all);
        ExplorationResult plain = Explore(machine, all with { Fusion = false });
        ExplorationResult named = Explore(machine, all with { Symmetry = false, Fusion = false });

        Assert.Equal(isProved, fused.Verdict == ExplorationVerdict.Proved);
        Assert.Equal((plain.Verdict, plain.Rule, plain.EndStates.Count), (fused.Verdict, fused.Rule, fused.EndStates.Count));
        Assert.Equal((plain.Verdict, plain.Rule), (named.Verdict, named.Rule));
        Assert.True(fused.Counts.States <= plain.Counts.States && plain.Counts.States <= named.Counts.States);
    }

    [Theory]
    [MemberData(nameof(Machines))]
    public void Every_transition_leads_to_the_same_state_twice(Serialize serialize, Dependency dependency, Latch latch, bool isProved)
    {
        ExplorationResult result = Explore(Machine(serialize, dependency, latch, Content.Real), SearchAlone with { Check = true });

        Assert.Equal(isProved, result.Verdict == ExplorationVerdict.Proved);
    }

    [Fact]
    public void Two_sockets_of_one_bind_do_not_disturb_each_other()
    {
        MachineOptions machine = Machine(Serialize.Mutex, Dependency.None, Latch.AtEngineStart, Content.Symbolic, sockets: 2, iocbs: 2);
        ExplorationResult result = Explore(machine, SearchAlone);

        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
        Assert.InRange(result.Counts.States, 100, 20_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_order_of_reading_and_writing_an_IV_matters_although_nothing_else_is_shared(bool wantsNew)
    {
        ExplorationResult result = new Explorer(new IvOrderScene.Factory(wantsNew), SearchAlone).Run();

        Assert.Equal((ExplorationVerdict.Failed, "AA-16"), (result.Verdict, result.Rule));
    }

    private static ExplorationResult Explore(MachineOptions machine, ExplorationOptions options) => new Explorer(new ExploredMachine.Factory(machine), options).Run();

    private static MachineOptions Machine(Serialize serialize, Dependency dependency, Latch latch, Content content, int sockets = 1, int iocbs = 3) => new()
    {
        Hardware = new HardwareOptions
        {
            Cpus = 2,
            Devices = [new NamedPart<DeviceOptions>("eng0", Engine(dependency, latch))],
        },
        Workload =
        [
            new NamedPart<WorkloadOptions>("aio", new AfAlgOptions
            {
                Engine = "eng0",
                Bs = new DataSize(32),
                Iodepth = iocbs,
                NumberIos = iocbs,
                Sockets = sockets,
                Serialize = serialize,
                OnEbusy = OnRefused.Retry,
                Content = content,
                StaleIv = StaleIv.ReportAtOnce,
            }),
        ],
    };

    private static CbcEngineOptions Engine(Dependency dependency, Latch latch) => new()
    {
        Engines = 2,
        Depth = 4,
        BuildMap = Duration.FromMicroseconds(12),
        Dependency = dependency,
        Latch = latch,
        Setup = new ConstantDuration(Duration.FromMicroseconds(4)),
        Bandwidth = new Bandwidth(600 << 20),
        Interrupt = new InterruptOptions { Latency = Duration.FromMicroseconds(6) },
    };
}
