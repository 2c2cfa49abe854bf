using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>How the runs ended, when that differs or is not simply completion: variants down, sweep points across.</summary>
internal static class OutcomeSection
{
    public static void Write(Html page, RunSet runs)
    {
        if (runs.Records.All(run => run.End.Ends == "completed"))
        {
            return;
        }

        page.Line("<section id=\"outcomes\">").Line("<h2>How the runs ended</h2>")
            .Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"outcomes\">")
            .Raw("<thead><tr><th scope=\"col\">").Text(runs.HasSweep ? string.Join(", ", runs.Axes) : "variant").Raw("</th>");
        foreach (SweepPoint point in runs.Points)
        {
            page.Raw("<th scope=\"col\">").Text(runs.HasSweep ? string.Join(", ", runs.Axes.Select(axis => point[axis])) : "end").Raw("</th>");
        }

        page.Line("</tr></thead><tbody>");
        for (int i = 0; i < runs.Variants.Count; i++)
        {
            page.Raw("<tr><th scope=\"row\">").Raw(Swatch.Of(i)).Text(runs.NameOf(runs.Variants[i])).Raw("</th>");
            foreach (SweepPoint point in runs.Points)
            {
                Cell(page, runs.At(runs.Variants[i], point), runs.HasSweep);
            }

            page.Line("</tr>");
        }

        page.Line("</tbody></table></div></section>");
    }

    private static void Cell(Html page, IReadOnlyList<RunRecord> cell, bool narrow)
    {
        RunRecord[] bad = [.. cell.Where(run => run.End.Ends != "completed")];
        if (cell.Count == 0)
        {
            page.Raw("<td>–</td>");
            return;
        }

        if (bad.Length == 0)
        {
            page.Raw("<td><span class=\"good\">✓ ").Text(narrow ? "completed" : "completed at " + ValueText.Duration(cell[0].End.AtPicoseconds)).Raw("</span></td>");
            return;
        }

        string share = cell.Count > 1 ? $"{bad.Length} of {cell.Count}: " : "";
        page.Raw("<td class=\"bad-cell\"><span class=\"bad\">✗ ").Text($"{share}{bad[0].End.Ends} at {ValueText.Duration(bad[0].End.AtPicoseconds)}").Raw("</span></td>");
    }
}
