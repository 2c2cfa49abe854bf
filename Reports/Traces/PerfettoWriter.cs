using System.Globalization;
using System.Text.Json;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Traces;

/// <summary>Turns trace lines into Chrome trace events, one after the other.</summary>
internal sealed class PerfettoWriter(Utf8JsonWriter json, RunRecord run, CancellationToken cancellation, ScheduleTrack? schedule = null)
{
    private const int Processes = 1;      // groups of tracks, "pid" in the format
    private const int Interrupts = 2;
    private const int Hardware = 3;
    private const int Schedule = 4;
    private const int FlushThreshold = 1 << 16;

    private readonly Dictionary<(int Group, string Name), int> _tracks = [];
    private readonly Dictionary<string, TraceEvent> _asleep = [];
    private readonly Dictionary<string, (int Id, TraceEvent Begin)> _open = [];   // bios and requests that have not ended, by subject
    private int _ids;

    public void Write()
    {
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ns");
        json.WriteStartArray("traceEvents");
        Group(Processes, "processes");
        Group(Interrupts, "interrupts");
        Group(Hardware, "hardware");
        foreach (TraceEvent happening in run.Trace.Concat(run.TraceTail))
        {
            cancellation.ThrowIfCancellationRequested();
            Event(happening);
            Flush();
        }

        Rest();
        Steps();
        foreach (StepSeries steps in run.Steps)
        {
            Counter(steps);
        }

        json.WriteEndArray();
        Facts();
        json.WriteEndObject();
    }

