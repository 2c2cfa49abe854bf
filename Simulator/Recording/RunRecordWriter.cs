using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CryptoSim.Simulator.Recording;

/// <summary>Puts a record into JSON, from top to bottom in the order of its members.</summary>
internal sealed class RunRecordWriter(Utf8JsonWriter json, CancellationToken cancellation)
{
    /// <summary>Bytes kept before they go to the stream [B]; cancellation is looked at when they do.</summary>
    private const int FlushThreshold = 1 << 16;

    internal static JsonWriterOptions Options => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Write(RunRecord record)
    {
        json.WriteStartObject();
        json.WriteString("format", RunRecordFile.Format);
        json.WriteString("version", record.Version);
        WriteIdentity(record.Identity);
        WriteEnd(record.End);
        WriteArray("metrics", record.Metrics, WriteMetric);
        WriteOutputs(record.Outputs);
        WriteArray("latencies", record.Latencies, WriteLatencies);
        WriteArray("steps", record.Steps, WriteSteps);
        if (record.Requests.Count > 0)
        {
            WriteArray("requests", record.Requests, WriteRequests);
        }

        WriteArray("trace", record.Trace, WriteTrace);
        json.WriteNumber("trace_omitted", record.TraceOmitted);
        WriteArray("trace_tail", record.TraceTail, WriteTrace);
        WriteArray("checkpoints", record.Checkpoints, hash => json.WriteStringValue(Hex(hash)));
        json.WriteNumber("checkpoint_interval", record.CheckpointInterval);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>What every reader knows first, and beside it what came later.</summary>
    private void WriteOutputs(IReadOnlyList<RunOutput> outputs)
    {
        WritePairs("outputs", [.. outputs.Select(output => KeyValuePair.Create(output.Name, output.Hex))]);
        if (outputs.Count > 0)
        {
            WriteArray("output_bytes", outputs, output => json.WriteNumberValue(output.Bytes));
            WriteArray("output_depths", outputs, output => json.WriteStringValue(output.Depths));
        }
    }

    private void WriteIdentity(RunIdentity identity)
    {
        json.WriteStartObject("identity");
        json.WriteString("scenario", identity.Scenario);
        json.WriteString("about", identity.About);
        json.WriteString("path", identity.Path);
        json.WriteString("sha256", identity.Sha256);
        json.WriteString("resolved", identity.Resolved);
        json.WriteString("variant", identity.Variant);
        WritePairs("point", identity.Point);
        json.WriteNumber("replication", identity.Replication);
        json.WriteNumber("seed", identity.Seed);
        WriteArray("set", identity.Set, json.WriteStringValue);
        json.WriteEndObject();
    }

    private void WriteEnd(RunEnd end)
    {
        json.WriteStartObject("end");
        json.WriteString("ends", end.Ends);
        json.WriteString("rule", end.Rule);
        json.WriteString("message", end.Message);
        json.WriteNumber("at_ps", end.AtPicoseconds);
        json.WriteNumber("events", end.Events);
        json.WriteString("fingerprint", Hex(end.Fingerprint));
        WriteArray("blocked", end.Blocked, WriteBlocked);
        json.WriteEndObject();
    }

    private void WriteBlocked(BlockedRecord blocked)
    {
        json.WriteStartObject();
        json.WriteString("process", blocked.Process);
        json.WriteString("waits_on", blocked.WaitsOn);
        json.WriteString("function", blocked.Function);
        json.WriteNumber("since_ps", blocked.SincePicoseconds);
        json.WriteString("source", blocked.Source);
        json.WriteString("reason", blocked.Reason);
        json.WriteString("owner", blocked.Owner);
        WriteArray("chain", blocked.Chain, json.WriteStringValue);
        json.WriteEndObject();
    }

    private void WriteMetric(Metric metric)
    {
        json.WriteStartArray();
        json.WriteStringValue(metric.Name);
        json.WriteNumberValue(metric.Value);
        json.WriteStringValue(metric.Unit);
        json.WriteEndArray();
    }

    private void WriteLatencies(LatencySeries series)
    {
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        WriteArray("bins", series.Bins, bin =>
        {
            json.WriteNumberValue(bin.LowPicoseconds);
            json.WriteNumberValue(bin.HighPicoseconds);
            json.WriteNumberValue(bin.Count);
        });
        WriteArray("bios", series.Bios, bio =>
        {
            json.WriteNumberValue(bio.SubmittedPicoseconds);
            json.WriteNumberValue(bio.LatencyPicoseconds);
            json.WriteNumberValue(bio.Bytes);
            json.WriteNumberValue(bio.Write ? 1 : 0);
        });
        json.WriteNumber("bios_omitted", series.BiosOmitted);
        if (series.Stages is { } stages)
        {
            json.WriteStartObject("stages");
            WriteArray("names", stages.Names, json.WriteStringValue);
            WriteArray("sums_ps", stages.SumsPicoseconds, json.WriteNumberValue);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteSteps(StepSeries series)
    {
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        json.WriteString("unit", series.Unit);
        if (series.Capacity is { } capacity)
        {
            json.WriteNumber("capacity", capacity);
        }

        WriteArray("times_ps", series.TimesPicoseconds, json.WriteNumberValue);
        WriteArray("values", series.Values, json.WriteNumberValue);
        json.WriteNumber("changes_omitted", series.ChangesOmitted);
        json.WriteEndObject();
    }

    private void WriteRequests(RequestSeries series)
    {
        json.WriteStartObject();
        json.WriteString("name", series.Name);
        WriteArray("phases", series.Phases, json.WriteStringValue);
        WriteArray("requests", series.Requests, WriteRequest);
        json.WriteEndObject();
    }

    private void WriteRequest(RequestSample request)
    {
        json.WriteStartObject();
        json.WriteString("owner", request.Owner);
        json.WriteNumber("number", request.Number);
        WriteArray("phases", request.Phases, phase =>
        {
            json.WriteNumberValue(phase.Phase);
            json.WriteNumberValue(phase.AtPicoseconds);
        });
        WriteNumber("ended_ps", request.EndedPicoseconds);
        WriteNumber("latched_ps", request.LatchedPicoseconds);
        WriteNumber("written_ps", request.WrittenPicoseconds);
        json.WriteNumber("iv_from", request.IvFrom);
        json.WriteNumber("stale", request.IsStale ? 1 : 0);
        WriteNumber("engine", request.Engine);
        json.WriteEndObject();
    }

    private void WriteNumber(string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    private void WriteTrace(TraceEvent line)
    {
        json.WriteStartArray();
        json.WriteNumberValue(line.AtPicoseconds);
        json.WriteStringValue(TraceKinds.Name(line.Kind));
        json.WriteStringValue(line.Process);
        json.WriteStringValue(line.Context);
        json.WriteStringValue(line.Function);
        json.WriteStringValue(line.Target);
        json.WriteStringValue(line.Subject);
        json.WriteStringValue(line.Result);
        json.WriteStringValue(line.Detail);
        json.WriteEndArray();
    }

    private void WritePairs(string name, IReadOnlyList<KeyValuePair<string, string>> pairs) => WriteArray(name, pairs, pair =>
    {
        json.WriteStartArray();
        json.WriteStringValue(pair.Key);
        json.WriteStringValue(pair.Value);
        json.WriteEndArray();
    });

    private void WriteArray<T>(string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < items.Count; i++)
        {
            write(items[i]);
            if (json.BytesPending > FlushThreshold)
            {
                cancellation.ThrowIfCancellationRequested();
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
