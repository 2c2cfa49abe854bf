using CryptoSim.Cli.Commands;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public class ExplorePageTests
{
    [Fact]
    public void Each_variant_has_its_phases_and_a_verdict_that_names_the_size()
    {
        string[] lines = Page(Explored.Both());

        Assert.Contains("caam-4.1      phase 0  default schedule ...... HUNG      (1 schedule, 6 steps)", lines);
        Assert.Contains(lines, line => line.StartsWith("              verdict  FAILED deadlock, DM-C5 at writer.size=4KiB", StringComparison.Ordinal) && line.EndsWith("NOT expected", StringComparison.Ordinal));
        Assert.Contains("              phase 2  breadth-first ......... PROVED    (1,234 states)", lines);
        Assert.Contains("              verdict  PROVED at writer.size=4KiB   1,234 states, 337KiB, 0.25 s", lines);
        Assert.Equal("no claims; 1 variant fails without a claim that says so · 0.50 s", lines[^1]);
    }

    [Fact]
    public void A_broken_claim_is_told_with_what_was_found()
    {
        var claim = new ClaimOutcome("explore: proved", "caam-4.1", "", false, "deadlock", null);

        string[] lines = Page(new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-4.1", Explored.Hangs, ExploreStanding.Broken, claim)]));

        Assert.Contains("              claimed  explore: proved; found deadlock", lines);
        Assert.Equal("0 of 1 claim holds · 0.25 s", lines[^1]);
    }

    [Fact]
    public void A_bound_is_part_of_the_verdict_and_leaves_the_variant_without_an_answer()
    {
        var bounded = new ExplorationResult { Verdict = ExplorationVerdict.Bounded, Bound = "2 preemptions, 1,200,000 states" };

        string[] lines = Page(new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-fixed", bounded, ExploreStanding.Unanswered)]));

        Assert.Contains(lines, line => line.Contains("BOUNDED (2 preemptions, 1,200,000 states) at writer.size=4KiB", StringComparison.Ordinal) && line.EndsWith("no answer", StringComparison.Ordinal));
        Assert.Equal("no claims; 1 variant without an answer · 0.25 s", lines[^1]);
    }

    [Fact]
    public void What_fingerprints_may_have_missed_is_told()
    {
        var covered = new ExplorationResult { Verdict = ExplorationVerdict.Covered, OmissionProbability = 3e-8 };

        Assert.StartsWith("COVERED p(missed state) <= 3e-8 at ", ExploreWords.Sentence(Explored.Variant("caam-fixed", covered, ExploreStanding.Unanswered)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExploreStanding.AsExpected, ExitCode.Success)]
    [InlineData(ExploreStanding.Unanswered, ExitCode.Bounded)]
    [InlineData(ExploreStanding.Broken, ExitCode.ClaimBroken)]
    public void The_exit_code_says_where_the_scenario_stands(ExploreStanding standing, ExitCode code) => Assert.Equal(code, ExploreCommand.Code(standing));

    [Fact]
    public void Progress_tells_states_frontier_rate_and_memory()
    {
        var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings { Output = TextWriter.Null, Error = error, ErrorWidth = 200 };
        double now = 3;
        using var display = new ExploreProgressDisplay("tiny", surroundings, quiet: false, () => now);

        display.Report(new ExploreProgress("caam-fixed", 1, 3, new ExplorationProgress("breadth-first", 1_200_000, 4_000, 3_000_000, 200 << 20, 4)));
        now = 9;
        display.Report(new ExploreProgress("", 0, 1, new ExplorationProgress("random", 57, 0, 0, 0, 1)));

        Assert.Equal(
            ["caam-fixed (2 of 3)  breadth-first  1,200,000 states  frontier 4,000  300,000 states/s  200MiB", "tiny  random  57 runs"],
            error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string[] Page(ExploredScenario explored)
    {
        var output = new StringWriter { NewLine = "\n" };
        new ExplorePage(new Screen(new Surroundings { Output = output, Error = TextWriter.Null })).Write(explored, []);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
