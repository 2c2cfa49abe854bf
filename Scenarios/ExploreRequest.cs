using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios;

/// <summary>The <c>explore:</c> block: at which size, in which orders and within which limits the schedules are explored. A run does not use it; the command line comes before it.</summary>
public sealed record ExploreRequest
{
    /// <summary>What may happen in another order: any pending event (untimed), what delays in an interval around their values allow (jitter), or only events at the same instant (timed).</summary>
    [DefaultFrom("sound for every timing: a proof implies the other two")]
    public ExplorationMode Mode { get; init; } = ExplorationMode.Untimed;

    /// <summary>Half the width of the interval of each delay in mode jitter, in percent of the delay.</summary>
    [Range(0, 100)]
    [DefaultFrom("assumed")]
    public int Jitter { get; init; } = 10;

    /// <summary>Runs with every choice by chance before the search.</summary>
    [Range(0, 1_000_000)]
    [DefaultFrom("assumed: enough for shallow failures, over in a moment")]
    public int RandomRuns { get; init; } = 100;

    /// <summary>Runs with priorities and few change points (PCT) before the search, for each of the depths 2 and 3.</summary>
    [Range(0, 1_000_000)]
    [DefaultFrom("assumed")]
    public int PctRuns { get; init; } = 50;

    /// <summary>Seed of the random runs; the machine keeps the scenario's.</summary>
    [DefaultFrom("any fixed number")]
    public ulong Seed { get; init; } = 1;

    /// <summary>Most states that the search keeps.</summary>
    [Range(1, int.MaxValue)]
    [DefaultFrom("no limit")]
    public int? States { get; init; }

    /// <summary>Memory for states; beyond it the search goes on with 64-bit fingerprints.</summary>
    [DefaultFrom("assumed: fits the machine of a developer")]
    public DataSize Memory { get; init; } = DataSize.FromMebibytes(2048);

    /// <summary>Wall time after which a variant ends with what is known.</summary>
    [DefaultFrom("no limit")]
    public Duration? Time { get; init; }

    /// <summary>States that differ only in which of several equal processes is where count as one.</summary>
    [DefaultFrom("verdicts are the same without")]
    public bool Symmetry { get; init; } = true;

    /// <summary>Steps that touch only what their process alone can reach are run together with the one before.</summary>
    [DefaultFrom("verdicts are the same without")]
    public bool Fusion { get; init; } = true;

    /// <summary>Looks also for livelocks that need a fair schedule; switches symmetry and fusion off.</summary>
    [DefaultFrom("only livelocks that no schedule leaves")]
    public bool FairLivelock { get; init; }

    /// <summary>The size at which exploring ends: dotted paths with values, applied after the variant. Not a key of the record: read like a variant.</summary>
    public IReadOnlyList<Setting> Set { get; internal init; } = [];
}
