using System.Text;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Scenarios.Showing;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests.Gallery;

/// <summary>Every entry of the gallery fails as it is told, is mended by its fix, and ends as recorded beside it.</summary>
public class EntriesTests
{
    public static TheoryData<string> Entries => [.. Directory.EnumerateFiles(Repository.Gallery, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_claim_of_an_entry_holds_and_its_variants_end_as_recorded(string name)
    {
        string file = Path.Combine(Repository.Gallery, name + ".yaml");
        string expected = Path.ChangeExtension(file, ".expected");
        ScenarioReadResult read = ScenarioReader.Read(file);
        Assert.Empty(read.Errors);

        ShownEntry shown = new GalleryShow([read.Scenario!]).Run(1, null, CancellationToken.None)[0];

        Assert.All([.. shown.Runs.Claims, .. shown.Explored.Claims], claim => Assert.True(claim.Holds, $"{claim.Variant}: {claim.Claim}, found {claim.Value}"));
        Assert.Equal(ExploreStanding.AsExpected, shown.Standing);
        string text = Text(shown);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(expected, text);
        }

        Assert.True(File.Exists(expected), $"{expected} is missing; UPDATE_EXPECTED=1 ./check.sh records it");
        Assert.Equal(File.ReadAllText(expected), text);
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void The_buggy_variant_of_an_entry_fails_or_breaks_what_is_claimed_of_the_mended_one(string name)
    {
        Scenario scenario = ScenarioReader.Read(Path.Combine(Repository.Gallery, name + ".yaml")).Scenario!;
        GalleryEntry entry = scenario.Gallery!;
        Expectation? buggy = scenario.Expect.FirstOrDefault(one => one.Variant == entry.Buggy);
        bool fails = buggy is { Ends: { } ends and not Ending.Completed } || buggy is { Explore: { } explore and not ExploreVerdict.Proved };
        bool compares = scenario.Between.Any(claim => claim.Variants.Contains(entry.Buggy) && claim.Variants.Contains(entry.Fixed));
        bool measures = scenario.Expect.Count(one => (one.Variant == entry.Buggy || one.Variant == entry.Fixed) && one.Holds.Count > 0) == 2;

        Assert.True(fails || compares || measures, "nothing is claimed that tells the bug from its fix");
    }

    /// <summary>How each variant ends in a run, and what exploring says: a line each.</summary>
    private static string Text(ShownEntry shown)
    {
        var text = new StringBuilder($"{shown.Entry.Id}: {shown.Entry.Title}\n");
        foreach (CompletedRun run in shown.Runs.Runs.DistinctBy(run => run.Record.Identity.Variant))
        {
            RunEnd end = run.Record.End;
            text.Append($"{run.Record.Identity.Variant}: {end.Ends} at {Figures.Instant(end.AtPicoseconds)}{(end.Rule is null ? "" : ", " + end.Rule)}");
            if (shown.Of(run.Record.Identity.Variant) is { } explored)
            {
                text.Append($"; explored {ExplorationWords.Word(explored.Result)}{(explored.Result.Rule is { } rule ? ", " + rule : "")}");
                text.Append(explored.Result.Failure is { } failure ? $", {ExplorationWords.Count(failure.Steps.Count, "step")}" : "");
            }

            text.Append('\n');
        }

        foreach (ClaimOutcome claim in shown.Runs.Claims.Where(claim => !Verdict.IsAboutEnd(claim)))
        {
            text.Append($"{(claim.Variant.Length > 0 ? claim.Variant + ": " : "")}{claim.Claim}  found {claim.Value}\n");
        }

        return text.ToString();
    }
}
