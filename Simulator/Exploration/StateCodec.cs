using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Turns a simulation into the canonical bytes of its state and back.</summary>
/// <remarks>Made once for a simulation that stands at its start. Equal bytes mean equal futures; see <see cref="NotStateAttribute"/> for what does not count.</remarks>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public sealed class StateCodec
{
    private readonly StateWriter _writer;
    private readonly StateReader _reader;

    private readonly FixedObjects _fixed;
    private readonly LayoutTable _layouts;
    private readonly ConstantTable _constants;
    private readonly bool _symmetry;
    private readonly bool _identities;

    /// <summary>Looks at a simulation that was built and has not run.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <param name="symmetry">True to write states alike that differ only in which of several equal processes is where.</param>
    /// <param name="identities">True to keep which process is which from state to state; only without symmetry.</param>
    /// <exception cref="NotCapturableException">The model holds something of which no state can be made.</exception>
    public StateCodec(Simulation simulation, bool symmetry = true, bool identities = false)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        (_symmetry, _identities) = (symmetry && !identities, identities);
        (Simulation, _layouts, _constants) = (simulation, new LayoutTable(), new ConstantTable());
        _fixed = FixedObjects.Of(simulation, _layouts);
        _writer = new StateWriter(simulation, _layouts, _fixed, _constants, _symmetry) { Learns = true, HasIdentities = identities };
        _reader = new StateReader(simulation, _layouts, _fixed, _constants, new Arenas()) { HasIdentities = identities };
    }

    private StateCodec(Simulation simulation, StateCodec like)
    {
        (Simulation, _symmetry, _identities, _layouts, _constants) = (simulation, like._symmetry, like._identities, like._layouts, like._constants);
        _fixed = FixedObjects.Of(simulation, _layouts);
        _writer = new StateWriter(simulation, _layouts, _fixed, _constants, _symmetry) { HasIdentities = _identities };
        simulation.HasInterrupted |= like.Simulation.HasInterrupted;   // states say alike who is delayed
        _reader = null!;   // a follower is never restored
    }

    /// <summary>A codec for another simulation of the same model, built the same way and standing at its start: captures alike, cannot restore.</summary>
    internal StateCodec Follow(Simulation simulation) => new(simulation, this);

    /// <summary>The simulation.</summary>
    public Simulation Simulation { get; }

    /// <summary>Captures the simulation as it stands, between two steps; the bytes are good until the next capture.</summary>
    public ReadOnlySpan<byte> Capture()
    {
        _writer.Capture();
        return _writer.Bytes;
    }

    /// <summary>Puts the simulation into a captured state. From then on it can only be stepped by hand.</summary>
    /// <param name="bytes">An array that holds the bytes of a state.</param>
    /// <param name="start">Where they begin.</param>
    public void Restore(byte[] bytes, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _reader.Restore(bytes, start);
    }

    /// <summary>How the simulation stands, right after a capture.</summary>
    internal Standing Stand() => Simulation.Stand([.. _writer.Order.Select(static frame => frame.Slot)]);

    /// <summary>Puts the simulation into a captured state, and as it stood then.</summary>
    internal void Restore(byte[] bytes, Standing standing)
    {
        _reader.Restore(bytes, 0, standing);
        Simulation.StandAs(standing);
    }

    /// <summary>The slot of the process at a place of the canonical order of the last capture; after a restore place and slot are the same.</summary>
    internal int SlotAt(int place) => _writer.Order[place].Slot;

    /// <summary>The place of the process in a slot in the canonical order of the last capture.</summary>
    internal int PlaceOf(int slot)
    {
        for (int place = 0; place < _writer.Order.Count; place++)
        {
            if (_writer.Order[place].Slot == slot)
            {
                return place;
            }
        }

        throw new InvalidOperationException("no process has the slot");
    }

    /// <summary>Something to try out steps with.</summary>
    internal Blindfold NewBlindfold() => new(Simulation, _layouts, _fixed, _constants);

    /// <summary>Processes in the canonical order of the last capture.</summary>
    internal int ProcessCount => _writer.Order.Count;
}
