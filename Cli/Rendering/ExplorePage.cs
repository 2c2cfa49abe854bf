using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>explore</c> prints: a title, each variant, how many claims hold, and where the files are.</summary>
/// <param name="screen">Where to.</param>
/// <param name="fullTrace">Every step of a failing schedule.</param>
internal sealed class ExplorePage(Screen screen, bool fullTrace)
{
    /// <summary>Writes the whole page.</summary>
    /// <param name="explored">What was explored.</param>
    /// <param name="exploration">The same as the reports take it, with its files.</param>
    public void Write(ExploredScenario explored, Exploration exploration)
    {
        WriteVariants(exploration);
        screen.Blank();
        screen.Write(new Line().Add(Summary(explored), explored.Standing switch
        {
            ExploreStanding.AsExpected => Tone.Good,
            ExploreStanding.Unanswered => Tone.Accent,
            _ => Tone.Bad,
        }).Add(" · " + Figures.Wall(explored.Variants.Sum(v => v.WallSeconds)), Tone.Dim));
        new FilesView(screen).Write(ExploreFiles.All(exploration));
    }

    /// <summary>Writes the title and the variants alone: what was done before the rest was cancelled.</summary>
    public void WriteVariants(Exploration exploration)
    {
        screen.Write(new Line().Add(exploration.Scenario, Tone.Strong).Add(exploration.About.Length > 0 ? ": " + exploration.About : ""), hang: 2);
        screen.Blank();
        var view = new ExploreView(screen, exploration.Program, fullTrace);
        foreach (Reports.Exploring.ExploredVariant variant in exploration.Variants)
        {
            view.Write(variant);
        }
    }

    /// <summary>How many claims hold and how many variants have no answer.</summary>
    public static string Summary(ExploredScenario explored)
    {
        int claims = explored.Claims.Count;
        int holding = explored.Claims.Count(claim => claim.Holds);
        int open = explored.Variants.Count(v => v.Standing == ExploreStanding.Unanswered);
        int unexpected = explored.Variants.Count(v => v.Standing == ExploreStanding.Broken && v.Claim is null);
        List<string> parts = [claims == 0 ? "no claims" : $"{holding} of {claims} {(claims == 1 ? "claim holds" : "claims hold")}"];
        if (unexpected > 0)
        {
            parts.Add($"{unexpected} {(unexpected == 1 ? "variant fails" : "variants fail")} without a claim that says so");
        }

        if (open > 0)
        {
            parts.Add($"{open} {(open == 1 ? "variant" : "variants")} without an answer");
        }

        return string.Join("; ", parts);
    }
}
