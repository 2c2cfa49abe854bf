namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Breadth-first search over the states of one model: from each state every pending step is taken. The first failure it meets has the shortest way.</summary>
internal sealed class StateSearch
{
    private const int LookEvery = 512;   // states between two looks at the limits

    private readonly StateCodec _codec;
    private readonly Simulation _simulation;
    private readonly SearchLimits _limits;
    private readonly ExplorationOptions _options;
    private readonly List<int> _pending = [];
    private bool _interrupts;   // from the start
    private readonly List<int> _known = [];   // about fusing, before each step from the state being expanded
    private readonly List<SearchFailure> _failures = [];
    private readonly HashSet<string> _kindsOfFailure = new(StringComparer.Ordinal);

    internal StateSearch(IExplorable model, StateCodec codec, SearchLimits limits, bool fuse)
    {
        (_codec, _limits, _options) = (codec, limits, limits.Options);
        _simulation = model.Simulation;
        Stepper = new Stepper(model, codec, fuse);
    }

    /// <summary>True to end at the first state in which all work is done.</summary>
    internal bool StopsAtCompletion { get; init; }

    /// <summary>Takes its steps.</summary>
    internal Stepper Stepper { get; }

    /// <summary>The state at which it began, before anything was fused.</summary>
    internal byte[] Origin { get; private set; } = [];

    internal StateStore States { get; } = new();

    internal StateGraph Graph { get; } = new();

    internal long Transitions { get; private set; }

    internal int Depth { get; private set; }

    /// <summary>The first state that lies deeper than <see cref="Depth"/>.</summary>
    internal int LevelEnd { get; private set; }

    /// <summary>States that are expanded.</summary>
    internal int Expanded { get; private set; }

    internal long PeakBytes { get; private set; }

    /// <summary>One failure of each kind, the shortest first.</summary>
    internal IReadOnlyList<SearchFailure> Failures => _failures;

    /// <summary>Searches from the present state of the model.</summary>
    /// <param name="stopAtFailure">True to end at the first failure.</param>
    /// <param name="stateLimit">Most states.</param>
    internal SearchEnd Run(bool stopAtFailure, long stateLimit)
    {
        Begin();
        for (int state = 0; state < States.Count; state++)
        {
            Expanded = state;
            if (state % LookEvery == 0 && LookAtLimits(stateLimit) is { } limit)
            {
                return limit;
            }

            if (state == LevelEnd)
            {
                Depth++;
                LevelEnd = States.Count;
            }

            Graph.BeginEdges();
            bool failed = Graph.EndOf(state) == EndKind.None && Expand(state);
            if (IsFirstInterrupt || (failed && stopAtFailure))
            {
                return Stop(IsFirstInterrupt ? SearchEnd.Interrupted : SearchEnd.Failure);
            }

            if (StopsAtCompletion && Stepper.HasCompleted)
            {
                return Stop(SearchEnd.Completion);
            }
        }

        Expanded = States.Count;
        return Stop(SearchEnd.Exhausted);
    }

    private void Begin()
    {
        Stepper.Boot();
        Origin = _codec.Capture().ToArray();
        var end = Stepper.Settle();
        States.Add(Stepper.StateAt(end), out _);
        Graph.Add(-1, 0, end, Stepper.KnownBefore);
        LevelEnd = 1;
        _interrupts = _simulation.HasInterrupted;
    }

    /// <summary>Somebody was interrupted for the first time: the states so far do not tell a process that is ready from one that is delayed.</summary>
    private bool IsFirstInterrupt => _simulation.HasInterrupted && !_interrupts;

    private SearchEnd? LookAtLimits(long stateLimit)
    {
        long bytes = States.Bytes + Graph.Bytes;
        PeakBytes = Math.Max(PeakBytes, bytes);
        if (_limits.IsTimeUp("breadth-first", States.Count, States.Count - Expanded, Transitions, bytes))
        {
            return SearchEnd.TimeLimit;
        }

        return States.Count >= stateLimit ? SearchEnd.StateLimit : bytes >= _options.MemoryLimit ? SearchEnd.MemoryLimit : null;
    }

    private SearchEnd Stop(SearchEnd end)
    {
        PeakBytes = Math.Max(PeakBytes, States.Bytes + Graph.Bytes);
        return end;
    }

    /// <summary>Takes every pending step of a state; true when one failed in a new way.</summary>
    private bool Expand(int state)
    {
        bool failed = false;
        _known.Clear();
        Restore(state);
        _simulation.CollectPending(_pending);
        for (int i = 0; i < _pending.Count; i++)
        {
            if (i > 0)
            {
                if (_pending.IndexOf(_pending[i], 0, i) >= 0)
                {
                    continue;   // the same timer twice in the lane
                }

                Restore(state);
            }

            failed |= Take(state, _pending[i]);
        }

        if (_options.Check && !IsFirstInterrupt)
        {
            CheckAgain(state);
        }

        return failed;
    }

    private void Restore(int state) => Stepper.Restore(States.Locate(state, out int start), start);

    private bool Take(int state, int slot)
    {
        Transitions++;
        var end = Stepper.Take(slot);
        int next = States.Add(Stepper.StateAt(end), out _);
        bool isNew = next == Graph.Count;
        Graph.AddEdge(next);
        _known.Add(Stepper.KnownBefore);
        if (!isNew)
        {
            return false;
        }

        Graph.Add(state, slot, end, Stepper.KnownBefore);
        bool failed = end > EndKind.Completed && Note(Stepper.FailureAt(next, end));
        return failed;
    }

    private bool Note(SearchFailure failure)
    {
        if (!_kindsOfFailure.Add(failure.Found + failure.Rule))
        {
            return false;
        }

        _failures.Add(failure);
        return true;
    }

    /// <summary>With --check every transition is taken twice from the same bytes, those of a state a second time in the opposite order: a difference is state that is not captured.</summary>
    private void CheckAgain(int state)
    {
        int edge = Graph.Edges;
        for (int i = _pending.Count - 1; i >= 0; i--)
        {
            if (_pending.IndexOf(_pending[i], 0, i) >= 0)
            {
                continue;
            }

            int next = Graph.EdgeAt(--edge);
            if (Graph.EndOf(next) != EndKind.Fault)
            {
                TakeAgain(state, _pending[i], next, _known[_known.Count - Graph.Edges + edge]);
            }
        }
    }

    private void TakeAgain(int state, int slot, int next, int known)
    {
        Restore(state);
        if (!Stepper.StateAt(Stepper.TakeAgain(slot, known)).SequenceEqual(States[next]))
        {
            Restore(state);
            throw new NotCapturableException(
                $"the same step from the same state had two outcomes at {_simulation.ProcessAt(slot).Name}: something that decides is not part of the state (a static field, a [NotState] field)");
        }
    }
}
