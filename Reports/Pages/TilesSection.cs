using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>The four numbers to remember.</summary>
internal static class TilesSection
{
    private const int Most = 4;

    public static void Write(Html page, RunSet runs, IReadOnlyList<ClaimResult> claims)
    {
        Tile[] tiles = [.. All(runs, claims).OrderByDescending(tile => tile.Fault).Take(Most)];
        if (tiles.Length == 0)
        {
            return;
        }

        page.Line("<section class=\"tiles\" aria-label=\"Key numbers\">");
        foreach (Tile tile in tiles)
        {
            page.Line($"<div class=\"tile{(tile.Fault ? " fault" : "")}\">")
                .Element("div", tile.Name, "class=\"name\"")
                .Element("div", tile.Value, "class=\"value\"")
                .Raw("<div class=\"notes\">");
            foreach ((int index, string text) in tile.Notes)
            {
                page.Raw("<span>").Raw(index >= 0 ? Swatch.Of(index) : "").Text(text).Raw("</span> ");
            }

            page.Line("</div>").Line("</div>");
        }

        page.Line("</section>");
    }

    /// <summary>Most telling first; faults come before all others.</summary>
    private static IEnumerable<Tile> All(RunSet runs, IReadOnlyList<ClaimResult> claims)
    {
        Tile[] comparisons = [.. Comparisons(runs)];
        return [.. Ends(runs), .. comparisons.Take(2), .. Rings(runs), .. Claims(claims), .. comparisons.Skip(2)];
    }

    /// <summary>The first run of each kind of bad end.</summary>
    private static IEnumerable<Tile> Ends(RunSet runs)
    {
        RunRecord[] bad = [.. runs.Records.Where(run => run.End.Ends != "completed")];
        foreach (IGrouping<string, RunRecord> kind in bad.GroupBy(run => run.End.Ends).Take(2))
        {
            RunRecord first = kind.First();
            string count = kind.Count() == 1 ? "" : $"{kind.Count()} of {HeaderSection.Plural(runs.Records.Count, "run")}, first ";
            string where = runs.NameOf(first.Identity.Variant) + (SweepPoint.Of(first).Label is { Length: > 0 } label ? " at " + label : "");
            string name = char.ToUpperInvariant(kind.Key[0]) + kind.Key[1..];
            yield return new Tile(name, "at " + ValueText.Duration(first.End.AtPicoseconds), [(runs.Variants.ToList().IndexOf(first.Identity.Variant), count + where)], true);
        }
    }

    private static IEnumerable<Tile> Comparisons(RunSet runs)
    {
        if (runs.Workloads.Count == 0 || runs.Variants.Count < 2)
        {
            yield break;
        }

        string workload = runs.Workloads[0];
        ComparisonTable table = ComparisonTable.Build(runs, workload, Gallery.ShownPoint(runs));
        (string Label, string Name, string More, string Less)[] wanted =
            [("p50", "Median latency", "slower", "faster"), ("p99", "99th percentile", "slower", "faster"), ("IOPS", "Bios per second", "more", "fewer")];
        foreach ((string label, string name, string more, string less) in wanted)
        {
            ComparisonRow? row = table.Rows.FirstOrDefault(row => row.Label == label);
            if (row?.Ratios[1] is { } ratio && runs.Variants.Count == 2)
            {
                string sample = table.Replications > 1 ? $", mean over {table.Replications} replications" : "";
                yield return new Tile(name + sample, Ratio(ratio.Mean, more, less), Notes(row, table), false);
            }
        }
    }

    private static IEnumerable<Tile> Rings(RunSet runs)
    {
        SweepPoint point = Gallery.ShownPoint(runs);
        var maxima = runs.Variants.Select((variant, i) => (Index: i, Name: runs.NameOf(variant), Ring: runs.At(variant, point)
            .SelectMany(run => run.Steps).FirstOrDefault(steps => steps.Name.EndsWith(".ring", StringComparison.Ordinal) && steps.Values.Count > 0))).Where(one => one.Ring is not null).ToArray();
        if (maxima.Length is > 1 and <= 3)
        {
            yield return new Tile("Most jobs in the ring at once", string.Join(" vs ", maxima.Select(one => one.Ring!.Values.Max())), [.. maxima.Select(one => (one.Index, one.Name))], false);
        }
    }

    private static IEnumerable<Tile> Claims(IReadOnlyList<ClaimResult> claims)
    {
        if (claims.Count > 0)
        {
            int held = claims.Count(claim => claim.Holds);
            yield return new Tile("Claims", held == claims.Count ? $"all {held} hold" : $"{claims.Count - held} broken", [(-1, $"{held} of {claims.Count} hold")], held < claims.Count);
        }
    }

    private static (int, string)[] Notes(ComparisonRow row, ComparisonTable table) =>
        [.. table.Variants.Select((name, i) => (i, $"{name} {row.CellText(i)}"))];

    /// <summary>The second variant against the first.</summary>
    private static string Ratio(double ratio, string more, string less) =>
        ratio is > 0.995 and < 1.005 ? "the same" : ratio > 1 ? $"{ValueText.Ratio(ratio)} {more}" : $"{ValueText.Ratio(1 / ratio)} {less}";

    private sealed record Tile(string Name, string Value, (int Index, string Text)[] Notes, bool Fault);
}
