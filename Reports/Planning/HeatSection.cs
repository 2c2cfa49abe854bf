using System.Globalization;
using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports.Planning;

/// <summary>The heat maps of one quantity: slots up, keys to the right, a map for each design. Tables, which a script replaces by charts that tell more.</summary>
internal static class HeatSection
{
    public static void Write(Html page, KeyslotReport report, KeyslotQuantity quantity)
    {
        HeatScale scale = HeatScale.Of(report, quantity);
        page.Line($"<figure class=\"card wide heat\" id=\"figure-{quantity.Column}\">").Line("<figcaption>")
            .Element("h2", quantity.Title).Element("p", quantity.Says, "class=\"lead\"");
        WriteLegend(page, scale, report, quantity);
        page.Line("</figcaption>").Line("<div class=\"static scroll\" tabindex=\"0\">");
        for (int mix = 0; mix < report.Mixes.Count; mix++)
        {
            WriteMix(page, report, quantity, scale, mix);
        }

        page.Line("</div>").Line("<div class=\"live\" hidden>").Line("<div class=\"title\"></div>")
            .Line($"<div class=\"chart\" id=\"chart-{quantity.Column}\" role=\"img\" aria-label=\"{Html.Escape(quantity.Title + " by slots and keys")}\"></div>")
            .Line("</div>").Line("</figure>");
    }

    private static void WriteLegend(Html page, HeatScale scale, KeyslotReport report, KeyslotQuantity quantity)
    {
        page.Raw("<p class=\"scale\"><span>rows: keyslots, columns: keys</span>");
        foreach ((int heat, string text) in scale.Classes)
        {
            page.Raw($"<span><i style=\"background:var(--heat-{heat})\"></i>").Text(text).Raw("</span>");
        }

        page.Raw("<span><i class=\"frame\"></i>slots that are enough</span>");
        if (quantity.LimitOf(report) is { } limit)
        {
            page.Raw("<span>limit ").Text(KeyslotText.Bound(quantity, limit)).Raw("</span>");
        }

        page.Line("</p>");
    }

    private static void WriteMix(Html page, KeyslotReport report, KeyslotQuantity quantity, HeatScale scale, int mix)
    {
        page.Element("h3", KeyslotText.Mix(report.Mixes[mix])).Line("<div class=\"maps\">");
        for (int design = 0; design < report.Designs.Count; design++)
        {
            page.Line("<table class=\"map\">").Element("caption", report.Designs[design])
                .Raw("<thead><tr><th scope=\"col\">slots \\ keys</th>");
            foreach (int? keys in report.Keys)
            {
                page.Raw("<th scope=\"col\">").Text(keys?.ToString(CultureInfo.InvariantCulture) ?? "as given").Raw("</th>");
            }

            page.Line("</tr></thead><tbody>");
            for (int slots = report.Slots.Count - 1; slots >= 0; slots--)
            {
                WriteRow(page, report, quantity, scale, (design, mix, slots));
            }

            page.Line("</tbody></table>");
        }

        page.Line("</div>");
    }

    private static void WriteRow(Html page, KeyslotReport report, KeyslotQuantity quantity, HeatScale scale, (int Design, int Mix, int Slots) at)
    {
        page.Raw("<tr><th scope=\"row\">").Text(report.Slots[at.Slots].ToString(CultureInfo.InvariantCulture)).Raw("</th>");
        for (int keys = 0; keys < report.Keys.Count; keys++)
        {
            KeyslotCell cell = report.At(at.Design, at.Mix, keys, at.Slots);
            int heat = ClassOf(cell, quantity, scale);
            page.Raw($"<td{(IsEnough(report, at.Design, at.Mix, keys, at.Slots) ? " class=\"frame\"" : "")} style=\"background:var(--heat-{heat});color:var(--heat-ink-{heat})\" title=\"{Html.Escape(Whole(cell, quantity))}\">")
                .Text(TextOf(cell, quantity)).Raw("</td>");
        }

        page.Line("</tr>");
    }

    /// <summary>The class of a point's colour.</summary>
    public static int ClassOf(KeyslotCell cell, KeyslotQuantity quantity, HeatScale scale) =>
        cell.Problem is not null ? HeatColors.Fault : cell.Of(quantity) is { } value ? scale.ClassOf(value.Mean) : HeatColors.Unknown;

    /// <summary>What stands in a cell.</summary>
    public static string TextOf(KeyslotCell cell, KeyslotQuantity quantity) =>
        cell.Problem is not null ? "✗" : cell.Of(quantity) is { } value ? KeyslotText.Cell(quantity, value.Mean) : "–";

    /// <summary>What a cell says when it is pointed at.</summary>
    public static string Whole(KeyslotCell cell, KeyslotQuantity quantity)
    {
        string what = cell.Problem ?? (cell.Of(quantity) is { } value ? Interval(quantity, value) : "nothing is known");
        return string.Create(CultureInfo.InvariantCulture, $"{KeyslotText.Slots(cell.Slots)}, {KeyslotText.Keys(cell.Keys)}: {what}");
    }

    /// <summary>Whether exactly these slots are the fewest that are enough.</summary>
    public static bool IsEnough(KeyslotReport report, int design, int mix, int keys, int slots) =>
        report.NeedAt(design, mix, keys) is { IsEnough: true } need && need.Slots == report.Slots[slots];

    private static string Interval(KeyslotQuantity quantity, ConfidenceInterval value) => value.HasInterval
        ? $"{KeyslotText.Value(quantity, value.Mean)}, 95 % interval {KeyslotText.Value(quantity, value.Low)} to {KeyslotText.Value(quantity, value.High)}"
        : KeyslotText.Value(quantity, value.Mean);
}
