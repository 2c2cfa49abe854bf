using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots.Sequences;

/// <summary>Finds the lane of each party of a trace: a process, a part that is called, or a part's interrupt handling.</summary>
internal sealed class LaneMap
{
    private const int Most = 6;   // lanes that fit side by side

    private readonly List<string> _keys = [];
    private readonly HashSet<string> _processes = [];
    private readonly Dictionary<string, string> _submitters = [];

    /// <summary>Gives lanes to the parties of <paramref name="events"/> in the order of appearance; <paramref name="wanted"/> come before others when there are too many.</summary>
    /// <param name="run">The run, for the capacity of rings.</param>
    /// <param name="events">The events that will be drawn.</param>
    /// <param name="all">Every event: who submitted what.</param>
    /// <param name="wanted">Names of processes that must have a lane.</param>
    public LaneMap(RunRecord run, IReadOnlyList<TraceEvent> events, IReadOnlyList<TraceEvent> all, IReadOnlyList<string> wanted)
    {
        foreach (TraceEvent call in all.Where(one => one.Kind == TraceKind.Call && one.Subject.Length > 0))
        {
            _submitters.TryAdd(call.Subject, call.Process);
        }

        _processes.UnionWith(events.Select(Source));
        var found = events.SelectMany(Parties).Concat(wanted).Distinct().ToList();
        _processes.UnionWith(wanted);
        var kept = found.OrderByDescending(key => Weight(key, events, wanted)).Take(Most).ToHashSet();
        _keys.AddRange(found.Where(kept.Contains));
        Lanes = [.. _keys.Select(key => new Lane(Name(key), Role(run, key), _processes.Contains(key)))];
    }

    /// <summary>The lanes, left to right.</summary>
    public IReadOnlyList<Lane> Lanes { get; }

    /// <summary>The lane in which an event happens; -1 if there was no room for it.</summary>
    public int From(TraceEvent happening) => _keys.IndexOf(Source(happening));

    /// <summary>The lane that an event goes to; -1 if there is none.</summary>
    public int To(TraceEvent happening) => _keys.IndexOf(Destination(happening));

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

    private IEnumerable<string> Parties(TraceEvent happening)
    {
        yield return Source(happening);
        bool arrow = happening.Kind is TraceKind.Call or TraceKind.Return or TraceKind.Callback or TraceKind.Wake;
        if (arrow && Destination(happening).Length > 0)
        {
            yield return Destination(happening);
        }
    }

    private int Weight(string key, IReadOnlyList<TraceEvent> events, IReadOnlyList<string> wanted)
    {
        int order = wanted.ToList().IndexOf(key);
        int events1000 = Math.Min(events.Count(one => Parties(one).Contains(key)), 1000);
        return order >= 0 ? 2_000_000 - order : events1000 + (wanted.Count > 0 && events.Any(one => wanted.Contains(one.Process) && Parties(one).Contains(key)) ? 10_000 : 0);
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
