namespace CryptoSim.Simulator.Exploration;

/// <summary>How an exploration is done, and where it ends at the latest.</summary>
public sealed record ExplorationOptions
{
    /// <summary>What may happen in another order.</summary>
    public ExplorationMode Mode { get; init; } = ExplorationMode.Untimed;

    /// <summary>Half the width of the interval of each delay in <see cref="ExplorationMode.Jitter"/>, as a share of the delay [0..1].</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>States that differ only in which of several equal processes is where count as one.</summary>
    public bool Symmetry { get; init; } = true;

    /// <summary>A step that touches only what its process alone can reach is run together with the step before it.</summary>
    public bool Fusion { get; init; } = true;

    /// <summary>Goes through all phases and to the end of the search, also after a failure.</summary>
    public bool All { get; init; }

    /// <summary>Asks only whether anything fails: no trace, no cause, no graph.</summary>
    public bool VerdictOnly { get; init; }

    /// <summary>Runs every transition twice from the same bytes and compares the outcomes.</summary>
    public bool Check { get; init; }

    /// <summary>Looks for livelocks that need a fair schedule, beyond those that no schedule leaves; needs <see cref="Symmetry"/> and <see cref="Fusion"/> off.</summary>
    public bool FairLivelock { get; init; }

    /// <summary>Seed of the random phases.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Runs with every choice by chance in phase 1 [0..].</summary>
    public int RandomRuns { get; init; } = 100;

    /// <summary>Runs with priorities and few change points (PCT) in phase 1, for each of the depths 2 and 3 [0..].</summary>
    public int PctRuns { get; init; } = 50;

    /// <summary>Steps of one run before it counts as unending [1..].</summary>
    public int StepLimit { get; init; } = 100_000;

    /// <summary>Most states kept by the search [1..].</summary>
    public long StateLimit { get; init; } = long.MaxValue;

    /// <summary>[B] Most memory for stored states; beyond it the search goes on with 64-bit fingerprints.</summary>
    public long MemoryLimit { get; init; } = 2L << 30;

    /// <summary>Wall time after which the search ends with what it has. Needs <see cref="Elapsed"/>.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Wall time since the exploration began, asked now and then; the simulator has no clock of its own.</summary>
    public Func<TimeSpan> Elapsed { get; init; } = static () => TimeSpan.Zero;

    /// <summary>A schedule that failed before: replayed before anything else; null for none.</summary>
    public Schedule? Saved { get; init; }
}
