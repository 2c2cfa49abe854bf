using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Scenarios.Showing;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests.Gallery;

/// <summary>The table on results made by hand.</summary>
public class GalleryViewTests
{
    [Fact]
    public void Each_entry_has_a_row_and_the_last_lines_count_them()
    {
        string[] lines = Table(Entry());

        Assert.Matches(@"^B01 +a bug +fix ee38767f152a, mail 000_3c7679767576e472 +it hangs +deadlock +completed +PROVED +as expected$", lines[2]);
        Assert.Contains(lines, line => line.StartsWith("1 of 1 entries as expected · 1 fixes PROVED, 0 by metric · ", StringComparison.Ordinal));
        Assert.Equal("The story of one: ./cryptosim gallery B01", lines[^1]);
    }

    [Fact]
    public void A_broken_claim_is_told_below_the_table()
    {
        string[] lines = Table(Entry(Synthetic.Claim("jr0.dropped == 1", "buggy", false, "0")));

        Assert.Contains("NOT as expected", lines[2], StringComparison.Ordinal);
        Assert.Contains("B01  buggy: jr0.dropped == 1  found 0", lines);
        Assert.Contains(lines, line => line.StartsWith("0 of 1 entries as expected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_that_only_exploring_finds_has_a_mark()
    {
        string[] lines = Table(Entry() with { Runs = Runs([], Synthetic.Completed("caam-4.1")) });

        Assert.Contains(" deadlock * ", lines[2], StringComparison.Ordinal);
        Assert.Contains("*  in another order than that of an ordinary run: found by exploring the schedules", lines);
    }

    [Theory]
    [InlineData(true, "by metric")]
    [InlineData(false, "metric broken")]
    public void A_fix_that_was_not_explored_stands_by_its_metric(bool holds, string text)
    {
        ShownEntry shown = Entry(Synthetic.Claim("m > 1", "", holds));

        Assert.Equal(text, GalleryView.Proof(shown with { Explored = new ExploredScenario(shown.Scenario, []) }));
    }

    private static ShownEntry Entry(params ClaimOutcome[] claims) => new(
        new GalleryEntry { Id = "B01", Title = "a bug", Symptom = "it hangs", Trigger = "load", Fix = "ee38767f152a", Buggy = "caam-4.1", Fixed = "caam-fixed" },
        Runs(claims, Synthetic.Deadlock("caam-4.1")),
        new ExploredScenario(Explored.Scenario, [Explored.Variant("caam-4.1", Explored.Hangs, ExploreStanding.AsExpected), Explored.Variant("caam-fixed", Explored.Proved, ExploreStanding.AsExpected)]));

    private static ExperimentResult Runs(ClaimOutcome[] claims, RunRecord buggy) => Synthetic.Result([buggy, Synthetic.Completed("caam-fixed")], claims) with
    {
        Scenario = Synthetic.Scenario() with { Header = new ScenarioHeader { Scenario = "b01", Source = new SourceOptions { Mail = "000_3c7679767576e472" } } },
    };

    private static string[] Table(ShownEntry shown)
    {
        var output = new StringWriter { NewLine = "\n" };
        new GalleryView(new Screen(new Surroundings { Output = output, Error = TextWriter.Null }), "./cryptosim").Write([shown]);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
