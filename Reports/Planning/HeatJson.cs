using System.Globalization;
using System.Text;
using System.Text.Json;
using CryptoSim.Reports.Pages;

namespace CryptoSim.Reports.Planning;

/// <summary>What the interactive heat maps show, as <c>web/heat.mjs</c> expects it: for each mix a map of each design.</summary>
internal static class HeatJson
{
    public static void Write(Html page, KeyslotReport report)
    {
        var bytes = new MemoryStream();

        // The default encoder writes <, > and & as escapes, so that no text can end the script element.
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (KeyslotQuantity quantity in KeyslotQuantity.All)
            {
                WriteFigure(json, report, quantity);
            }

            json.WriteEndArray();
        }

        page.Raw("<script type=\"application/json\" id=\"charts\">").Raw(Encoding.UTF8.GetString(bytes.ToArray())).Line("</script>");
    }

    private static void WriteFigure(Utf8JsonWriter json, KeyslotReport report, KeyslotQuantity quantity)
    {
        int shown = report.Mixes.Count / 2;
        HeatScale scale = HeatScale.Of(report, quantity);
        json.WriteStartObject();
        json.WriteString("id", quantity.Column);
        json.WriteString("kind", "heat");
        json.WriteString("choice", "share of unencrypted I/O");
        Texts(json, "columns", report.Keys.Select(keys => keys?.ToString(CultureInfo.InvariantCulture) ?? "as given"));
        Texts(json, "rows", report.Slots.Select(slots => slots.ToString(CultureInfo.InvariantCulture)));
        WriteMaps(json, report, quantity, scale, shown);
        json.WriteNumber("shown", shown);
        json.WriteStartArray("at");
        for (int mix = 0; mix < report.Mixes.Count; mix++)
        {
            json.WriteStartObject();
            json.WriteString("label", KeyslotText.Mix(report.Mixes[mix]));
            WriteMaps(json, report, quantity, scale, mix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMaps(Utf8JsonWriter json, KeyslotReport report, KeyslotQuantity quantity, HeatScale scale, int mix)
    {
        json.WriteStartArray("series");
        for (int design = 0; design < report.Designs.Count; design++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", design);
            json.WriteString("name", report.Designs[design]);
            json.WriteStartArray("points");
            for (int keys = 0; keys < report.Keys.Count; keys++)
            {
                for (int slots = 0; slots < report.Slots.Count; slots++)
                {
                    KeyslotCell cell = report.At(design, mix, keys, slots);
                    json.WriteStartArray();
                    json.WriteNumberValue(keys);
                    json.WriteNumberValue(slots);
                    json.WriteNumberValue(HeatSection.ClassOf(cell, quantity, scale));
                    json.WriteNumberValue(HeatSection.IsEnough(report, design, mix, keys, slots) ? 1 : 0);
                    json.WriteStringValue(HeatSection.TextOf(cell, quantity));
                    json.WriteStringValue(HeatSection.Whole(cell, quantity));
                    json.WriteEndArray();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
