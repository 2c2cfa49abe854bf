namespace CryptoSim.Simulator.Recording;

/// <summary>The first requests of one workload, phase by phase.</summary>
public sealed record RequestSeries
{
    /// <summary>Name of the workload, e.g. <c>aio</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the phases are called, in the order in which a request goes through them, e.g. <c>BUILD / MAP HW DESCS</c>.</summary>
    public required IReadOnlyList<string> Phases { get; init; }

    /// <summary>The requests, in the order in which work on them began.</summary>
    public required IReadOnlyList<RequestSample> Requests { get; init; }
}

/// <summary>One request from its system call to its callback, and the IV that it started from.</summary>
public sealed record RequestSample
{
    /// <summary>Who submitted it: an operation socket, e.g. <c>aio/0</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>1-based place in the order of its owner.</summary>
    public required long Number { get; init; }

    /// <summary>Its phases, without gaps: each lasts until the next, the last one until <see cref="EndedPicoseconds"/>.</summary>
    public required IReadOnlyList<PhaseStart> Phases { get; init; }

    /// <summary>[ps] When it was called back; null if it never was.</summary>
    public long? EndedPicoseconds { get; init; }

    /// <summary>[ps] When the IV was read that it was encrypted from; null if it never was.</summary>
    public long? LatchedPicoseconds { get; init; }

    /// <summary>[ps] When the IV that it leaves was written back; null if it never was.</summary>
    public long? WrittenPicoseconds { get; init; }

    /// <summary>Number of the request of the same owner whose IV it read; 0 for the user's.</summary>
    public long IvFrom { get; init; }

    /// <summary>It read another IV than the chain has.</summary>
    public bool IsStale { get; init; }

    /// <summary>0-based number of the engine that worked on it; null if none said so.</summary>
    public int? Engine { get; init; }
}

/// <summary>A request enters a phase.</summary>
/// <param name="Phase">0-based place in <see cref="RequestSeries.Phases"/>.</param>
/// <param name="AtPicoseconds">[ps] When.</param>
public readonly record struct PhaseStart(int Phase, long AtPicoseconds);
