namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Breadth-first search over the states of one model: from each state every pending step is taken. The first failure it meets has the shortest way.</summary>
internal sealed class StateSearch
{
    private const int LookEvery = 512;   // states between two looks at the limits

    private readonly IExplorable _model;
    private readonly StateCodec _codec;
    private readonly Simulation _simulation;
    private readonly Settler _settler;
    private readonly SearchLimits _limits;
    private readonly ExplorationOptions _options;
    private readonly List<int> _pending = [];
    private readonly List<SearchFailure> _failures = [];
    private readonly HashSet<string> _kindsOfFailure = new(StringComparer.Ordinal);
    private EndProblem? _problem;
    private int _levelEnd;
    private bool _hasCompleted;

    internal StateSearch(IExplorable model, StateCodec codec, SearchLimits limits, bool fuse)
    {
        (_model, _codec, _limits, _options) = (model, codec, limits, limits.Options);
        _simulation = model.Simulation;
        _settler = new Settler(codec, fuse);
    }

    /// <summary>True to end at the first state in which all work is done.</summary>
    internal bool StopsAtCompletion { get; init; }

    internal StateStore States { get; } = new();

    internal StateGraph Graph { get; } = new();

    internal long Transitions { get; private set; }

    internal long Fused => _settler.Steps;

    internal int Depth { get; private set; }

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

            if (state == _levelEnd)
            {
                Depth++;
                _levelEnd = States.Count;
            }

            Graph.BeginEdges();
            if (Graph.EndOf(state) == EndKind.None && Expand(state) && stopAtFailure)
            {
                return Stop(SearchEnd.Failure);
            }

            if (StopsAtCompletion && _hasCompleted)
            {
                return Stop(SearchEnd.Completion);
            }
        }

        Expanded = States.Count;
        return Stop(SearchEnd.Exhausted);
    }

    private void Begin()
    {
        if (_simulation.Events == 0)
        {
            _simulation.Boot();
        }

        var end = _settler.Settle();
        States.Add(_codec.Capture(), out _);
        Graph.Add(-1, 0, end == EndKind.None ? Judge(over: false) : end);
        _levelEnd = 1;
    }

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

        return failed;
    }

    private void Restore(int state) => _codec.Restore(States.Locate(state, out int start), start);

    private bool Take(int state, int slot)
    {
        Transitions++;
        bool over = _simulation.StepPending(slot);
        var end = Judge(over);
        if (end == EndKind.None)
        {
            end = _settler.Settle();
            end = end == EndKind.None ? Judge(_settler.IsOver) : end;
        }

        int next = end == EndKind.Fault ? AddFault() : States.Add(_codec.Capture(), out _);
        bool isNew = next == Graph.Count;
        Graph.AddEdge(next);
        if (isNew)
        {
            Graph.Add(state, slot, end);
            CheckAgain(state, slot, next);
        }

        return isNew && end > EndKind.Completed && Note(next, end);
    }

    /// <summary>All faults of a rule are one state: what is left after a broken rule means nothing.</summary>
    private int AddFault()
    {
        string rule = _simulation.Broken!.Value.Rule;
        return States.Add([0xFF, 0xFF, .. System.Text.Encoding.UTF8.GetBytes("broken " + rule)], out _);
    }

    private EndKind Judge(bool over)
    {
        if (_simulation.Broken is not null)
        {
            return EndKind.Fault;
        }

        if (over || (_simulation.NonDaemons == 0 && !_simulation.HasBusyDaemon()))
        {
            _problem = _model.CheckEnd();
            _hasCompleted |= _problem is null;
            return _problem is null ? EndKind.Completed : EndKind.Wrong;
        }

        return _simulation.IsAnythingPending ? EndKind.None : EndKind.Hung;
    }

    private bool Note(int state, EndKind end)
    {
        var failure = end switch
        {
            EndKind.Fault => new SearchFailure(state, end, "fault", _simulation.Broken!.Value.Rule, _simulation.Broken!.Value.Message),
            EndKind.Wrong => new SearchFailure(state, end, _problem!.Found, _problem.Rule, _problem.Message),
            EndKind.Endless => new SearchFailure(state, end, "livelock", null, "steps follow each other without end while nothing else is touched"),
            _ => new SearchFailure(state, end, "deadlock", null, null),
        };
        if (!_kindsOfFailure.Add(failure.Found + failure.Rule))
        {
            return false;
        }

        _failures.Add(failure);
        return true;
    }

    /// <summary>With --check every transition is taken twice from the same bytes: a difference is state that is not captured.</summary>
    private void CheckAgain(int state, int slot, int next)
    {
        if (!_options.Check || Graph.EndOf(next) == EndKind.Fault)
        {
            return;
        }

        Restore(state);
        bool over = _simulation.StepPending(slot);
        if (!over && Judge(over) == EndKind.None)
        {
            _settler.Settle();
        }

        if (!_codec.Capture().SequenceEqual(States[next]))
        {
            throw new NotCapturableException(
                $"the same step from the same state had two outcomes at {_simulation.ProcessAt(slot).Name}: something that decides is not part of the state (a static field, a [NotState] field)");
        }
    }
}
