using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>How the schedules of a scenario are explored; what is null here is as the scenario's <c>explore:</c> says.</summary>
public sealed record ScenarioExplorerOptions
{
    /// <summary>Names of the variants; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>Explores the scenario at the size of a run, without <c>explore.set</c>.</summary>
    public bool FullSize { get; init; }

    /// <summary>What may happen in another order.</summary>
    public ExplorationMode? Mode { get; init; }

    /// <summary>[%] Half the width of the interval of each delay [0..100].</summary>
    public int? Jitter { get; init; }

    /// <summary>Seed of the random runs.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Runs with every choice by chance.</summary>
    public int? RandomRuns { get; init; }

    /// <summary>Runs with priorities and few change points, for each depth.</summary>
    public int? PctRuns { get; init; }

    /// <summary>Goes on after a failure.</summary>
    public bool All { get; init; }

    /// <summary>Runs every transition twice.</summary>
    public bool Check { get; init; }

    /// <summary>Counts every state by itself.</summary>
    public bool NoSymmetry { get; init; }

    /// <summary>Runs every step by itself.</summary>
    public bool NoFusion { get; init; }

    /// <summary>Looks for livelocks that need a fair schedule, too.</summary>
    public bool FairLivelock { get; init; }

    /// <summary>Most states of the search.</summary>
    public long? States { get; init; }

    /// <summary>Memory for states.</summary>
    public DataSize? Memory { get; init; }

    /// <summary>Wall time for each variant.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The schedule that failed before, to be replayed first; null for none.</summary>
    public Func<ExploreTarget, Schedule?> Saved { get; init; } = static _ => null;

    /// <summary>The options of one exploration.</summary>
    internal ExplorationOptions For(ExploreRequest? request)
    {
        request ??= new ExploreRequest();
        bool fair = FairLivelock || request.FairLivelock;
        return new ExplorationOptions
        {
            Mode = Mode ?? request.Mode,
            Jitter = (Jitter ?? request.Jitter) / 100.0,
            Symmetry = request.Symmetry && !NoSymmetry && !fair,
            Fusion = request.Fusion && !NoFusion && !fair,
            All = All,
            Check = Check,
            FairLivelock = fair,
            Seed = Seed ?? request.Seed,
            RandomRuns = RandomRuns ?? request.RandomRuns,
            PctRuns = PctRuns ?? request.PctRuns,
            StateLimit = States ?? request.States ?? long.MaxValue,
            MemoryLimit = (Memory ?? request.Memory).Bytes,
            TimeLimit = Time ?? (request.Time is { } time ? TimeSpan.FromTicks(Math.Max(1, time.Picoseconds / 100_000)) : null),
        };
    }
}
