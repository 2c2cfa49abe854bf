namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>
/// A search that keeps of a visited state only its 64-bit fingerprint and how it was first reached: about 8 / 0.6 + 7 bytes. Only
/// states that wait to be expanded are whole. Goes on breadth-first where an exact search stopped, or by rising number of preemptions from the start.
/// </summary>
/// <remarks>
/// A preemption is the choice of another process although the last one could go on. The search by preemptions is iterative
/// context bounding (Musuvathi, Qadeer: Iterative Context Bounding for Systematic Testing of Multithreaded Programs, PLDI
/// 2007): everything that c preemptions reach is visited before the first schedule with c + 1, so that a state, together with
/// who ran last, need be visited only once: with the fewest preemptions.
/// </remarks>
internal sealed class FingerprintSearch
{
    private const int LookEvery = 512;   // states between two looks at the limits

    private readonly StateCodec _codec;
    private readonly SearchLimits _limits;
    private readonly bool _countsPreemptions;
    private readonly FingerprintTable _visited = new();
    private readonly List<int> _pending = [];
    private readonly List<int> _after = [];   // pending after the step just taken
    private Frontier _open = new();
    private Frontier _putOff = new();   // needs one preemption more
    private int _levelEnd;

    private FingerprintSearch(StateCodec codec, Stepper stepper, StateGraph graph, SearchLimits limits, bool countsPreemptions) =>
        (_codec, Stepper, Graph, _limits, _countsPreemptions) = (codec, stepper, graph, limits, countsPreemptions);

    /// <summary>How each state was first reached, and which are ends; where else states lead is not kept.</summary>
    internal StateGraph Graph { get; }

    /// <summary>Takes its steps.</summary>
    internal Stepper Stepper { get; }

    /// <summary>The state at which it began, before anything was fused.</summary>
    internal byte[] Origin { get; private init; } = [];

    internal long Transitions { get; private set; }

    internal int Depth { get; private set; }

    /// <summary>Everything that so many preemptions reach was visited; -1 when not even what none reaches.</summary>
    internal int Preemptions { get; private set; } = -1;

    /// <summary>[B] Memory in use.</summary>
    internal long Bytes => _visited.Bytes + _open.Bytes + _putOff.Bytes + Graph.Bytes;

    internal long PeakBytes { get; private set; }

    /// <summary>The first failure; null while there is none.</summary>
    internal SearchFailure? Failure { get; private set; }

    /// <summary>Hashes of the ends.</summary>
    internal List<ulong> EndHashes { get; } = [];

    /// <summary>Takes over from an exact search, whose stored states and edges are gone then.</summary>
    internal static FingerprintSearch From(StateSearch exact, StateCodec codec, SearchLimits limits)
    {
        exact.Graph.DropEdges();
        exact.States.DropIndex();
        var search = new FingerprintSearch(codec, exact.Stepper, exact.Graph, limits, countsPreemptions: false)
        {
            Origin = exact.Origin,
            Transitions = exact.Transitions,
            Depth = exact.Depth,
            _levelEnd = exact.LevelEnd,
        };
        for (int state = 0; state < exact.States.Count; state++)
        {
            search.TakeOver(state, exact.States[state], state >= exact.Expanded);
            exact.States.DropBefore(state + 1);
        }

        return search;
    }

    /// <summary>A search by rising number of preemptions, from where a model stands. Nothing is fused in it: a fused step would hide who ran last.</summary>
    internal static FingerprintSearch ByPreemptions(IExplorable model, StateCodec codec, SearchLimits limits)
    {
        var stepper = new Stepper(model, codec, fuse: false);
        stepper.Boot();
        var search = new FingerprintSearch(codec, stepper, new StateGraph(), limits, countsPreemptions: true)
        {
            Origin = codec.Capture().ToArray(),
        };
        search.Enter(-1, 0, stepper.Settle(), -1);
        return search;
    }

