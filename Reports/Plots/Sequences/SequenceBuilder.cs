using System.Globalization;
using CryptoSim.Reports.Traces;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>Makes a sequence chart from the trace and the blocked processes of a run; nothing in it is written by hand.</summary>
internal sealed class SequenceBuilder
{
    private const int MostCulprits = 3;

    private readonly RunRecord _run;
    private readonly SequenceScale _scale;
    private readonly IReadOnlyList<TraceEvent> _events;
    private readonly IReadOnlyList<BlockedRecord> _culprits;   // those whose wake-up nobody owes, the end of every chain first
    private readonly HashSet<string> _lost;                    // requests that were dropped, or that somebody waits on for ever
    private readonly Dictionary<string, TraceEvent> _lastWaits = [];
    private readonly LaneMap _lanes;
    private readonly IReadOnlyList<FoldedEvent> _folded;
    private readonly List<SequenceRow> _rows = [];
    private readonly List<SleepSpan> _sleeps = [];
    private readonly Dictionary<int, int> _asleep = [];        // lane to the row in which it fell asleep

    private SequenceBuilder(RunRecord run, SequenceScale scale)
    {
        _run = run;
        _scale = scale;
        _events = [.. run.Trace, .. run.TraceTail];
        _culprits = [.. run.End.Blocked.OrderBy(blocked => blocked.Chain.Count == 0 ? int.MaxValue : blocked.Chain.Count)];
        foreach (TraceEvent wait in _events.Where(one => one.Kind == TraceKind.Wait))
        {
            _lastWaits[wait.Process] = wait;
        }

        _lost = [.. _events.Where(one => one.Kind == TraceKind.Fault && one.Subject.Length > 0).Select(one => one.Subject)];
        string[] wanted = [.. _culprits.Select(blocked => blocked.Process).Take(MostCulprits)];
        _lanes = new LaneMap(run, _events, wanted);
        _folded = TraceFold.Of([.. _events.Where(_lanes.Shows)], IsImportant);
        _lanes.Narrow(_folded.Where(one => one.Fold != Fold.Gap).Select(one => one.Event), wanted);
    }

    /// <summary>The chart of <paramref name="run"/>, which has a trace.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scale">What the times of its events are; virtual time if not given.</param>
    public static Sequence Build(RunRecord run, SequenceScale? scale = null) => new SequenceBuilder(run, scale ?? SequenceScale.VirtualTime).Build();

    private Sequence Build()
    {
        MarkOldSleepers();
        foreach (FoldedEvent folded in _folded)
        {
            Add(folded);
        }

        AddNeverSent();
        foreach ((int lane, int row) in _asleep.OrderBy(pair => pair.Key))
        {
            _sleeps.Add(new SleepSpan(lane, row, _rows.Count));
        }

        string name = _run.Identity.Variant.Length > 0 ? _run.Identity.Variant : _run.Identity.Scenario;
        string heading = _scale.Heading ?? $"How {name} {Ending(_run.End.Ends)}";
        return new Sequence(heading, Subtitle(), _lanes.Lanes, _rows, _sleeps, [.. Band()])
        {
            Scale = _scale,
            Passes = _run.End.Ends == "completed",
        };
    }

    /// <summary>The first of each kind of thing that goes wrong; the request that is waited for; the wait that never ends.</summary>
    private bool IsImportant(TraceEvent happening)
    {
        bool waitsForEver = happening.Kind == TraceKind.Wait
            && _culprits.Take(MostCulprits).Any(blocked => blocked.Process == happening.Process) && ReferenceEquals(_lastWaits[happening.Process], happening);
        bool aboutWait = _culprits.Take(MostCulprits).Any(blocked =>
            _lastWaits.TryGetValue(blocked.Process, out TraceEvent? wait) && wait.Subject.Length > 0 && wait.Subject == happening.Subject);
        bool firstFault = happening.Kind == TraceKind.Fault && ReferenceEquals(_events.First(one => one.Kind == TraceKind.Fault), happening);
        return waitsForEver || aboutWait || firstFault || happening.AtPicoseconds == _scale.Mark;
    }

