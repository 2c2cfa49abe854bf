namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Takes the steps of a run a second time as a search takes them, from restored state to restored state, and knows which process of the run is the one at each place.</summary>
/// <remarks>The states that the run itself reaches need not look like those of the search, in which equal processes may have changed places.</remarks>
internal sealed class PlaceTwins
{
    private readonly StateCodec _codec;
    private readonly Simulation _run;
    private List<Process> _twins = [];   // in the run, by place

    /// <summary>Begins.</summary>
    /// <param name="codec">The codec of the search.</param>
    /// <param name="run">A run that stands where the search began.</param>
    internal PlaceTwins(StateCodec codec, Simulation run)
    {
        (_codec, _run) = (codec, run);
        var follower = codec.Follow(run);
        State = follower.Capture().ToArray();
        for (int place = 0; place < follower.ProcessCount; place++)
        {
            _twins.Add(run.ProcessAt(follower.SlotAt(place)));
        }
    }

    /// <summary>The bytes of the present state, as the search has them.</summary>
    internal byte[] State { get; private set; }

    /// <summary>The slot in the run of the process at a place.</summary>
    internal int SlotAt(int place) => _twins[place].Slot;

    /// <summary>The place of the process in a slot of the run.</summary>
    internal int PlaceOf(int slot) => _twins.FindIndex(process => process.Slot == slot);

    /// <summary>The run has taken a step: takes it from the restored state.</summary>
    internal void Step(int place)
    {
        var simulation = _codec.Simulation;
        _codec.Restore(State);
        var before = Alive(simulation);
        simulation.StepPending(place);
        State = _codec.Capture().ToArray();
        var born = Alive(_run).Where(process => !_twins.Contains(process)).ToList();
        var pairs = new Dictionary<Process, Process>();
        foreach (var process in Alive(simulation).Where(process => !before.Contains(process)))
        {
            var twin = born.Find(other => other.Name == process.Name) is { Exists: true } same ? same : born[0];
            born.Remove(twin);
            pairs.Add(process, twin);
        }

        _twins = [.. Enumerable.Range(0, _codec.ProcessCount).Select(_codec.SlotAt).Select(simulation.ProcessAt)
            .Select(process => pairs.TryGetValue(process, out var twin) ? twin : _twins[before.IndexOf(process)])];
    }

    /// <summary>Processes alive and timers with something pending, by slot.</summary>
    private static List<Process> Alive(Simulation simulation) =>
        [.. Enumerable.Range(0, simulation.SlotCount).Where(slot => simulation.LiveFrameAt(slot) is not null).Select(simulation.ProcessAt)];
}
