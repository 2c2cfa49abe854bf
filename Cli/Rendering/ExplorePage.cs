using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>explore</c> prints: a title, each variant, how many claims hold, and where the files are.</summary>
internal sealed class ExplorePage(Screen screen)
{
    /// <summary>Writes the whole page.</summary>
    public void Write(ExploredScenario explored, IReadOnlyList<string> files)
    {
        WriteTitle(explored.Scenario);
        WriteVariants(explored.Scenario, explored.Variants);
        screen.Write(new Line().Add(Summary(explored), explored.Standing switch
        {
            ExploreStanding.AsExpected => Tone.Good,
            ExploreStanding.Unanswered => Tone.Accent,
            _ => Tone.Bad,
        }).Add(" · " + Figures.Wall(explored.Variants.Sum(v => v.WallSeconds)), Tone.Dim));
        new FilesView(screen).Write(files);
    }

    /// <summary>Writes what was done before the rest was cancelled.</summary>
    public void WriteDone(Scenario scenario, IReadOnlyList<ExploredVariant> done)
    {
        WriteTitle(scenario);
        WriteVariants(scenario, done);
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

    private void WriteTitle(Scenario scenario)
    {
        screen.Write(new Line().Add(scenario.Name, Tone.Strong).Add(scenario.About.Length > 0 ? ": " + scenario.About : ""), hang: 2);
        screen.Blank();
    }

    private void WriteVariants(Scenario scenario, IReadOnlyList<ExploredVariant> variants)
    {
        string NameOf(ExploredVariant variant) => variant.Target.Variant.Length > 0 ? variant.Target.Variant : scenario.Name;
        int names = ExploreVerdictView.NameColumns(variants.Select(NameOf));
        var view = new ExploreVerdictView(screen);
        foreach (ExploredVariant variant in variants)
        {
            view.Write(variant, NameOf(variant), names);
            screen.Blank();
        }
    }
}
