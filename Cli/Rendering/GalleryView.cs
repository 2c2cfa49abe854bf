using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Showing;
using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>gallery</c> prints: a row for each bug, and what is wrong with those that are not as expected.</summary>
internal sealed class GalleryView(Screen screen, string command)
{
    private static readonly string[] Heads = ["id", "title", "source", "symptom", "buggy", "fixed", "proved", ""];

    /// <summary>Writes the table, the broken claims and the summary.</summary>
    public void Write(IReadOnlyList<ShownEntry> shown)
    {
        Table table = Screen.NewTable();
        foreach (string head in Heads)
        {
            TableColumn column = new TableColumn(new Text(head, Screen.StyleOf(Tone.Dim))).PadLeft(0).PadRight(2);
            table.AddColumn(head is "title" or "source" or "symptom" ? column : column.NoWrap());
        }

        foreach (ShownEntry one in shown)
        {
            table.AddRow(Row(one));
        }

        screen.Write(table);
        screen.Blank();
        foreach (ShownEntry one in shown.Where(one => !one.AsExpected))
        {
            WriteBroken(screen, one);
        }

        WriteSummary(shown);
    }

    /// <summary>Why an entry is not as expected, a line for each claim.</summary>
    public static void WriteBroken(Screen screen, ShownEntry one)
    {
        foreach (var claim in one.Runs.Claims.Concat(one.Explored.Claims).Where(claim => !claim.Holds))
        {
            string subject = claim.Variant.Length > 0 ? claim.Variant + ": " : "";
            screen.Write(new Line().Column(one.Entry.Id, 5, Tone.Bad).Add($"{subject}{claim.Claim}  found {claim.Value}"), hang: 5);
        }
    }

    /// <summary>The verdict about the mended variant: <c>PROVED</c>, or that a metric is claimed instead.</summary>
    public static string Proof(ShownEntry one) => one.Proved switch
    {
        true => "PROVED",
        false => one.Of(one.Entry.Fixed)!.Result.Verdict.ToString().ToUpperInvariant(),
        null => one.Runs.Holds ? "by metric" : "metric broken",
    };

    private static IEnumerable<Text> Row(ShownEntry one)
    {
        yield return new Text(one.Entry.Id, Screen.StyleOf(Tone.Strong));
        yield return new Text(one.Entry.Title);
        yield return new Text(one.Source, Screen.StyleOf(Tone.Dim));
        yield return new Text(one.Entry.Symptom);
        yield return new Text(one.BuggyEnds + (one.IsFoundByExploringOnly ? " *" : ""), Screen.StyleOf(Tone.Accent));
        yield return new Text(one.FixedEnds);
        yield return new Text(Proof(one), Screen.StyleOf(one.Proved == false ? Tone.Bad : Tone.Good));
        yield return Standing(one.Standing);
    }

    private static Text Standing(ExploreStanding standing) => standing switch
    {
        ExploreStanding.AsExpected => new Text("as expected", Screen.StyleOf(Tone.Good)),
        ExploreStanding.Unanswered => new Text("no answer", Screen.StyleOf(Tone.Accent)),
        _ => new Text("NOT as expected", Screen.StyleOf(Tone.Bad)),
    };

    private void WriteSummary(IReadOnlyList<ShownEntry> shown)
    {
        int good = shown.Count(one => one.AsExpected);
        if (shown.Any(one => one.IsFoundByExploringOnly))
        {
            screen.Write(new Line().Add("*  in another order than that of an ordinary run: found by exploring the schedules", Tone.Dim));
        }

        screen.Write(new Line().Add($"{good} of {shown.Count} entries as expected", good == shown.Count ? Tone.Good : Tone.Bad)
            .Add($" · {shown.Count(one => one.Proved == true)} fixes PROVED, {shown.Count(one => one.Proved is null)} by metric", Tone.Dim)
            .Add(" · " + Figures.Wall(shown.Sum(one => one.WallSeconds)), Tone.Dim));
        if (shown.Count > 0)
        {
            screen.Write(new Line().Add($"The story of one: {command} gallery {shown[0].Entry.Id}", Tone.Dim));
        }
    }
}
