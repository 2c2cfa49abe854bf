using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Pages;

/// <summary>Distributions and the percentile table.</summary>
internal static class LatencySection
{
    private const int MostRatios = 4;   // with more variants than this the ratios would bury the values

    public static void Write(Html page, RunSet runs, IReadOnlyList<Figure> figures)
    {
        if (runs.Workloads.Count == 0)
        {
            return;
        }

        SweepPoint shown = Gallery.ShownPoint(runs);
        page.Line("<section id=\"latency\">").Line("<h2>How long a bio takes</h2>")
            .Element("p", Lead(runs, shown), "class=\"lead\"").Line("<div class=\"grid\">");
        foreach (Figure figure in figures.Where(figure => figure.Group == FigureGroup.Latency))
        {
            FigureSection.Card(page, figure);
        }

        Figure[] sizes = [.. figures.Where(figure => figure.Group == FigureGroup.Size)];
        foreach (string workload in runs.Workloads)
        {
            Table(page, ComparisonTable.Build(runs, workload, shown), wide: sizes.Length == 0 || IsWide(runs));
        }

        foreach (Figure figure in sizes)
        {
            FigureSection.Card(page, figure);
        }

        page.Line("</div>");
        OtherPoints(page, runs, shown);
        page.Line("</section>");
    }

    /// <summary>Whether the table has more columns, or intervals, than half a page holds.</summary>
    internal static bool IsWide(RunSet runs) => runs.Variants.Count > 2 || runs.Replications > 1;

    private static string Lead(RunSet runs, SweepPoint shown)
    {
        string place = runs.HasSweep ? $"At {shown.Label}. " : "";
        string runsText = runs.Replications > 1 ? $"The charts pool the bios of all {runs.Replications} replications; the table has the mean over the replications. " : "";
        return place + runsText + (runs.Variants.Count > 1 ? "All variants share seed and random streams, so they differ only by what they do." : "Submission to completion, in virtual time.");
    }

    private static void OtherPoints(Html page, RunSet runs, SweepPoint shown)
    {
        if (!runs.HasSweep)
        {
            return;
        }

        page.Line("<details>").Element("summary", $"The same table at the other {HeaderSection.Plural(runs.Points.Count - 1, "point")} of the sweep").Line("<div class=\"grid\">");
        foreach (SweepPoint point in runs.Points.Where(point => point.Label != shown.Label))
        {
            foreach (string workload in runs.Workloads)
            {
                Table(page, ComparisonTable.Build(runs, workload, point), wide: IsWide(runs));
            }
        }

        page.Line("</div></details>");
    }

    private static void Table(Html page, ComparisonTable table, bool wide)
    {
        if (table.Rows.Count == 0)
        {
            return;
        }

        if (table.IsTall)
        {
            TallTable.Write(page, table);
            return;
        }

        bool[] ratios = [.. table.Variants.Select((_, i) => table.Variants.Count <= MostRatios && table.Rows.Any(row => row.Kind == ValueKind.Duration && row.Ratios[i] is not null))];
        page.Line($"<div class=\"card scroll{(wide ? " wide" : "")}\" tabindex=\"0\"><table class=\"numbers\">").Element("caption", Caption(table))
            .Raw("<thead><tr><th scope=\"col\">latency</th>");
        for (int i = 0; i < table.Variants.Count; i++)
        {
            page.Raw("<th scope=\"col\">").Raw(Swatch.Of(i)).Text(table.Variants[i]).Raw("</th>");
            if (ratios[i])
            {
                page.Raw("<th scope=\"col\">").Text(table.Variants.Count == 2 ? "ratio" : "/ " + table.Variants[0]).Raw("</th>");
            }
        }

        page.Line("</tr></thead><tbody>");
        foreach (ComparisonRow row in table.Rows)
        {
            Row(page, row, ratios);
        }

        page.Line("</tbody></table></div>");
    }

    /// <summary>Which workload and point a table is of.</summary>
    internal static string Caption(ComparisonTable table)
    {
        string sample = table.Replications > 1 ? $"mean over {table.Replications} replications ± 95 % interval" : "";
        return string.Join(" · ", new[] { table.Workload, table.Point.Label, sample }.Where(text => text.Length > 0));
    }

    private static void Row(Html page, ComparisonRow row, bool[] ratios)
    {
        page.Raw("<tr><th scope=\"row\">").Text(row.Label).Raw("</th>");
        for (int i = 0; i < row.Cells.Count; i++)
        {
            page.Raw("<td>").Text(row.CellText(i));
            string interval = row.IntervalText(i);
            page.Raw(interval.Length > 0 ? " <span class=\"interval\">" + Html.Escape(interval) + "</span></td>" : "</td>");
            if (ratios[i])
            {
                page.Raw("<td>").Raw(RatioCell(row.Ratios[i])).Raw("</td>");
            }
        }

        page.Line("</tr>");
    }

    private static string RatioCell(ConfidenceInterval? ratio) => ratio switch
    {
        null => "–",
        { HasInterval: true } r => $"{ValueText.Ratio(r.Mean)} <span class=\"interval\">[{ValueText.Digits(r.Low)}, {ValueText.Digits(r.High)}]</span>",
        { } r => ValueText.Ratio(r.Mean),
    };
}
