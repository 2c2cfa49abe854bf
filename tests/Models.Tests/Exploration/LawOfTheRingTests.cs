using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>The law of the full ring, by exploring every schedule: a backlog never hangs; a dropped request hangs iff W*R is above D, and with wait-every-request iff W is.</summary>
public sealed class LawOfTheRingTests
{
    public static TheoryData<WhenFull, Submit> Variants => new()
    {
        { WhenFull.Backlog, Submit.WaitOnBusy },
        { WhenFull.Backlog, Submit.WaitEveryRequest },
        { WhenFull.DropRequest, Submit.WaitOnBusy },
        { WhenFull.DropRequest, Submit.WaitEveryRequest },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_law_holds_for_24_sizes(WhenFull driver, Submit submit)
    {
        foreach (int contexts in new[] { 1, 2, 3 })
        {
            foreach (int requests in new[] { 1, 2 })
            {
                foreach (int usable in new[] { 1, 2 })
                {
                    foreach (int engines in new[] { 1, 2 })
                    {
                        var law = new LawOptions { Contexts = contexts, Requests = requests, Usable = usable, Engines = engines, WhenFull = driver, Submit = submit };
                        bool hangs = driver == WhenFull.DropRequest && (submit == Submit.WaitOnBusy ? contexts * requests : contexts) > usable;
                        ExplorationResult result = ExploredMachine.Explore(law, new ExplorationOptions { RandomRuns = 0, PctRuns = 0 });
                        Assert.Equal((law, hangs ? ExplorationVerdict.Failed : ExplorationVerdict.Proved), (law, result.Verdict));
                        Assert.Equal(hangs ? "deadlock" : null, result.Found);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Symmetry_and_fusion_change_neither_verdict_nor_the_number_of_ends(WhenFull driver, Submit submit)
    {
        var law = new LawOptions { Contexts = 2, Requests = 2, Usable = 2, Engines = 2, WhenFull = driver, Submit = submit };
        var options = new ExplorationOptions { RandomRuns = 0, PctRuns = 0, All = true };
        ExplorationResult plain = ExploredMachine.Explore(law, options with { Fusion = false });
        ExplorationResult fused = ExploredMachine.Explore(law, options);
        ExplorationResult named = ExploredMachine.Explore(law, options with { Symmetry = false, Fusion = false });

        Assert.Equal((plain.Verdict, plain.Found, plain.EndStates.Count), (fused.Verdict, fused.Found, fused.EndStates.Count));
        Assert.Equal((plain.Verdict, plain.Found), (named.Verdict, named.Found));
        Assert.True(fused.Counts.States <= plain.Counts.States && plain.Counts.States <= named.Counts.States);
    }

    [Fact]
    public void Every_transition_of_the_law_leads_to_the_same_state_twice()
    {
        var law = new LawOptions { Contexts = 2, Requests = 2, Usable = 1, Engines = 2 };
        ExplorationResult result = ExploredMachine.Explore(law, new ExplorationOptions { RandomRuns = 0, PctRuns = 0, Check = true });
        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    [Fact]
    public void The_proof_of_four_conversions_takes_few_states_of_few_bytes()
    {
        var law = new LawOptions { Contexts = 4, Requests = 3, Usable = 2, Engines = 2 };
        ExplorationCounts counts = ExploredMachine.Explore(law, new ExplorationOptions { RandomRuns = 0, PctRuns = 0 }).Counts;

        Assert.InRange(counts.States, 1000, 19_380);
        Assert.InRange((double)counts.PeakBytes / counts.States, 20, 260);
    }
}
