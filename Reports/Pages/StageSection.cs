using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Pages;

/// <summary>Where the time went: bars, and the numbers behind them.</summary>
internal static class StageSection
{
    public static void Write(Html page, RunSet runs, IReadOnlyList<Figure> figures)
    {
        Figure[] shown = [.. figures.Where(figure => figure.Group == FigureGroup.Stages)];
        if (shown.Length == 0)
        {
            return;
        }

        SweepPoint point = Gallery.ShownPoint(runs);
        string place = runs.HasSweep ? $"At {point.Label}. " : "";
        page.Line("<section id=\"stages\">").Line("<h2>Where the time went</h2>")
            .Element("p", place + "A bio is in one stage at any instant: the stages add up to its latency.", "class=\"lead\"").Line("<div class=\"grid\">");
        foreach (Figure figure in shown)
        {
            FigureSection.Card(page, figure);
        }

        foreach (string workload in runs.Workloads)
        {
            if (StageComparison.Build(runs, workload, point) is { } stages)
            {
                Table(page, stages);
            }
        }

        page.Line("</div></section>");
    }

    private static void Table(Html page, StageComparison stages)
    {
        string caption = string.Join(" · ", new[] { stages.Workload, stages.Point.Label, "mean over the bios of the band" }.Where(text => text.Length > 0));
        page.Line("<div class=\"card scroll wide\" tabindex=\"0\"><table class=\"numbers\">").Element("caption", caption)
            .Raw("<thead><tr><th scope=\"col\">band</th><th scope=\"col\">variant</th><th scope=\"col\">latency</th>");
        foreach (StageName stage in stages.Stages)
        {
            page.Raw("<th scope=\"col\">").Text(stage.Name).Raw("</th>");
        }

        page.Line("</tr></thead><tbody>");
        foreach (StageRow row in stages.Rows)
        {
            page.Raw("<tr><th scope=\"row\">").Text(row.Band).Raw("</th><td>").Raw(Swatch.Of(row.Variant)).Text(row.Name).Raw("</td><td>").Text(ValueText.Duration(row.Total)).Raw("</td>");
            foreach (double mean in row.Means)
            {
                page.Raw("<td>").Text(mean == 0 ? "–" : ValueText.Duration(mean)).Raw("</td>");
            }

            page.Line("</tr>");
        }

        page.Line("</tbody></table></div>");
    }
}
