using System.Text;
using System.Text.Json;
using CryptoSim.Reports.Figures;

namespace CryptoSim.Reports.Pages;

/// <summary>What the script draws from: one JSON object for each figure that has an interactive form.</summary>
internal static class ChartData
{
    public static void Write(Html page, IReadOnlyList<Figure> figures)
    {
        var bytes = new MemoryStream();

        // The default encoder writes <, > and & as escapes, so that no text can end the script element.
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (Figure figure in figures.Where(figure => figure.Chart is not null))
            {
                json.WriteStartObject();
                json.WriteString("id", figure.Id);
                figure.Chart!(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        page.Raw("<script type=\"application/json\" id=\"charts\">").Raw(Encoding.UTF8.GetString(bytes.ToArray())).Line("</script>");
    }
}
