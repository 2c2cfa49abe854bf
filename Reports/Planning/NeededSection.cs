using System.Globalization;
using CryptoSim.Reports.Pages;

namespace CryptoSim.Reports.Planning;

/// <summary>The answer: how many slots are enough, for each design, mix and number of keys.</summary>
internal static class NeededSection
{
    public static void Write(Html page, KeyslotReport report)
    {
        page.Line("<section id=\"needed\">").Line("<h2>Slots that are enough</h2>")
            .Element("p", $"The fewest of {string.Join(", ", report.Slots)} from which on every number keeps all three limits with its whole 95 % interval.", "class=\"lead\"")
            .Line("<div class=\"card scroll\" tabindex=\"0\"><table class=\"needed\">").Line("<thead>");
        WriteHeads(page, report);
        page.Line("</thead><tbody>");
        for (int design = 0; design < report.Designs.Count; design++)
        {
            page.Raw("<tr><th scope=\"row\">").Text(report.Designs[design]).Raw("</th>");
            for (int mix = 0; mix < report.Mixes.Count; mix++)
            {
                for (int keys = 0; keys < report.Keys.Count; keys++)
                {
                    WriteCell(page, report.NeedAt(design, mix, keys), report, isFirst: keys == 0);
                }
            }

            page.Line("</tr>");
        }

        page.Line("</tbody></table></div></section>");
    }

    private static void WriteHeads(Html page, KeyslotReport report)
    {
        page.Raw("<tr><td></td>");
        foreach (int? mix in report.Mixes)
        {
            page.Raw($"<th scope=\"colgroup\" colspan=\"{report.Keys.Count}\" class=\"group\">").Text(KeyslotText.Mix(mix)).Raw("</th>");
        }

        page.Raw("</tr>\n<tr><th scope=\"col\">keys</th>");
        for (int mix = 0; mix < report.Mixes.Count; mix++)
        {
            for (int keys = 0; keys < report.Keys.Count; keys++)
            {
                page.Raw(keys == 0 ? "<th scope=\"col\" class=\"group\">" : "<th scope=\"col\">").Text(report.Keys[keys]?.ToString(CultureInfo.InvariantCulture) ?? "as given").Raw("</th>");
            }
        }

        page.Line("</tr>");
    }

    private static void WriteCell(Html page, KeyslotNeed need, KeyslotReport report, bool isFirst)
    {
        int heat = need.IsEnough ? HeatColors.Good + 1 : need.Lacks is null ? HeatColors.Unknown : HeatColors.Beyond + 1;
        page.Raw(isFirst ? "<td class=\"group\">" : "<td>")
            .Raw($"<span class=\"chip\" style=\"background:var(--heat-{heat});color:var(--heat-ink-{heat})\" title=\"{Html.Escape(KeyslotText.Sentence(need, report))}\">")
            .Text(KeyslotText.Need(need)).Raw("</span></td>");
    }
}
