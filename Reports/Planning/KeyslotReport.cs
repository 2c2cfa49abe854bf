using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports.Planning;

/// <summary>What <c>cryptosim plan keyslots</c> showed: the input of its files.</summary>
public sealed record KeyslotReport
{
    /// <summary>Version of CryptoSim that showed it.</summary>
    public string Version { get; init; } = "";

    /// <summary>The command that shows it again, as a user would type it.</summary>
    public string Command { get; init; } = "";

    /// <summary>What host and workload come from, and what they are: name and value, for people.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; }

    /// <summary>What is assumed, a sentence each.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>Designs in the order of the columns.</summary>
    public required IReadOnlyList<string> Designs { get; init; }

    /// <summary>[percent] Shares of unencrypted I/O; a single null for a scenario's own workload.</summary>
    public required IReadOnlyList<int?> Mixes { get; init; }

    /// <summary>Numbers of keys, ascending; a single null for a scenario's own.</summary>
    public required IReadOnlyList<int?> Keys { get; init; }

    /// <summary>Numbers of keyslots, ascending.</summary>
    public required IReadOnlyList<int> Slots { get; init; }

    /// <summary>[1] What share of the encrypted I/O may find no keyslot.</summary>
    public required double Target { get; init; }

    /// <summary>[ps] How much longer unencrypted I/O may take on average.</summary>
    public required double MaxDelayPicoseconds { get; init; }

    /// <summary>[1] What share of the encrypted I/O may not come through.</summary>
    public required double MaxLoss { get; init; }

    /// <summary>Of every random stream.</summary>
    public ulong Seed { get; init; }

    /// <summary>Replications that were asked for.</summary>
    public int Replications { get; init; }

    /// <summary>Whether every run was done.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Runs that were done.</summary>
    public int Runs { get; init; }

    /// <summary>I/Os that were simulated.</summary>
    public long Ios { get; init; }

    /// <summary>All points: by design, mix, keys, slots.</summary>
    public required IReadOnlyList<KeyslotCell> Cells { get; init; }

    /// <summary>How many slots it takes: by design, mix, keys.</summary>
    public required IReadOnlyList<KeyslotNeed> Needed { get; init; }

    /// <summary>The point of these places in the lists.</summary>
    public KeyslotCell At(int design, int mix, int keys, int slots) =>
        Cells[(((((design * Mixes.Count) + mix) * Keys.Count) + keys) * Slots.Count) + slots];

    /// <summary>What is needed at these places.</summary>
    public KeyslotNeed NeedAt(int design, int mix, int keys) => Needed[(((design * Mixes.Count) + mix) * Keys.Count) + keys];

    /// <summary>Points whose runs did not all complete.</summary>
    public int Failed => Cells.Count(cell => cell.Problem is not null);
}

/// <summary>One point.</summary>
/// <param name="Design">Word of the design.</param>
/// <param name="Mix">[percent] Share of unencrypted I/O; null for a scenario's own.</param>
/// <param name="Keys">Keys; null for a scenario's own.</param>
/// <param name="Slots">Keyslots.</param>
/// <param name="Values">Each quantity by its <see cref="KeyslotQuantity.Id"/>; empty if nothing is known.</param>
public sealed record KeyslotCell(string Design, int? Mix, int? Keys, int Slots, IReadOnlyDictionary<string, ConfidenceInterval> Values)
{
    /// <summary>How a run ended that did not complete; null if all did.</summary>
    public string? Problem { get; init; }

    /// <summary>[1/s] Keys programmed if the slots always held the hottest keys; null if that cannot be told.</summary>
    public double? ProgramsFloor { get; init; }

    /// <summary>[1/s] Keys programmed under LRU if nobody waited, by Che's approximation; null if that cannot be told.</summary>
    public double? ProgramsLru { get; init; }

    /// <summary>A quantity; null if nothing is known.</summary>
    public ConfidenceInterval? Of(KeyslotQuantity quantity) => Values.TryGetValue(quantity.Id, out ConfidenceInterval value) ? value : null;
}

/// <summary>How many keyslots one design takes.</summary>
/// <param name="Design">Word of the design.</param>
/// <param name="Mix">[percent] Share of unencrypted I/O; null for a scenario's own.</param>
/// <param name="Keys">Keys; null for a scenario's own.</param>
/// <param name="Slots">The fewest that are enough; the most that were tried if none are.</param>
/// <param name="IsEnough">Whether they are enough.</param>
/// <param name="Lacks">Id of the quantity that is beyond its limit with fewer slots, or with these; null for none.</param>
/// <param name="IsOpen">That quantity's mean is within its limit, and only its interval is not.</param>
public sealed record KeyslotNeed(string Design, int? Mix, int? Keys, int Slots, bool IsEnough, string? Lacks, bool IsOpen = false);
