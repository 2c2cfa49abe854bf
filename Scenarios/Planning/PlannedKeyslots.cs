namespace CryptoSim.Scenarios.Planning;

/// <summary>What a keyslot plan showed.</summary>
public sealed record PlannedKeyslots
{
    /// <summary>What was asked.</summary>
    public required KeyslotPlan Plan { get; init; }

    /// <summary>The machine.</summary>
    public required KeyslotScene Scene { get; init; }

    /// <summary>All points: by design, mix, keys, slots, each in the order of the plan.</summary>
    public required IReadOnlyList<KeyslotCell> Cells { get; init; }

    /// <summary>How many slots it takes: by design, mix, keys.</summary>
    public required IReadOnlyList<SlotsNeeded> Needed { get; init; }

    /// <summary>Whether every run was done; false if it was cancelled.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Runs that were done, those on hosts without keyslots among them.</summary>
    public required int Runs { get; init; }

    /// <summary>I/Os that were simulated.</summary>
    public required long Ios { get; init; }

    /// <summary>[s] How long it took.</summary>
    public required double WallSeconds { get; init; }
}
