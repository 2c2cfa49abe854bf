using System.Globalization;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Pages;

/// <summary>The percentile table of many variants: each is a row, and a bar behind the throughput compares them.</summary>
internal static class TallTable
{
    public static void Write(Html page, ComparisonTable table)
    {
        page.Line("<div class=\"card scroll wide\" tabindex=\"0\"><table class=\"numbers\">").Element("caption", LatencySection.Caption(table))
            .Raw("<thead><tr><th scope=\"col\">variant</th>");
        foreach (ComparisonRow row in table.TallRows)
        {
            page.Raw("<th scope=\"col\">").Text(row.Label).Raw("</th>");
        }

        page.Line("</tr></thead><tbody>");
        for (int i = 0; i < table.Variants.Count; i++)
        {
            page.Raw("<tr><th scope=\"row\">").Raw(Swatch.Of(i)).Text(table.Variants[i]).Raw("</th>");
            foreach (ComparisonRow row in table.TallRows)
            {
                Cell(page, row, i);
            }

            page.Line("</tr>");
        }

        page.Line("</tbody></table></div>");
    }

    private static void Cell(Html page, ComparisonRow row, int variant)
    {
        page.Raw(row.Kind == ValueKind.Bandwidth && row.Cells[variant] is { } cell ? Bar(cell.Mean / row.Cells.Max(one => one?.Mean ?? 0)) : "<td>").Text(row.CellText(variant));
        string interval = row.IntervalText(variant);
        page.Raw(interval.Length > 0 ? " <span class=\"interval\">" + Html.Escape(interval) + "</span></td>" : "</td>");
    }

    /// <summary>A cell filled from the left so far as its value is of the greatest.</summary>
    private static string Bar(double share)
    {
        string percent = (double.IsFinite(share) ? share * 100 : 0).ToString("0.#", CultureInfo.InvariantCulture);
        return $"<td class=\"bar\" style=\"--of-most:{percent}%\">";
    }
}
