using System.Text.Json;
using CryptoSim.Reports.Validation;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>validate</c>. What is not there is null.</summary>
internal static class ValidationJson
{
    public static void Write(ValidationReport report, TextWriter output) => ExploreJson.WriteDocument(output, json =>
    {
        json.WriteString("file", report.File);
        json.WriteStartArray("notes");
        foreach (string note in report.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteNumber("failed", report.Failed);
        json.WriteStartArray("rows");
        foreach (ValidatedRow row in report.Rows)
        {
            json.WriteStartObject();
            WriteRow(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteRow(Utf8JsonWriter json, ValidatedRow row)
    {
        PublishedRow published = row.Row;
        json.WriteString("id", published.Id);
        json.WriteString("source", published.Source);
        json.WriteString("kind", ValidationText.Kind(published));
        json.WriteString("platform", published.Platform);
        json.WriteString("kernel", published.Kernel);
        json.WriteString("scenario", published.Scenario);
        json.WriteString("variant", published.Variant);
        json.WriteString("set", string.Join(' ', published.Set));
        json.WriteString("metric", published.Metric);
        json.WriteString("unit", published.Unit);
        Number(json, "published", published.Published);
        Number(json, "published_sd", published.PublishedSd);
        Number(json, "tolerance_pct", published.TolerancePct);
        Number(json, "simulated", row.Simulated);
        Number(json, "error_pct", row.ErrorPct);
        json.WriteString("found", row.Found.Length > 0 ? row.Found : null);
        json.WriteString("problem", row.Problem);
        if (row.Pass is { } pass)
        {
            json.WriteBoolean("pass", pass);
        }
        else
        {
            json.WriteNull("pass");
        }

        json.WriteString("provenance", published.Provenance);
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, Math.Round((decimal)value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
