using System.Globalization;
using System.Text.Json;

namespace CryptoSim.Simulator.Recording;

/// <summary>Reads a record forward, once, and checks what reports rely on.</summary>
/// <remarks>Every complaint is a <see cref="FormatException"/> whose message is the rest of a sentence about the file.</remarks>
internal ref struct RunRecordReader(ReadOnlySpan<byte> bytes)
{
    private RecordJson _json = new(bytes);

    public RunRecord Read()
    {
        _json.Enter();
        RequireFormat();
        string? version = null;
        RunIdentity? identity = null;
        RunEnd? end = null;
        var record = new RunRecord { Version = "", Identity = null!, End = null!, Metrics = [] };
        while (_json.NextProperty(out string name))
        {
            switch (name)
            {
                case "version": version = _json.Text(); break;
                case "identity": identity = ReadIdentity(); break;
                case "end": end = ReadEnd(); break;
                default: record = ReadList(record, name); break;
            }
        }

        _json.End();
        return record with
        {
            Version = version ?? throw RecordJson.Missing("version"),
            Identity = identity ?? throw RecordJson.Missing("identity"),
            End = end ?? throw RecordJson.Missing("end"),
        };
    }

    private RunRecord ReadList(RunRecord record, string name)
    {
        switch (name)
        {
            case "metrics": return record with { Metrics = _json.List(static (ref RecordJson json) => ReadMetric(ref json)) };
            case "outputs": return record with { Outputs = [.. _json.Pairs().Select(pair => new RunOutput(pair.Key, pair.Value))] };
            case "output_bytes": return record with { Outputs = Beside(record.Outputs, _json.Longs(), name, static (output, bytes) => output with { Bytes = bytes }) };
            case "output_depths":
                return record with { Outputs = Beside(record.Outputs, _json.List(static (ref RecordJson json) => json.TextHere()), name, static (output, depths) => output with { Depths = depths }) };
            case "latencies": return record with { Latencies = _json.List(SeriesReader.ReadLatencies) };
            case "steps": return record with { Steps = _json.List(SeriesReader.ReadSteps) };
            case "requests": return record with { Requests = _json.List(RequestReader.ReadSeries) };
            case "trace": return record with { Trace = _json.List(SeriesReader.ReadTrace) };
            case "trace_tail": return record with { TraceTail = _json.List(SeriesReader.ReadTrace) };
            case "trace_omitted": return record with { TraceOmitted = _json.Count() };
            case "checkpoints": return record with { Checkpoints = _json.List(static (ref RecordJson json) => Hash(json.TextHere())) };
            case "checkpoint_interval":
                int interval = checked((int)Math.Min(_json.Count(), int.MaxValue));
                return interval > 0 ? record with { CheckpointInterval = interval } : throw RecordJson.Bad("checkpoint_interval is not positive");
            default:
                _json.Skip();
                return record;
        }
    }

    private static IReadOnlyList<RunOutput> Beside<T>(IReadOnlyList<RunOutput> outputs, List<T> items, string name, Func<RunOutput, T, RunOutput> add) =>
        items.Count == outputs.Count ? [.. outputs.Zip(items, add)] : throw RecordJson.Bad($"{name} has {items.Count} items for {outputs.Count} outputs");

    private void RequireFormat()
    {
        if (!_json.NextProperty(out string first) || first != "format")
        {
            throw new FormatException("is not a run record");
        }

        string format = _json.Text();
        if (format == RunRecordFile.Format)
        {
            return;
        }

        bool newer = format.StartsWith("cryptosim-run ", StringComparison.Ordinal);
        string shown = format.Length > 40 ? format[..40] : format;
        throw new FormatException(newer
            ? $"is a run record of format '{RecordJson.OneLine(shown)}'; this version reads '{RunRecordFile.Format}'"
            : "is not a run record");
    }

    private RunIdentity ReadIdentity()
    {
        var read = new RunIdentity { Scenario = "", Sha256 = "", Resolved = "", Variant = "", Seed = 0 };
        bool named = false;
        _json.Enter();
        while (_json.NextProperty(out string name))
        {
            named |= name == "scenario";
            read = name switch
            {
                "scenario" => read with { Scenario = _json.Text() },
                "about" => read with { About = _json.Text() },
                "path" => read with { Path = _json.Text() },
                "sha256" => read with { Sha256 = _json.Text() },
                "resolved" => read with { Resolved = _json.Text() },
                "variant" => read with { Variant = _json.Text() },
                "point" => read with { Point = _json.Pairs() },
                "replication" => read with { Replication = checked((int)Math.Min(_json.Count(), int.MaxValue)) },
                "seed" => read with { Seed = _json.Unsigned() },
                "set" => read with { Set = _json.List(static (ref RecordJson json) => json.TextHere()) },
                _ => Skipped(read),
            };
        }

        return named ? read : throw RecordJson.Missing("identity.scenario");
    }

    private RunEnd ReadEnd()
    {
        var read = new RunEnd { Ends = "", AtPicoseconds = 0, Events = 0, Fingerprint = 0 };
        _json.Enter();
        while (_json.NextProperty(out string name))
        {
            read = name switch
            {
                "ends" => read with { Ends = _json.Text() },
                "rule" => read with { Rule = _json.TextOrNull() },
                "message" => read with { Message = _json.TextOrNull() },
                "at_ps" => read with { AtPicoseconds = _json.Count() },
                "events" => read with { Events = _json.Count() },
                "fingerprint" => read with { Fingerprint = Hash(_json.Text()) },
                "blocked" => read with { Blocked = _json.List(SeriesReader.ReadBlocked) },
                _ => Skipped(read),
            };
        }

        return read.Ends.Length > 0 ? read : throw RecordJson.Missing("end.ends");
    }

    private T Skipped<T>(T value)
    {
        _json.Skip();
        return value;
    }

    private static Metric ReadMetric(ref RecordJson json)
    {
        json.EnterArrayHere();
        var metric = new Metric(json.Text(), json.Decimal(), json.Text());
        json.LeaveArray();
        return metric;
    }

    private static ulong Hash(string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)
            ? hash : throw RecordJson.Bad("a fingerprint is not 16 hexadecimal digits");
}
