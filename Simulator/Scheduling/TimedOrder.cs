using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator;

/// <summary>Who steps first in a run, and when: the beginning of a run is given, the rest takes its ordinary course.</summary>
/// <remarks>Until the last of them, everything else waits, also when it is due. Each step comes at its instant, whether it is due earlier or later.</remarks>
public sealed class TimedOrder
{
    private readonly IReadOnlyList<RealisedStep> _steps;

    /// <summary>An order of which nothing has happened.</summary>
    /// <param name="steps">Process and instant of each step; no instant before the one in front of it.</param>
    public TimedOrder(IReadOnlyList<RealisedStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        for (int i = 0; i < steps.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(steps[i].At.Picoseconds, i == 0 ? 0 : steps[i - 1].At.Picoseconds, nameof(steps));
        }

        _steps = steps;
    }

    /// <summary>Steps that have happened.</summary>
    public int Position { get; private set; }

    /// <summary>True when all have happened.</summary>
    public bool IsDone => Position == _steps.Count;

    internal RealisedStep Next => _steps[Position];

    internal void Advance() => Position++;
}