    /// <summary>Processes that slept before the first drawn event, or whose sleep is not in the trace.</summary>
    private void MarkOldSleepers()
    {
        foreach (BlockedRecord blocked in _run.End.Blocked)
        {
            int lane = _lanes.Of(blocked.Process);
            if (lane >= 0 && !_lastWaits.ContainsKey(blocked.Process))
            {
                int row = _folded.TakeWhile(one => one.Event.AtPicoseconds < blocked.SincePicoseconds || (one.Event.AtPicoseconds == blocked.SincePicoseconds && one.Event.Process == blocked.Process)).Count();
                _asleep.TryAdd(lane, row);
            }
        }
    }

    private void Add(FoldedEvent folded)
    {
        TraceEvent happening = folded.Event;
        int from = _lanes.From(happening);
        switch (folded.Fold)
        {
            case Fold.Repetition:
                Row(null, from, from, Meaning.Neutral, Repetition(folded), Fill(happening));
                break;
            case Fold.Gap:
                Row(null, -1, -1, Meaning.Neutral, Pages.HeaderSection.Plural(folded.Count, "event") + " not drawn", "");
                break;
            default:
                AddEvent(happening, from, _lanes.To(happening));
                break;
        }
    }

    private void AddEvent(TraceEvent happening, int from, int to)
    {
        bool lost = _lost.Contains(happening.Subject);
        string call = happening.Subject.Length > 0 ? $"{happening.Function}({happening.Subject})" : happening.Function;
        int target = to >= 0 ? to : from;
        switch (happening.Kind)
        {
            case TraceKind.Call:
                Row(happening.AtPicoseconds, from, target, Meaning.Call, call, happening.Detail);
                break;
            case TraceKind.Return:
                Row(happening.AtPicoseconds, target, from, lost && happening.Result != "EINPROGRESS" ? Meaning.Fault : Meaning.Return, Errno(happening.Result), Fill(happening));
                break;
            case TraceKind.Callback:
                string arguments = string.Join(", ", new[] { happening.Subject, Errno(happening.Result) }.Where(one => one.Length > 0));
                Row(happening.AtPicoseconds, from, target, happening.Result is "0" or "" ? Meaning.Completion : Meaning.Call, $"{CallbackName(happening)}({arguments})", happening.Detail);
                break;
            case TraceKind.Wake:
                _sleeps.AddRange(_asleep.Remove(target, out int since) ? [new SleepSpan(target, since, _rows.Count)] : []);
                Row(happening.AtPicoseconds, from, target, Meaning.Completion, call, happening.Detail);
                break;
            case TraceKind.Wait:
                AddWait(happening, from);
                break;
            case TraceKind.Fault:
                Row(happening.AtPicoseconds, target, target, Meaning.Fault, call, happening.Detail);
                break;
            default:
                Row(happening.AtPicoseconds, from, from, Meaning.Neutral, call, happening.Detail);
                break;
        }
    }

    private void AddWait(TraceEvent happening, int lane)
    {
        bool forEver = ReferenceEquals(_lastWaits[happening.Process], happening) && _run.End.Blocked.Any(blocked => blocked.Process == happening.Process);
        _asleep[lane] = _rows.Count;
        string what = happening.Detail.Length > 0 ? happening.Detail : "waits for " + happening.Target;
        Row(happening.AtPicoseconds, lane, lane, forEver ? Meaning.Fault : Meaning.Neutral, forEver ? "sleeps and is never woken" : "sleeps", $"{happening.Function}: {what}");
    }

    /// <summary>For each process that nobody will wake: the callback that it waits for.</summary>
    private void AddNeverSent()
    {
        foreach (BlockedRecord blocked in _culprits.Where(one => one.Reason == "nobody").Take(MostCulprits))
        {
            if (!_lastWaits.TryGetValue(blocked.Process, out TraceEvent? wait) || wait.Subject.Length == 0)
            {
                continue;
            }

            TraceEvent? call = _events.LastOrDefault(one => one.Kind == TraceKind.Call && one.Subject == wait.Subject && one.Process == blocked.Process);
            int from = _lanes.Caller(call?.Target ?? wait.Target);
            int to = _lanes.Of(blocked.Process);
            if (from >= 0 && to >= 0 && from != to)
            {
                bool busy = _events.Any(one => one.Kind == TraceKind.Return && one.Subject == wait.Subject && one.Result == "EBUSY");
                string arguments = wait.Subject + (busy ? ", -EINPROGRESS" : "");
                Row(null, from, to, Meaning.Never, $"{Expected(blocked.Process)}({arguments})", "is never called");
            }
        }
    }

