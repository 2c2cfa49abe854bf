using CryptoSim.Models.AfAlg;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>What should keep a chain of IOCBs together, with one fault each, is caught by exploring; without a fault it is proved.</summary>
public sealed class IvMutationTests
{
    private static readonly ExplorationOptions SearchAlone = new() { RandomRuns = 0, PctRuns = 0, StateLimit = 100_000 };

    [Theory]
    [InlineData(nameof(IvFault.CallsBackBeforeWriteBack), Serialize.Mutex, false)]        // the mutex is released too early
    [InlineData(nameof(IvFault.CallsBackBeforeWriteBack), Serialize.OneInFlight, false)]
    [InlineData(nameof(IvFault.LetsGoBeforeWriteBack), Serialize.None, true)]
    public void A_fault_is_found_as_a_stale_IV(string fault, Serialize serialize, bool hasQueue)
    {
        ExplorationResult result = Explore(new IvScene.Factory(serialize, Enum.Parse<IvFault>(fault), hasQueue: hasQueue));

        Assert.Equal(("fault", "AA-16"), (result.Found, result.Rule));
        Assert.True(result.Failure!.IsShortest);
    }

    [Fact]
    public void A_socket_without_inflight_is_found_by_its_second_areq()
    {
        ExplorationResult result = Explore(new IvScene.Factory(Serialize.OneInFlight, IvFault.ForgetsInflight));

        Assert.Equal("fault", result.Found);
        Assert.Contains("AA-C4", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Serialize.Mutex, false)]
    [InlineData(Serialize.OneInFlight, false)]
    [InlineData(Serialize.None, true)]
    public void Without_a_fault_it_is_proved(Serialize serialize, bool hasQueue)
    {
        ExplorationResult result = Explore(new IvScene.Factory(serialize, IvFault.None, hasQueue: hasQueue));

        Assert.Equal((ExplorationVerdict.Proved, null, null), (result.Verdict, result.Found, result.Message));
        Assert.True(result.Counts.States > 20);
    }

    [Theory]
    [InlineData(nameof(IvFault.ForgetsInflight), Serialize.Mutex, false)]
    [InlineData(nameof(IvFault.LetsGoBeforeWriteBack), Serialize.Mutex, true)]
    [InlineData(nameof(IvFault.CallsBackBeforeWriteBack), Serialize.Snapshot, true)]
    public void The_faulty_drivers_and_sockets_are_otherwise_sound(string fault, Serialize serialize, bool hasQueue)
    {
        ExplorationResult result = Explore(new IvScene.Factory(serialize, Enum.Parse<IvFault>(fault), iocbs: serialize == Serialize.Snapshot ? 1 : 3, hasQueue));

        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    private static ExplorationResult Explore(IvScene.Factory scene) => new Explorer(scene, SearchAlone).Run();
}
