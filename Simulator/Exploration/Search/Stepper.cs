namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Takes steps of a model from captured states and says what they lead to. What the searches have in common.</summary>
internal sealed class Stepper
{
    private readonly IExplorable _model;
    private readonly StateCodec _codec;
    private readonly Simulation _simulation;
    private readonly Settler _settler;
    private EndProblem? _problem;

    internal Stepper(IExplorable model, StateCodec codec, bool fuse)
    {
        (_model, _codec, _simulation) = (model, codec, model.Simulation);
        _settler = new Settler(codec, fuse);
    }

    /// <summary>Steps fused so far.</summary>
    internal long Fused => _settler.Steps;

    /// <summary><see cref="Settler.Known"/> before the last step.</summary>
    internal int KnownBefore { get; private set; }

    /// <summary>True once some step led to a state in which all work is done and nothing is wrong.</summary>
    internal bool HasCompleted { get; private set; }

    /// <summary>Brings up a model that stands at its start; anywhere else nothing happens.</summary>
    internal void Boot()
    {
        if (_simulation.Events == 0)
        {
            _simulation.Boot();
        }
    }

    /// <summary>Fuses what can be fused where the model stands.</summary>
    internal EndKind Settle()
    {
        KnownBefore = _settler.Known;
        var end = _settler.Settle();
        return end == EndKind.None ? Judge(_settler.IsOver) : end;
    }

    /// <summary>Puts the model into a state: from then on each process has its place in the state as its slot.</summary>
    internal void Restore(byte[] bytes, int start = 0) => _codec.Restore(bytes, start);

    /// <summary>Steps the process in a slot, then what can be fused with it.</summary>
    internal EndKind Take(int slot)
    {
        KnownBefore = _settler.Known;
        var end = Judge(_simulation.StepPending(slot));
        return end == EndKind.None ? Settle() : end;
    }

    /// <summary>Steps the process in a slot as it was done when less was known about fusing.</summary>
    /// <param name="slot">Who.</param>
    /// <param name="known"><see cref="KnownBefore"/> then.</param>
    internal EndKind TakeAgain(int slot, int known)
    {
        var end = Judge(_simulation.StepPending(slot));
        if (end != EndKind.None)
        {
            return end;
        }

        end = _settler.SettleAsOf(known);
        return end == EndKind.None ? Judge(_settler.IsOver) : end;
    }

    /// <summary>The bytes of the state that the last step led to. All faults of a rule are one state: what is left after a broken rule means nothing.</summary>
    internal ReadOnlySpan<byte> StateAt(EndKind end) => end == EndKind.Fault
        ? (byte[])[0xFF, 0xFF, .. System.Text.Encoding.UTF8.GetBytes("broken " + _simulation.Broken!.Value.Rule)]
        : _codec.Capture();

    /// <summary>A failing end in words; asked right after the step that led to it.</summary>
    internal SearchFailure FailureAt(int state, EndKind end) => end switch
    {
        EndKind.Fault => new SearchFailure(state, end, "fault", _simulation.Broken!.Value.Rule, _simulation.Broken!.Value.Message),
        EndKind.Wrong => new SearchFailure(state, end, _problem!.Found, _problem.Rule, _problem.Message),
        EndKind.Endless => new SearchFailure(state, end, "livelock", null, "steps follow each other without end while nothing else is touched"),
        _ => LostWakeup.In(_simulation) is { } lost
            ? new SearchFailure(state, end, "lost-wakeup", LostWakeup.Rule, lost)
            : new SearchFailure(state, end, "deadlock", null, null),
    };

    /// <summary>The way with the steps in it that were fused, and the state before each.</summary>
    /// <param name="origin">The state at which the search began, before anything was fused.</param>
    /// <param name="way">Places of the processes that were stepped.</param>
    /// <param name="known">What was known about fusing at the start and at each of these steps, <see cref="StateGraph.KnownTo"/>; of no account if nothing was fused.</param>
    internal (List<int> Way, List<byte[]> States) Unfused(byte[] origin, IReadOnlyList<int> way, IReadOnlyList<int> known)
    {
        var full = (Way: new List<int>(), States: new List<byte[]>());
        Restore(origin);
        byte[] at = Follow(full, origin, SettleAsOf(known, 0));
        for (int i = 0; i < way.Count; i++)
        {
            full.Way.Add(way[i]);
            full.States.Add(at);
            Restore(at);
            bool over = _simulation.StepPending(way[i]);
            if (Judge(over) != EndKind.None)
            {
                break;
            }

            byte[] between = _codec.Capture().ToArray();
            at = Follow(full, between, SettleAsOf(known, i + 1));
        }

        return full;
    }

    /// <summary>Fuses as it was done at a step of a way: neither with what was learned later, nor without what other ways had taught by then.</summary>
    private EndKind SettleAsOf(IReadOnlyList<int> known, int step)
    {
        var end = _settler.SettleAsOf(step < known.Count ? known[step] : 0);
        return end == EndKind.None ? Judge(_settler.IsOver) : end;
    }

    /// <summary>Adds the steps that were fused from a state on, one by one; the state they lead to.</summary>
    private byte[] Follow((List<int> Way, List<byte[]> States) full, byte[] at, EndKind end)
    {
        int[] fused = [.. _settler.Taken];
        byte[] settled = end == EndKind.Fault ? at : _codec.Capture().ToArray();
        foreach (int place in fused)
        {
            full.Way.Add(place);
            full.States.Add(at);
            Restore(at);
            _simulation.StepPending(place);
            at = _codec.Capture().ToArray();
        }

        return fused.Length == 0 ? settled : at;
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
            HasCompleted |= _problem is null;
            return _problem is null ? EndKind.Completed : EndKind.Wrong;
        }

        return _simulation.IsAnythingPending ? EndKind.None : EndKind.Hung;
    }
}
