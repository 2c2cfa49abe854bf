using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports.Planning;

/// <summary>Every point with its intervals, a table for each design and mix.</summary>
internal static class PointsSection
{
    public static void Write(Html page, KeyslotReport report)
    {
        page.Line("<section id=\"points\">").Line("<h2>Every point</h2>")
            .Element("p", "Means over the replications with half their 95 % intervals; plan.csv has the same for programs.", "class=\"lead\"");
        for (int design = 0; design < report.Designs.Count; design++)
        {
            for (int mix = 0; mix < report.Mixes.Count; mix++)
            {
                page.Line("<details>").Element("summary", $"{report.Designs[design]}, {KeyslotText.Mix(report.Mixes[mix])}");
                WriteTable(page, report, design, mix);
                page.Line("</details>");
            }
        }

        page.Line("</section>");
    }

    private static void WriteTable(Html page, KeyslotReport report, int design, int mix)
    {
        page.Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"numbers\">")
            .Raw("<thead><tr><th scope=\"col\">keys, slots</th>");
        foreach (KeyslotQuantity quantity in KeyslotQuantity.All)
        {
            page.Raw("<th scope=\"col\">").Text(quantity.Short).Raw("</th>");
        }

        page.Line("</tr></thead><tbody>");
        for (int keys = 0; keys < report.Keys.Count; keys++)
        {
            for (int slots = 0; slots < report.Slots.Count; slots++)
            {
                WriteRow(page, report.At(design, mix, keys, slots));
            }
        }

        page.Line("</tbody></table></div>");
    }

    private static void WriteRow(Html page, KeyslotCell cell)
    {
        page.Raw("<tr><th scope=\"row\">").Text($"{KeyslotText.Keys(cell.Keys)}, {KeyslotText.Slots(cell.Slots)}").Raw("</th>");
        foreach (KeyslotQuantity quantity in KeyslotQuantity.All)
        {
            page.Raw("<td>").Text(cell.Problem is not null ? "✗" : cell.Of(quantity) is { } value ? KeyslotText.WithInterval(quantity, value) : "–").Raw("</td>");
        }

        page.Line("</tr>");
    }
}
