using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>run --json</c>: durations in ns with picoseconds as decimals, rates per second, bytes per second.</summary>
internal static class RunJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ExperimentResult result, double wallSeconds, ulong seed, TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteNumber("seed", seed);
            json.WriteString("verdict", result.Holds ? "pass" : "fail");
            json.WriteNumber("wall_seconds", Math.Round((decimal)wallSeconds, 6));
            WriteClaims(json, result.Claims);
            json.WriteStartArray("runs");
            foreach (CompletedRun run in result.Runs)
            {
                WriteRun(json, run.Record);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    /// <summary>Coordinates of a sweep point as one text: <c>randwrite.iodepth=32 jr0.depth=64</c>.</summary>
    public static string Point(RunIdentity identity) => string.Join(' ', identity.Point.Select(at => at.Key + "=" + at.Value));

    private static void WriteClaims(Utf8JsonWriter json, IReadOnlyList<ClaimOutcome> claims)
    {
        json.WriteStartArray("claims");
        foreach (ClaimOutcome claim in claims)
        {
            json.WriteStartObject();
            json.WriteString("claim", claim.Claim);
            json.WriteString("variant", claim.Variant);
            json.WriteString("point", claim.Point);
            json.WriteBoolean("holds", claim.Holds);
            WriteFound(json, claim);
            json.WriteString("text", claim.Interval is null ? claim.Value : $"{claim.Value} ({claim.Interval})");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A claim about the end of runs found a word, a comparison numbers; a comparison that could not be made found nothing.</summary>
    private static void WriteFound(Utf8JsonWriter json, ClaimOutcome claim)
    {
        if (claim.Figures is { } figures)
        {
            WriteNumber(json, "value", figures.Mean);
        }
        else
        {
            json.WriteString("value", claim.Value);
        }

        WriteInterval(json, "interval", claim.Figures?.Interval);
        WriteNumber(json, "ratio", claim.Figures?.Ratio);
        WriteInterval(json, "ratio_interval", claim.Figures?.RatioInterval);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, (double Low, double High)? interval)
    {
        if (interval is not { } both || !double.IsFinite(both.Low) || !double.IsFinite(both.High))
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(both.Low);
        json.WriteNumberValue(both.High);
        json.WriteEndArray();
    }

    private static void WriteRun(Utf8JsonWriter json, RunRecord record)
    {
        json.WriteStartObject();
        json.WriteString("variant", record.Identity.Variant);
        json.WriteString("point", Point(record.Identity));
        json.WriteNumber("replication", record.Identity.Replication);
        json.WriteString("ends", record.End.Ends);
        json.WriteString("rule", record.End.Rule);
        json.WriteNumber("virtual_ns", Nanoseconds(record.End.AtPicoseconds));
        json.WriteNumber("events", record.End.Events);
        json.WriteString("fingerprint", Figures.Fingerprint(record.End.Fingerprint));
        WriteBlocked(json, record.End.Blocked);
        json.WriteStartObject("metrics");
        foreach (Metric metric in record.Metrics)
        {
            json.WriteNumber(metric.Name, metric.Value);
        }

        json.WriteEndObject();
        WriteOutputs(json, record.Outputs);
        json.WriteEndObject();
    }

    private static void WriteOutputs(Utf8JsonWriter json, IReadOnlyList<RunOutput> outputs)
    {
        json.WriteStartObject("outputs");
        foreach (RunOutput output in outputs.Where(output => output.Hex.Length > 0))
        {
            json.WriteString(output.Name, output.Hex);
        }

        json.WriteEndObject();
        json.WriteStartObject("output_bytes");
        foreach (RunOutput output in outputs)
        {
            json.WriteNumber(output.Name, output.Bytes);
        }

        json.WriteEndObject();
        json.WriteStartObject("depths");
        foreach (RunOutput output in outputs.Where(output => output.Depths.Length > 0))
        {
            json.WritePropertyName(output.Name);
            json.WriteRawValue($"[{output.Depths}]");
        }

        json.WriteEndObject();
    }

    private static void WriteBlocked(Utf8JsonWriter json, IReadOnlyList<BlockedRecord> blocked)
    {
        json.WriteStartArray("blocked");
        foreach (BlockedRecord one in blocked)
        {
            json.WriteStartObject();
            json.WriteString("process", one.Process);
            json.WriteString("waits_on", one.WaitsOn);
            json.WriteNumber("since_ns", Nanoseconds(one.SincePicoseconds));
            json.WriteString("owner", one.Owner);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Without trailing zeros: 60000, 412.5.</summary>
    private static decimal Nanoseconds(long picoseconds) =>
        decimal.Parse((picoseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
