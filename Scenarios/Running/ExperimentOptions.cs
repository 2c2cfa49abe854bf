namespace CryptoSim.Scenarios.Running;

/// <summary>How an experiment is run.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Names of the variants to run; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>Replaces the seed of the scenario and of its variants; null keeps them.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Threads, at least 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Keeps the trace of the first replication of each point.</summary>
    public bool KeepTrace { get; init; }

    /// <summary>Keeps bios and steps of the first replication of each point.</summary>
    public bool KeepSamples { get; init; }
}
