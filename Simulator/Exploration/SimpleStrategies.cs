namespace CryptoSim.Simulator.Exploration;

/// <summary>The default schedule: the last process goes on while it can. One run.</summary>
public sealed class NoPreemption : IChooserStrategy
{
    /// <inheritdoc/>
    public bool Begin(int number) => number == 0;

    /// <inheritdoc/>
    public int Choose(ChoicePoint point) => point.Default;

    /// <inheritdoc/>
    public void Ended(int steps)
    {
    }
}

/// <summary>The order of an ordinary run: by due time and, at one instant, as it came. With <see cref="ExplorationMode.Timed"/> the clock goes as in an ordinary run too. One run.</summary>
public sealed class OrdinaryOrder : IChooserStrategy
{
    /// <inheritdoc/>
    public bool Begin(int number) => number == 0;

    /// <inheritdoc/>
    public int Choose(ChoicePoint point)
    {
        int slot = point.Run.Simulation.NextInOrder();
        for (int i = 0; i < point.Count; i++)
        {
            if (point.Run.SlotAt(point.Open[i]) == slot)
            {
                return i;
            }
        }

        return point.Default;
    }

    /// <inheritdoc/>
    public void Ended(int steps)
    {
    }
}

/// <summary>Every choice by chance, each open step as likely as the other. Runs without end; each has a random stream of its own, so that it can be repeated alone.</summary>
/// <param name="seed">The same seed gives the same runs.</param>
public sealed class RandomWalk(ulong seed) : IChooserStrategy
{
    private RandomStream _random = null!;

    /// <inheritdoc/>
    public bool Begin(int number)
    {
        _random = new RandomSource(seed, number).Stream("explore.random");
        return true;
    }

    /// <inheritdoc/>
    public int Choose(ChoicePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return point.Count == 1 ? 0 : _random.NextInt(point.Count);
    }

    /// <inheritdoc/>
    public void Ended(int steps)
    {
    }
}
