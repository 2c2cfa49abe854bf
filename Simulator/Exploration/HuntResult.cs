using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>What a hunt over whole runs found.</summary>
public sealed record HuntResult
{
    /// <summary>Runs done.</summary>
    public required int Runs { get; init; }

    /// <summary>Steps of all of them.</summary>
    public required long Steps { get; init; }

    /// <summary>Runs that reached the step limit: not failures, but nothing is proved by them either.</summary>
    public int Unending { get; init; }

    /// <summary>Runs that failed.</summary>
    public int Failures { get; init; }

    /// <summary>True when every schedule was tried and each came to its end.</summary>
    public bool IsExhaustive { get; init; }

    /// <summary>The first failing run; null when none failed.</summary>
    public HuntFailure? Failure { get; init; }

    /// <summary>What it says of the mode it was done in.</summary>
    public ExplorationVerdict Verdict => Failure is not null ? ExplorationVerdict.Failed : IsExhaustive ? ExplorationVerdict.Proved : ExplorationVerdict.Sampled;
}

/// <summary>A failing run.</summary>
public sealed record HuntFailure
{
    /// <summary>0-based number of the run.</summary>
    public required int Run { get; init; }

    /// <summary><c>deadlock | livelock | lost-wakeup | corruption | fault | io-error</c></summary>
    public required string Found { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>What makes another run fail alike.</summary>
    public required FailureSignature Signature { get; init; }

    /// <summary>Its choices, as many as are needed, with mode and expectation; scenario, variant and anchors are for the caller.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>Name of the process of each step.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>Choices of another process although the last one could have gone on.</summary>
    public required int Preemptions { get; init; }
}
