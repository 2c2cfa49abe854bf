using System.Text.Json;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Pages;

/// <summary>What the interactive chart of stages shows. Durations are in microseconds.</summary>
internal static class StageJson
{
    private const double Microsecond = 1e6;   // [ps]

    /// <summary>The bars at one or more sweep points.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<StageComparison> points, int shown)
    {
        json.WriteString("kind", "stages");
        Point(json, points[shown]);
        if (points.Count < 2)
        {
            return;
        }

        json.WriteNumber("shown", shown);
        json.WriteStartArray("at");
        foreach (StageComparison point in points)
        {
            json.WriteStartObject();
            json.WriteString("label", point.Point.Label);
            Point(json, point);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Point(Utf8JsonWriter json, StageComparison stages)
    {
        json.WriteStartArray("rows");
        foreach (StageRow row in stages.Rows)
        {
            json.WriteStartArray();
            json.WriteStringValue(row.Band);
            json.WriteStringValue(row.Name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("series");
        for (int i = 0; i < stages.Stages.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", stages.Stages[i].Index);
            json.WriteString("name", stages.Stages[i].Name);
            json.WriteStartArray("points");
            foreach (StageRow row in stages.Rows)
            {
                json.WriteNumberValue(row.Means[i] / Microsecond);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
