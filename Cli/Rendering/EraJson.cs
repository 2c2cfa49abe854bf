using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>run --eras --json</c>: durations in ns, rates per second.</summary>
internal static class EraJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(EraTable table, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("scenario", table.Scenario.Name);
            json.WriteBoolean("claims_judged", false);
            json.WriteStartArray("variants");
            foreach (EraRows rows in table.Variants)
            {
                WriteVariant(json, rows);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteVariant(Utf8JsonWriter json, EraRows rows)
    {
        json.WriteStartObject();
        json.WriteString("variant", rows.Variant);
        json.WriteString("point", rows.Point);
        WriteTexts(json, "set_in_all_eras", rows.SetInAll);
        json.WriteStartArray("eras");
        foreach (EraRow row in rows.Rows)
        {
            WriteRow(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, EraRow row)
    {
        json.WriteStartObject();
        json.WriteString("kernel", row.Era);
        json.WriteBoolean("built", row.First is not null);
        WriteTexts(json, "problems", row.Problems);
        json.WriteString("ends", row.First?.End.Ends);
        json.WriteString("rule", row.First?.End.Rule);
        WriteNumber(json, "virtual_ns", row.First?.End is RunEnd end ? end.AtPicoseconds / 1000m : null);
        json.WriteString("fingerprint", row.First is { } first ? Figures.Fingerprint(first.End.Fingerprint) : null);
        json.WriteStartArray("workloads");
        foreach (EraWorkload workload in row.Workloads)
        {
            json.WriteStartObject();
            json.WriteString("name", workload.Name);
            WriteNumber(json, "latency_mean_ns", workload.Latency);
            WriteNumber(json, "iops", workload.Iops);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
