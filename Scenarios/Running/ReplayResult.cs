namespace CryptoSim.Scenarios.Running;

/// <summary>What replaying showed.</summary>
public sealed record ReplayResult
{
    /// <summary>The scenario in the record cannot be read: exit code 3. Empty if it can.</summary>
    public IReadOnlyList<ScenarioError> Errors { get; init; } = [];

    /// <summary>Where the runs differ first; null if they are the same.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>Both runs are the same in everything the record holds.</summary>
    public bool Same => Divergence is null && Errors.Count == 0;

    /// <summary>Simulator events of the second run.</summary>
    public long Events { get; init; }

    /// <summary>Order hash of the second run; 0 if it was stopped.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>Trace events that were compared.</summary>
    public long TraceCompared { get; init; }

    /// <summary>Version that wrote the record, if it is not the one that replayed it; null if it is.</summary>
    public string? RecordedVersion { get; init; }
}

/// <summary>The first difference between a record and its replay.</summary>
/// <param name="What"><c>trace event</c>, <c>checkpoint after event</c>, <c>end</c>, <c>fingerprint</c> or <c>metric</c>.</param>
/// <param name="Number">1-based number of the trace event, or the simulator events until the checkpoint; 0 where there is none.</param>
/// <param name="Recorded">What the record holds; empty if it holds nothing there.</param>
/// <param name="Got">What happened now; empty if nothing did.</param>
public sealed record Divergence(string What, long Number, string Recorded, string Got);