    /// <summary>Searches until everything was visited, something fails, or a limit comes.</summary>
    internal SearchEnd Run()
    {
        for (long expanded = 0; ; expanded++)
        {
            if (expanded % LookEvery == 0 && LookAtLimits() is { } limit)
            {
                return limit;
            }

            if (_open.Count == 0 && _countsPreemptions)
            {
                Preemptions++;
                (_open, _putOff) = (_putOff, _open);
            }

            if (!_open.TryDequeue(out var state))
            {
                return SearchEnd.Exhausted;
            }

            CountLevel(state.Number);
            Expand(state);
            if (Failure is not null)
            {
                return SearchEnd.Failure;
            }
        }
    }

    private void TakeOver(int state, ReadOnlySpan<byte> bytes, bool isOpen)
    {
        _visited.Add(Fingerprint.Of(bytes, Salt(-1)));
        if (Graph.EndOf(state) != EndKind.None)
        {
            EndHashes.Add(StateHash.Of(bytes));
        }
        else if (isOpen)
        {
            _open.Enqueue(state, -1, isPutOff: false, bytes);
        }
    }

    private SearchEnd? LookAtLimits()
    {
        long bytes = Bytes;
        PeakBytes = Math.Max(PeakBytes, bytes);
        string phase = _countsPreemptions ? "preemptions" : "fingerprints";
        if (_limits.IsTimeUp(phase, Graph.Count, _open.Count + _putOff.Count, Transitions, bytes))
        {
            return SearchEnd.TimeLimit;
        }

        return Graph.Count >= _limits.Options.StateLimit ? SearchEnd.StateLimit : bytes >= _limits.Options.MemoryLimit ? SearchEnd.MemoryLimit : null;
    }

    private void CountLevel(int state)
    {
        if (state >= _levelEnd && !_countsPreemptions)
        {
            Depth++;
            _levelEnd = Graph.Count;
        }
    }

    /// <summary>Takes every pending step of a state; when preemptions count, first only that of the process that ran last, and those of the others once one more is allowed.</summary>
    private void Expand(in FrontierState state)
    {
        Stepper.Restore(state.Bytes, state.Start);
        _codec.Simulation.CollectPending(_pending);
        bool isFresh = true;
        for (int i = 0; i < _pending.Count && Failure is null; i++)
        {
            bool isNow = state.Last < 0 || (_pending[i] == state.Last) != state.IsPutOff;
            if (!isNow || _pending.IndexOf(_pending[i], 0, i) >= 0)
            {
                continue;
            }

            if (!isFresh)
            {
                Stepper.Restore(state.Bytes, state.Start);
            }

            isFresh = false;
            Take(state.Number, _pending[i]);
        }

        if (state is { Last: >= 0, IsPutOff: false })
        {
            _putOff.Enqueue(state.Number, state.Last, isPutOff: true, state.Bytes.AsSpan(state.Start, state.Length));
        }
    }

    private void Take(int from, int slot)
    {
        Transitions++;
        var process = _codec.Simulation.ProcessAt(slot);
        var end = Stepper.Take(slot);
        Enter(from, slot, end, _countsPreemptions && end == EndKind.None && process.IsAlive ? slot : -1);
    }

    /// <summary>Keeps the state that the model stands in, if it is new.</summary>
    private void Enter(int from, int via, EndKind end, int lastSlot)
    {
        var bytes = Stepper.StateAt(end);
        int last = lastSlot < 0 ? -1 : PlaceIfItCanGoOn(lastSlot);
        if (!_visited.Add(Fingerprint.Of(bytes, Salt(last))))
        {
            return;
        }

        int number = Graph.Count;
        Graph.Add(from, via, end, Stepper.KnownBefore);
        if (end == EndKind.None)
        {
            _open.Enqueue(number, last, isPutOff: false, bytes);
            return;
        }

        EndHashes.Add(StateHash.Of(bytes));
        Failure ??= end > EndKind.Completed ? Stepper.FailureAt(number, end) : null;
    }

    /// <summary>The place of a process in the state just captured; -1 when nobody would be preempted: it cannot go on, or nobody else can.</summary>
    private int PlaceIfItCanGoOn(int slot)
    {
        _codec.Simulation.CollectPending(_after);
        return _after.Contains(slot) && _after.Exists(other => other != slot) ? _codec.PlaceOf(slot) : -1;
    }

    private ulong Salt(int last) => unchecked(_limits.Options.Seed + ((ulong)(last + 1) << 48));
}
