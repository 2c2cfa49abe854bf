namespace CryptoSim.Simulator;

/// <summary>Sees every event. A struct that implements it is compiled into the run loop; <see cref="NoTrace"/> leaves nothing behind.</summary>
public interface ITrace
{
    /// <summary>Called before each step.</summary>
    /// <param name="picoseconds">[ps] The virtual time.</param>
    /// <param name="slot">The process that is stepped.</param>
    void OnEvent(long picoseconds, int slot);
}

/// <summary>No trace.</summary>
public readonly struct NoTrace : ITrace
{
    /// <inheritdoc/>
    public void OnEvent(long picoseconds, int slot)
    {
    }
}

/// <summary>Picks which of several processes that are ready at one instant goes first. A struct that implements it is compiled into the run loop.</summary>
public interface IChooser
{
    /// <summary>Picks an index below <see cref="ReadySet.Count"/>; asked only when there are at least two.</summary>
    int Choose(in ReadySet ready);
}

/// <summary>No choice: first come, first run.</summary>
public readonly struct NoChooser : IChooser
{
    /// <inheritdoc/>
    public int Choose(in ReadySet ready) => 0;
}

/// <summary>The processes that are ready at this instant, in the order in which they would run.</summary>
public readonly ref struct ReadySet
{
    private readonly Simulation _simulation;

    internal ReadySet(Simulation simulation, int count)
    {
        _simulation = simulation;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The process at a place in the order.</summary>
    public Process this[int index] => _simulation.ReadyAt(index);
}
