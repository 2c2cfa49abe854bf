using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>Finds the lane of each party of a trace: a process, a part that is called, or a part's interrupt handling.</summary>
internal sealed class LaneMap
{
    private const int Most = 7;   // lanes that fit side by side

    private readonly RunRecord _run;
    private readonly List<string> _keys = [];
    private readonly HashSet<string> _processes = [];
    private readonly Dictionary<string, string> _submitters = [];

    /// <summary>Gives lanes to the parties of <paramref name="events"/> in the order of appearance. When there are too many, <paramref name="wanted"/> come first, then parts, then the busiest.</summary>
    /// <param name="run">The run, for the capacity of rings.</param>
    /// <param name="events">The trace.</param>
    /// <param name="wanted">Names of processes that must have a lane.</param>
    public LaneMap(RunRecord run, IReadOnlyList<TraceEvent> events, IReadOnlyList<string> wanted)
    {
        foreach (TraceEvent call in events.Where(one => one.Kind == TraceKind.Call && one.Subject.Length > 0))
        {
            _submitters.TryAdd(call.Subject, call.Process);
        }

        _processes.UnionWith(events.Select(Source));
        _processes.UnionWith(wanted);
        var busy = new Dictionary<string, int>();
        var found = new List<string>();
        foreach (string key in events.SelectMany(Parties).Concat(wanted))
        {
            busy[key] = busy.GetValueOrDefault(key) + 1;
            if (busy[key] == 1)
            {
                found.Add(key);
            }
        }

        string[] first = [.. wanted];
        var kept = found.OrderByDescending(key => Rank(key, first)).ThenByDescending(key => busy[key]).Take(Most).ToHashSet();
        _keys.AddRange(found.Where(kept.Contains));
        _run = run;
    }

    /// <summary>The lanes, left to right.</summary>
    public IReadOnlyList<Lane> Lanes => [.. _keys.Select(key => new Lane(Name(key), Role(_run, key), _processes.Contains(key)))];

    /// <summary>Takes away the lanes that neither <paramref name="drawn"/> nor <paramref name="wanted"/> need.</summary>
    public void Narrow(IEnumerable<TraceEvent> drawn, IReadOnlyList<string> wanted)
    {
        var needed = drawn.SelectMany(Parties).Concat(wanted).ToHashSet();
        _keys.RemoveAll(key => !needed.Contains(key));
    }

    /// <summary>The lane in which an event happens; -1 if there was no room for it.</summary>
    public int From(TraceEvent happening) => _keys.IndexOf(Source(happening));

    /// <summary>The lane that an event goes to; -1 if there is none.</summary>
    public int To(TraceEvent happening) => _keys.IndexOf(Destination(happening));

    /// <summary>Whether both ends of an event have a lane.</summary>
    public bool Shows(TraceEvent happening) => From(happening) >= 0 && (!IsArrow(happening) || Destination(happening).Length == 0 || To(happening) >= 0);

    /// <summary>The lane of a process; -1 if there was no room for it.</summary>
    public int Of(string process) => _keys.IndexOf(process);

    /// <summary>Where a callback for requests of <paramref name="provider"/> would come from: its interrupt handling if that has a lane.</summary>
    public int Caller(string provider)
    {
        int interrupt = _keys.IndexOf(Interrupt(provider));
        return interrupt >= 0 ? interrupt : _keys.IndexOf(provider);
    }

    private static string Interrupt(string name) => name + "\u001firq";

    private static string Name(string key) => key.Split('\u001f')[0];

    private static string Source(TraceEvent happening) =>
        happening.Context is "softirq" or "hardirq" ? Interrupt(happening.Process) : happening.Process;

    /// <summary>Callbacks name the function that they call; its lane is that of the process that submitted the request.</summary>
    private string Destination(TraceEvent happening) =>
        happening.Kind == TraceKind.Callback && _submitters.TryGetValue(happening.Subject, out string? submitter) ? submitter : happening.Target;

    private static bool IsArrow(TraceEvent happening) => happening.Kind is TraceKind.Call or TraceKind.Return or TraceKind.Callback or TraceKind.Wake;

    private IEnumerable<string> Parties(TraceEvent happening)
    {
        yield return Source(happening);
        if (IsArrow(happening) && Destination(happening).Length > 0)
        {
            yield return Destination(happening);
        }
    }

    /// <summary>Those who wait, then what they call and what calls them, then everybody else.</summary>
    private int Rank(string key, string[] wanted)
    {
        bool isPart = !_processes.Contains(key) || key.Contains('\u001f', StringComparison.Ordinal);
        return wanted.Contains(key) ? 2 : isPart ? 1 : 0;
    }

    private string Role(RunRecord run, string key)
    {
        if (key.Contains('\u001f', StringComparison.Ordinal))
        {
            return "interrupt, softirq";
        }

        StepSeries? ring = run.Steps.FirstOrDefault(steps => steps.Name == key + ".ring");
        return ring?.Capacity is { } capacity ? $"ring, {capacity} usable" : _processes.Contains(key) ? "process" : "called";
    }
}
