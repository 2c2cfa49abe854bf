using CryptoSim.Models.Caam;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>The ring law on little memory: the verdict is the same, its word is another.</summary>
public sealed class RingLawBeyondMemoryTests
{
    /// <summary>2,901 states that take 0.6 MB when kept whole.</summary>
    [Fact]
    public void A_backlog_is_proved_in_plenty_of_memory_and_covered_in_little_with_the_same_states_and_ends()
    {
        var proved = Explore(WhenFull.Backlog, long.MaxValue);
        var covered = Explore(WhenFull.Backlog, 400_000);

        Assert.Equal((ExplorationVerdict.Proved, ExplorationVerdict.Covered), (proved.Verdict, covered.Verdict));
        Assert.Equal((proved.Counts.States, proved.Counts.Transitions), (covered.Counts.States, covered.Counts.Transitions));
        Assert.Equal(proved.EndStates, covered.EndStates);
        Assert.InRange(covered.OmissionProbability, double.Epsilon, 1e-9);
    }

    /// <summary>Too little memory for the graph: the failing run itself is made smaller.</summary>
    [Fact]
    public void A_driver_that_drops_requests_is_caught_with_next_to_no_memory()
    {
        var result = Explore(WhenFull.DropRequest, 1);

        Assert.Equal((ExplorationVerdict.Failed, "deadlock", "DM-C5"), (result.Verdict, result.Found, result.Rule));
        Assert.False(result.Failure!.IsShortest);
    }

    private static ExplorationResult Explore(WhenFull driver, long memory)
    {
        var law = new LawOptions { Service = Duration.FromMicroseconds(2), SubmitCost = Duration.FromNanoseconds(500), WhenFull = driver, Contexts = 3, Requests = 2, Usable = 2, Engines = 2 };
        var options = new MachineOptions { Hardware = new HardwareOptions(), Workload = [new NamedPart<WorkloadOptions>("law", law)] };
        return ExploredMachine.Explore(options, new ExplorationOptions { MemoryLimit = memory, Symmetry = false, Fusion = false });
    }
}