    /// <summary>The function that calls of this process are answered with.</summary>
    private string Expected(string process)
    {
        var own = _events.Where(one => one.Kind == TraceKind.Call && one.Process == process).Select(one => one.Subject).ToHashSet();
        TraceEvent? answered = _events.FirstOrDefault(one => one.Kind == TraceKind.Callback && own.Contains(one.Subject))
            ?? _events.FirstOrDefault(one => one.Kind == TraceKind.Callback);
        return answered is null ? "its callback" : CallbackName(answered);
    }

    /// <summary>A callback's target is the function that is called, unless the trace names a process or a part there.</summary>
    /// <remarks>A bio ends with <c>bio_endio</c>, which calls e.g. <c>crypt_endio</c> or whoever waits.</remarks>
    private string CallbackName(TraceEvent callback)
    {
        bool isLane = _lanes.Of(callback.Target) >= 0 || callback.Target.Length == 0;
        return !isLane && (IsEndIo(callback.Target) || !IsEndIo(callback.Function)) ? callback.Target : callback.Function;
    }

    private static bool IsEndIo(string function) => function.EndsWith("_endio", StringComparison.Ordinal);

    private void Row(long? at, int from, int to, Meaning meaning, string text, string note) => _rows.Add(new SequenceRow(at, from, to, meaning, text, note));

    private string Subtitle()
    {
        int drawn = _folded.Count(one => one.Fold == Fold.Event);
        long all = _events.Count + _run.TraceOmitted;
        string left = drawn == all ? "Every trace event is drawn." : $"{Count(drawn)} of {Count(all)} trace events are drawn; repeated ones are folded, others are left out.";
        return $"Rows are in the order of {_scale.Order}. {left}";
    }

    private IEnumerable<string> Band()
    {
        RunEnd end = _run.End;
        string rule = end.Rule is null ? "" : $" ({end.Rule})";
        string waiting = end.Blocked.Count == 0 ? "" : $": {Pages.HeaderSection.Plural(end.Blocked.Count, "process", "processes")} still blocked";
        yield return $"{end.Ends.ToUpperInvariant()} {_scale.End(end.AtPicoseconds)}{waiting}{rule}";
        if (end.Blocked.Count == 0 && end.Message is not null)
        {
            yield return end.Message;
        }

        foreach (BlockedRecord blocked in _culprits.Take(MostCulprits))
        {
            yield return $"{blocked.Process} waits for {blocked.WaitsOn} since {_scale.Text(blocked.SincePicoseconds)}: {(blocked.Owner.Length > 0 ? blocked.Owner : BlockedReport.Verdict(blocked.Reason))}";
        }

        if (_culprits.Count > MostCulprits)
        {
            yield return $"and {Count(_culprits.Count - MostCulprits)} more, listed in the blocked report";
        }
    }

    private static string Ending(string ends) => ends switch { "deadlock" => "deadlocks", "livelock" => "livelocks", "time-limit" => "runs into its time limit", _ => "ends: " + ends };

    /// <summary>The kernel returns negative errno values.</summary>
    private static string Errno(string result) => result.Length > 0 && char.IsAsciiLetterUpper(result[0]) ? "-" + result : result;

    /// <summary><c>3/3</c> says nothing without the name of what is filled.</summary>
    private static string Fill(TraceEvent happening) =>
        happening.Detail.Length > 0 && char.IsAsciiDigit(happening.Detail[0]) ? $"{happening.Target} {happening.Detail}" : happening.Kind == TraceKind.Return ? happening.Detail : "";

    private static string Repetition(FoldedEvent folded) => folded.Subjects.Count switch
    {
        0 => $"{Pages.HeaderSection.Plural(folded.Count, "more event")} like this",
        1 => folded.Subjects[0] + " goes the same way",
        <= 3 => string.Join(", ", folded.Subjects) + " go the same way",
        _ => $"{folded.Subjects[0]} … {folded.Subjects[^1]} go the same way",
    };

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
