using System.Globalization;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>The breadth-first search, and what its graph says: the shortest failing way, from where on nothing can be completed, which other way passes.</summary>
internal sealed class SearchPhase : IDisposable
{
    private readonly IExplorableFactory _factory;
    private readonly SearchLimits _limits;
    private readonly IExplorable _model;
    private bool[]? _canComplete;

    /// <summary>Prepares a search on a model of its own.</summary>
    internal SearchPhase(IExplorableFactory factory, SearchLimits limits, bool fuse)
    {
        (_factory, _limits) = (factory, limits);
        _model = factory.Build(traced: false);
        Codec = new StateCodec(_model.Simulation, limits.Options.Symmetry);
        Search = new StateSearch(_model, Codec, limits, fuse);
    }

    internal StateCodec Codec { get; }

    internal StateSearch Search { get; }

    internal SearchEnd End { get; private set; }

    /// <summary>The failure with the shortest way; null while there is none.</summary>
    internal SearchFailure? Failure { get; private set; }

    /// <summary>From which states all work can still be done; null unless the graph is whole.</summary>
    internal bool[]? CanComplete => End == SearchEnd.Exhausted ? _canComplete ??= Reachability.CanComplete(Search.Graph) : null;

    internal void Run(bool stopAtFailure, long stateLimit)
    {
        End = Search.Run(stopAtFailure, Math.Min(stateLimit, _limits.Options.StateLimit));
        Failure = Search.Failures.Count > 0 ? Search.Failures[0] : FindLivelock();
    }

    /// <summary>The steps of the first way to a state.</summary>
    internal List<WayStep> StepsTo(int state) => Names.Along(Search.Graph.WayTo(state), Search.Graph.StatesTo(state));

    /// <summary>The steps of a schedule.</summary>
    internal List<WayStep> StepsOf(IReadOnlyList<string> choices) => Names.Along(choices);

    /// <summary>1-based number of the last step of a failing way before which all work can still be completed; 0 when nothing ever can; null when the graph is not whole.</summary>
    internal int? PointOfNoReturn(IReadOnlyList<WayStep> failing)
    {
        if (CanComplete is not { } can)
        {
            return null;
        }

        int last = failing.Count;
        while (last > 0 && !(failing[last - 1].State is >= 0 and var state && can[state]))
        {
            last--;
        }

        return last;
    }

    /// <summary>States from which nothing can be completed.</summary>
    internal long? Doomed => CanComplete?.LongCount(static can => !can);

    /// <summary>The steps of a schedule that leaves a failing one at the point of no return and passes by the shortest way.</summary>
    internal List<WayStep>? Sibling(IReadOnlyList<WayStep> failing, int pointOfNoReturn)
    {
        if (pointOfNoReturn < 1 || CanComplete is null)
        {
            return null;
        }

        var (way, states) = new ShortestCompletion(Search, Codec).From(failing[pointOfNoReturn - 1].State);
        var places = new List<int>();
        var through = new List<int>();
        for (int i = 0; i + 1 < pointOfNoReturn; i++)
        {
            through.Add(failing[i].State);
            places.Add(new ShortestCompletion(Search, Codec).PlaceThatLeads(failing[i].State, failing[i + 1].State));
        }

        return Names.Along([.. places, .. way], [.. through, .. states]);
    }

    /// <summary>Hashes of all final states, sorted.</summary>
    internal IReadOnlyList<string> EndStates()
    {
        var hashes = new List<string>();
        for (int state = 0; state < Search.Graph.Count && End == SearchEnd.Exhausted; state++)
        {
            if (Search.Graph.EndOf(state) != EndKind.None)
            {
                hashes.Add(StateHash.Of(Search.States[state]).ToString("x16", CultureInfo.InvariantCulture));
            }
        }

        hashes.Sort(StringComparer.Ordinal);
        return hashes;
    }

    internal ExplorationCounts Counts(int schedules, double seconds)
    {
        var ends = Enumerable.Range(0, Search.Graph.Count).Select(Search.Graph.EndOf).ToList();
        return new ExplorationCounts
        {
            Schedules = schedules,
            States = Search.States.Count,
            Transitions = Search.Transitions,
            Fused = Search.Fused,
            GoodEnds = ends.LongCount(end => end == EndKind.Completed),
            BadEnds = ends.LongCount(end => end > EndKind.Completed),
            Doomed = Doomed,
            Depth = Search.Depth,
            PeakBytes = Search.PeakBytes,
            LargestState = Search.States.Largest,
            Seconds = seconds,
        };
    }

    public void Dispose() => _model.Dispose();

    private WayNames Names => new(_factory, Codec, Search.States);

    /// <summary>A whole graph without failing ends in which some state never completes: everything that is left goes round for ever.</summary>
    private SearchFailure? FindLivelock()
    {
        int state = CanComplete is { } can ? Array.IndexOf(can, false) : -1;
        return state < 0 ? null : new SearchFailure(state, EndKind.None, "livelock", null, "from here on processes keep stepping and no schedule completes the work");
    }
}
