using CryptoSim.Cli.Commands;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public class ExplorePageTests
{
    [Fact]
    public void Each_variant_has_its_verdict_and_its_files_and_the_last_lines_tell_how_many_claims_hold()
    {
        ExploredScenario explored = Explored.Both();
        var files = new ExplorationFiles { Schedule = "out/tiny/caam-4.1.sched", Page = "out/tiny/explore.html" };

        string[] lines = Page(explored, files, new ExplorationFiles { Page = "out/tiny/explore.html" });

        Assert.Equal("tiny: A tiny one.", lines[0]);
        Assert.Matches(@"^caam-4\.1 +DEADLOCK.* NOT as expected$", lines[1]);
        Assert.Contains(lines, line => line.EndsWith("./cryptosim replay out/tiny/caam-4.1.sched", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("caam-fixed ", StringComparison.Ordinal) && line.Contains("PROVED", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("writer.size=4KiB", StringComparison.Ordinal));
        Assert.Contains("no claims; 1 variant fails without a claim that says so · 0.50 s", lines);
        Assert.Equal("wrote   out/tiny/explore.html", lines[^2]);
        Assert.Equal("        out/tiny/caam-4.1.sched", lines[^1]);
    }

    [Theory]
    [InlineData(ExploreStanding.Broken, "explore: proved", " NOT as expected: explore: proved")]
    [InlineData(ExploreStanding.Broken, null, " NOT as expected")]
    [InlineData(ExploreStanding.AsExpected, "explore: deadlock", " as expected")]
    [InlineData(ExploreStanding.AsExpected, null, " as expected")]
    public void A_failure_is_as_expected_or_not(ExploreStanding standing, string? claimed, string text)
    {
        ClaimOutcome? claim = claimed is null ? null : new ClaimOutcome(claimed, "caam-4.1", "", standing == ExploreStanding.AsExpected, "deadlock", null);

        string[] lines = Page(new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-4.1", Explored.Hangs, standing, claim)]), new ExplorationFiles());

        Assert.EndsWith(text, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_without_an_answer_is_neither_as_expected_nor_not()
    {
        var bounded = new ExplorationResult { Verdict = ExplorationVerdict.Bounded, Bound = "2 preemptions, 1,200,000 states" };
        var claim = new ClaimOutcome("explore: proved", "caam-fixed", "", false, "no failure", null);

        string[] lines = Page(new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-fixed", bounded, ExploreStanding.Unanswered, claim)]), new ExplorationFiles());

        Assert.DoesNotContain(lines, line => line.Contains("as expected", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("2 preemptions, 1,200,000 states", StringComparison.Ordinal));
        Assert.Equal("0 of 1 claim holds; 1 variant without an answer · 0.25 s", lines[^1]);
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

    private static string[] Page(ExploredScenario explored, params ExplorationFiles[] files)
    {
        var output = new StringWriter { NewLine = "\n" };
        Exploration exploration = Explorations.Of(explored, files, "./cryptosim", ["explore", "tiny.yaml"]);
        new ExplorePage(new Screen(new Surroundings { Output = output, Error = TextWriter.Null }), fullTrace: false).Write(explored, exploration);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