    private void Facts()
    {
        json.WriteStartObject("otherData");
        json.WriteString("scenario", run.Identity.Scenario);
        json.WriteString("variant", run.Identity.Variant);
        json.WriteString("ends", run.End.Ends);
        json.WriteString("version", run.Version);
        foreach ((string name, string value) in schedule?.Facts ?? [])
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    // ── the steps of an explored schedule ───────────────────────────────

    private void Steps()
    {
        if (schedule is null)
        {
            return;
        }

        Group(Schedule, "schedule");
        Name("thread_name", Schedule, 1, "steps");
        foreach (ScheduleSlice slice in schedule.Slices)
        {
            Start(slice.Name, "X", slice.AtPicoseconds, Schedule, 1);
            json.WritePropertyName("dur");
            Microseconds(slice.LengthPicoseconds);
            json.WriteStartObject("args");
            foreach ((string name, string value) in slice.Arguments)
            {
                Argument(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (schedule.Mark is { } mark)
        {
            Start(mark.Name, "i", mark.AtPicoseconds, Schedule, 1);
            json.WriteString("s", "g");
            json.WriteEndObject();
        }
    }

    private void Event(TraceEvent happening)
    {
        switch (happening.Kind)
        {
            case TraceKind.Wait:
                _asleep[happening.Process] = happening;
                break;
            case TraceKind.Wake:
                Woken(happening.Target, happening.AtPicoseconds);
                Slice(happening, "complete");
                break;
            case TraceKind.Call:
                Slice(happening, happening.Function);
                Begin(happening);
                break;
            case TraceKind.Callback:
                Slice(happening, happening.Target.Length > 0 ? happening.Target : happening.Function);
                Ended(happening);
                break;
            default:
                Instant(happening);
                break;
        }
    }

    // ── bios and requests ───────────────────────────────────────────────

    /// <summary>A subject that is called for again before it ended is the same one on its way down.</summary>
    private void Begin(TraceEvent call)
    {
        if (call.Subject.Length == 0 || _open.ContainsKey(call.Subject))
        {
            return;
        }

        _open[call.Subject] = (++_ids, call);
        Async("b", _ids, call.Subject, call);
        Flow("s", _ids, call);
    }

    /// <summary>EINPROGRESS says that a request left the backlog, not that it ended.</summary>
    private void Ended(TraceEvent callback)
    {
        if (!_open.TryGetValue(callback.Subject, out (int Id, TraceEvent Begin) open))
        {
            return;
        }

        if (callback.Result == "EINPROGRESS")
        {
            Async("n", open.Id, "left the backlog", callback);
            Flow("t", open.Id, callback);
            return;
        }

        _open.Remove(callback.Subject);
        Async("e", open.Id, callback.Subject, callback);
        Flow("f", open.Id, callback);
    }

    private void Async(string phase, int id, string name, TraceEvent at)
    {
        Start(name, phase, at.AtPicoseconds, Hardware, 0);
        json.WriteString("cat", Category(at.Subject));
        json.WriteString("id", "0x" + id.ToString("x", CultureInfo.InvariantCulture));
        Arguments(at);
        json.WriteEndObject();
    }

    private void Flow(string phase, int id, TraceEvent at)
    {
        (int group, int track) = TrackOf(at);
        Start(Category(at.Subject), phase, at.AtPicoseconds, group, track);
        json.WriteString("cat", "flow");
        json.WriteNumber("id", id);
        if (phase == "f")
        {
            json.WriteString("bp", "e");
        }

        json.WriteEndObject();
    }

    /// <summary><c>req#4</c> is a req.</summary>
    private static string Category(string subject) => subject.IndexOf('#', StringComparison.Ordinal) is > 0 and int end ? subject[..end] : "bio";

    // ── tracks ──────────────────────────────────────────────────────────

    private void Slice(TraceEvent happening, string name)
    {
        (int group, int track) = TrackOf(happening);
        Start(name, "X", happening.AtPicoseconds, group, track);
        json.WriteNumber("dur", 0);
        Arguments(happening);
        json.WriteEndObject();
    }

    private void Instant(TraceEvent happening)
    {
        (int group, int track) = TrackOf(happening);
        string name = happening.Kind == TraceKind.Return ? $"{happening.Function} = {happening.Result}" : happening.Function;
        Start(name, "i", happening.AtPicoseconds, group, track);
        json.WriteString("s", happening.Kind == TraceKind.Fault ? "g" : "t");
        Arguments(happening);
        json.WriteEndObject();
    }

    private void Woken(string process, long at)
    {
        if (_asleep.Remove(process, out TraceEvent? wait))
        {
            Sleep(wait, at, "sleeps in " + wait.Function);
        }
    }

    /// <summary>Whoever still sleeps, sleeps until the end.</summary>
    private void Rest()
    {
        foreach (TraceEvent wait in _asleep.Values.OrderBy(one => one.AtPicoseconds).ThenBy(one => one.Process, StringComparer.Ordinal))
        {
            Sleep(wait, run.End.AtPicoseconds, "sleeps in " + wait.Function + ", never woken");
        }
    }

    private void Sleep(TraceEvent wait, long until, string name)
    {
        (int group, int track) = TrackOf(wait);
        Start(name, "X", wait.AtPicoseconds, group, track);
        json.WritePropertyName("dur");
        Microseconds(until - wait.AtPicoseconds);
        Arguments(wait);
        json.WriteEndObject();
    }

    private void Counter(StepSeries steps)
    {
        for (int i = 0; i < steps.TimesPicoseconds.Count; i++)
        {
            Start(steps.Name, "C", steps.TimesPicoseconds[i], Hardware, 0);
            json.WriteStartObject("args");
            json.WriteNumber(steps.Unit.Length > 0 ? steps.Unit : "value", steps.Values[i]);
            json.WriteEndObject();
            json.WriteEndObject();
            Flush();
        }
    }

    private (int Group, int Track) TrackOf(TraceEvent happening)
    {
        int group = happening.Context switch { "process" => Processes, "hw" => Hardware, _ => Interrupts };
        (int, string) key = (group, happening.Process);
        if (!_tracks.TryGetValue(key, out int track))
        {
            _tracks.Add(key, track = _tracks.Count + 1);
            Name("thread_name", group, track, happening.Process);
        }

        return (group, track);
    }

    private void Group(int group, string name) => Name("process_name", group, 0, name);

    // ── one event ───────────────────────────────────────────────────────

    private void Name(string what, int group, int track, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", what);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", group);
        json.WriteNumber("tid", track);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Start(string name, string phase, long at, int group, int track)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("ph", phase);
        json.WritePropertyName("ts");
        Microseconds(at);
        json.WriteNumber("pid", group);
        json.WriteNumber("tid", track);
    }

    private void Arguments(TraceEvent happening)
    {
        json.WriteStartObject("args");
        Argument("function", happening.Function);
        Argument("target", happening.Target);
        Argument("subject", happening.Subject);
        Argument("result", happening.Result);
        Argument("detail", happening.Detail);
        json.WriteEndObject();
    }

    private void Argument(string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private void Microseconds(long picoseconds) => json.WriteRawValue((picoseconds / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture));

    private void Flush()
    {
        if (json.BytesPending > FlushThreshold)
        {
            json.Flush();
        }
    }
}
