using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.Exploration;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>The law of ctx->iv, by exploring every schedule: IOCBs of one operation socket can start from a stale IV iff two of them can be in flight and nothing makes one wait for the other's last block.</summary>
public sealed class AfAlgLawTests
{
    private static readonly ExplorationOptions SearchAlone = new() { RandomRuns = 0, PctRuns = 0 };

    public static TheoryData<AfAlgLawOptions> Serialised =>
    [
        new AfAlgLawOptions { Serialize = Serialize.Mutex },
        new AfAlgLawOptions { Serialize = Serialize.Mutex, Latch = Latch.AtEngineStart },
        new AfAlgLawOptions { Dependency = Dependency.SoftwareQueue },
        new AfAlgLawOptions { Dependency = Dependency.SoftwareQueue, Latch = Latch.AtEngineStart },
        new AfAlgLawOptions { Dependency = Dependency.Hardware, Latch = Latch.AtEngineStart },
        new AfAlgLawOptions { Serialize = Serialize.MutexUnlessDriver, Dependency = Dependency.SoftwareQueue },
        new AfAlgLawOptions { Serialize = Serialize.ChainedFlag, Dependency = Dependency.SoftwareQueue },
        new AfAlgLawOptions { Serialize = Serialize.OneInFlight, OnEbusy = OnRefused.Retry },
        new AfAlgLawOptions { Serialize = Serialize.SnapshotOneInFlight, OnEbusy = OnRefused.Retry },
        new AfAlgLawOptions { Serialize = Serialize.ForcedSync },
        new AfAlgLawOptions { Serialize = Serialize.NoAio },
    ];

    public static TheoryData<AfAlgLawOptions> Raced =>
    [
        new AfAlgLawOptions(),
        new AfAlgLawOptions { Latch = Latch.AtEngineStart },
        new AfAlgLawOptions { Serialize = Serialize.ChainedFlag },
        new AfAlgLawOptions { Serialize = Serialize.Snapshot },
    ];

    [Theory]
    [MemberData(nameof(Serialised))]
    public void Whatever_serialises_is_proved_for_up_to_8_IOCBs_and_3_engines(AfAlgLawOptions law)
    {
        foreach ((int iocbs, int engines) in Grid())
        {
            AfAlgLawOptions cell = law with { Iocbs = iocbs, Engines = engines };
            ExplorationResult result = ExploredMachine.Explore(cell, SearchAlone);
            Assert.Equal((cell, ExplorationVerdict.Proved), (cell, result.Verdict));
        }
    }

    [Theory]
    [MemberData(nameof(Raced))]
    public void Whatever_does_not_is_raced_from_2_IOCBs_on(AfAlgLawOptions law)
    {
        foreach ((int iocbs, int engines) in Grid())
        {
            AfAlgLawOptions cell = law with { Iocbs = iocbs, Engines = engines };
            ExplorationResult result = ExploredMachine.Explore(cell, SearchAlone);
            (ExplorationVerdict, string?, string?) expected = iocbs == 1 ? (ExplorationVerdict.Proved, null, null) : (ExplorationVerdict.Failed, "corruption", "AA-16");
            Assert.Equal((cell, expected), (cell, (result.Verdict, result.Found, result.Rule)));
        }
    }

    [Fact]
    public void The_race_takes_four_steps_and_its_cause_is_the_stale_read()
    {
        FailingTrace failure = ExploredMachine.Explore(new AfAlgLawOptions { Engines = 2 }, SearchAlone).Failure!;

        Assert.True(failure.IsShortest);
        Assert.Equal(
            [
                "_skcipher_recvmsg: IOCB 1: areq, 16 bytes pulled, req->iv = ctx->iv",
                "sec_send_request(req#1) = EINPROGRESS",
                "_skcipher_recvmsg: IOCB 2: areq, 16 bytes pulled, req->iv = ctx->iv",
                "read ctx->iv(req#2) = the user's IV (stale)",
            ],
            failure.Steps.Select(step => step.Label));
        Assert.Equal(4, failure.PointOfNoReturn);
        Assert.Equal(
            "stale read of ctx->iv: req#2 (IOCB 2, pointed to it by _skcipher_recvmsg) read ctx->iv as the user had set it, before eng0 had written the last block of IOCB 1 back",
            failure.End.Message);
    }

    [Fact]
    public void An_engine_that_reads_the_IV_itself_is_raced_by_one_that_is_too_early()
    {
        FailingTrace failure = ExploredMachine.Explore(new AfAlgLawOptions { Engines = 2, Latch = Latch.AtEngineStart }, SearchAlone).Failure!;

        Assert.Equal("read ctx->iv(req#2) = the user's IV (stale)", failure.Steps[^1].Label);
        Assert.Equal("eng0/engine1", failure.Steps[^1].Process);
    }

    [Fact]
    public void One_in_flight_ends_in_EBUSY_for_a_user_who_does_not_try_again()
    {
        ExplorationResult result = ExploredMachine.Explore(new AfAlgLawOptions { Serialize = Serialize.OneInFlight }, SearchAlone);

        Assert.Equal((ExplorationVerdict.Failed, "io-error"), (result.Verdict, result.Found));
    }

    [Theory]
    [MemberData(nameof(Serialised))]
    public void The_proof_of_8_IOCBs_takes_few_states(AfAlgLawOptions law)
    {
        ExplorationCounts counts = ExploredMachine.Explore(law with { Iocbs = 8, Engines = 3 }, SearchAlone).Counts;

        Assert.InRange(counts.States, 20, 1500);
    }

    private static IEnumerable<(int Iocbs, int Engines)> Grid() =>
        from iocbs in Enumerable.Range(1, 8) from engines in Enumerable.Range(1, 3) select (iocbs, engines);
}
