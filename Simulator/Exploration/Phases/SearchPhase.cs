using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>The breadth-first search, and what its graph says: the shortest failing way, from where on nothing can be completed, which other way passes.</summary>
internal sealed class SearchPhase : IDisposable
{
    private readonly IExplorableFactory _factory;
    private readonly SearchLimits _limits;
    private readonly bool _fuse;
    private IExplorable _model;
    private bool[]? _canComplete;

    /// <summary>Prepares a search on a model of its own.</summary>
    internal SearchPhase(IExplorableFactory factory, SearchLimits limits, bool fuse)
    {
        (_factory, _limits, _fuse) = (factory, limits, fuse);
        (_model, Codec, Search) = Begin(interrupts: false);
    }

    internal StateCodec Codec { get; private set; }

    internal StateSearch Search { get; private set; }

    internal SearchEnd End { get; private set; }

    /// <summary>The failure with the shortest way; null while there is none.</summary>
    internal SearchFailure? Failure { get; private set; }

    /// <summary>From which states all work can still be done; null unless the graph is whole.</summary>
    internal bool[]? CanComplete => End == SearchEnd.Exhausted ? _canComplete ??= Reachability.CanComplete(Search.Graph) : null;

    internal void Run(bool stopAtFailure, long stateLimit)
    {
        stateLimit = Math.Min(stateLimit, _limits.Options.StateLimit);
        End = Search.Run(stopAtFailure, stateLimit);
        if (End == SearchEnd.Interrupted)
        {
            _model.Dispose();
            (_model, Codec, Search) = Begin(interrupts: true);
            End = Search.Run(stopAtFailure, stateLimit);
        }

        Failure = Search.Failures.Count > 0 ? Search.Failures[0] : FindLivelock() ?? (_limits.Options.FairLivelock ? FindFairLivelock() : null);
    }

    private (IExplorable Model, StateCodec Codec, StateSearch Search) Begin(bool interrupts)
    {
        var model = _factory.Build(traced: false);
        model.Simulation.HasInterrupted = interrupts;
        bool fair = _limits.Options.FairLivelock;   // who steps must be known, in every state
        var codec = new StateCodec(model.Simulation, _limits.Options.Symmetry && !fair, identities: fair);
        return (model, codec, new StateSearch(model, codec, _limits, _fuse && !fair));
    }

    /// <summary>The steps of the way to a failure, and of one round of it.</summary>
    internal List<WayStep> StepsTo(SearchFailure failure) => Along([.. Search.Graph.WayTo(failure.State), .. failure.Round], Search.Graph.KnownTo(failure.State));

    /// <summary>The failure with the way to it; null while there is none.</summary>
    internal FoundWay? FoundWay(bool toldInSteps) => Failure is { } failure
        ? new FoundWay(failure.Found, failure.Rule, failure.Message, toldInSteps ? WayNames.Choices(StepsTo(failure)) : [])
        : null;

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

        var ways = new ShortestCompletion(Search, Codec);
        var places = new List<int>();
        for (int i = 0; i + 1 < pointOfNoReturn; i++)
        {
            places.Add(ways.PlaceThatLeads(failing[i].State, failing[i + 1].State));
        }

        return Along([.. places, .. ways.From(failing[pointOfNoReturn - 1].State)]);
    }

    /// <summary>Hashes of all final states, sorted.</summary>
    internal IReadOnlyList<string> EndStates()
    {
        var hashes = new List<ulong>();
        for (int state = 0; state < Search.Graph.Count && End == SearchEnd.Exhausted; state++)
        {
            if (Search.Graph.EndOf(state) != EndKind.None)
            {
                hashes.Add(StateHash.Of(Search.States[state]));
            }
        }

        return StateHash.Sorted(hashes);
    }

    internal ExplorationCounts Counts(int schedules, double seconds)
    {
        return new ExplorationCounts
        {
            Schedules = schedules,
            States = Search.States.Count,
            Transitions = Search.Transitions,
            Fused = Search.Stepper.Fused,
            GoodEnds = Search.Graph.CountEnds(static end => end == EndKind.Completed),
            BadEnds = Search.Graph.CountEnds(static end => end > EndKind.Completed),
            Doomed = Doomed,
            Depth = Search.Depth,
            PeakBytes = Search.PeakBytes,
            LargestState = Search.States.Largest,
            Seconds = seconds,
        };
    }

    public void Dispose() => _model.Dispose();

    private List<WayStep> Along(IReadOnlyList<int> way, IReadOnlyList<int>? known = null) => Names.Along(Search.Stepper, Search.Origin, way, known ?? []);

    private WayNames Names => new(_factory, Codec, Search.States);

    private SearchFailure? FindFairLivelock()
    {
        if (new FairCycle(Search, Codec).Find() is not { } cycle)
        {
            return null;
        }

        var names = Along([.. Search.Graph.WayTo(cycle.State), .. cycle.Round]).TakeLast(cycle.Round.Count).Select(step => step.Process);
        string who = string.Join(", ", names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        return new SearchFailure(cycle.State, EndKind.None, "livelock", null, $"{who} can go round for ever under a fair schedule: everybody who can go on does, and no work is completed")
        {
            Round = cycle.Round,
        };
    }

    /// <summary>A whole graph without failing ends in which some state never completes: everything that is left goes round for ever.</summary>
    private SearchFailure? FindLivelock()
    {
        int state = CanComplete is { } can ? Array.IndexOf(can, false) : -1;
        return state < 0 ? null : new SearchFailure(state, EndKind.None, "livelock", null, "from here on processes keep stepping and no schedule completes the work");
    }
}
