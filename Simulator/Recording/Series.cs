namespace CryptoSim.Simulator.Recording;

/// <summary>The latencies of the bios of one workload: always as a histogram, and each bio itself up to a limit.</summary>
public sealed record LatencySeries
{
    /// <summary>Name of the workload, e.g. <c>randwrite</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Histogram bins that hold at least one bio, ascending.</summary>
    public required IReadOnlyList<LatencyBin> Bins { get; init; }

    /// <summary>The first bios of the measured time, in order of completion; all of them if <see cref="BiosOmitted"/> is 0; empty for replications after the first.</summary>
    public IReadOnlyList<BioSample> Bios { get; init; } = [];

    /// <summary>Bios that were measured and are only in the histogram.</summary>
    public long BiosOmitted { get; init; }

    /// <summary>Where the bios of each bin spent their time; null if it was not measured.</summary>
    public StageTable? Stages { get; init; }
}

/// <summary>Bios whose latency lies in one bin.</summary>
/// <param name="LowPicoseconds">[ps] Inclusive lower bound.</param>
/// <param name="HighPicoseconds">[ps] Exclusive upper bound.</param>
/// <param name="Count">Bios in the bin, at least 1.</param>
public readonly record struct LatencyBin(long LowPicoseconds, long HighPicoseconds, long Count);

/// <summary>One bio.</summary>
/// <param name="SubmittedPicoseconds">[ps] When the workload submitted it.</param>
/// <param name="LatencyPicoseconds">[ps] Submission to completion.</param>
/// <param name="Bytes">[B] Its size.</param>
/// <param name="Write">True for a write, false for a read.</param>
public readonly record struct BioSample(long SubmittedPicoseconds, long LatencyPicoseconds, int Bytes, bool Write);

/// <summary>A value that changes in steps over virtual time, e.g. <c>jr0.ring</c>.</summary>
public sealed record StepSeries
{
    /// <summary>Dotted name, e.g. <c>jr0.ring</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is counted, e.g. <c>jobs</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>The most there can be, e.g. the usable ring entries; null if unbounded.</summary>
    public long? Capacity { get; init; }

    /// <summary>[ps] Virtual times of the changes, ascending; the first is 0.</summary>
    public required IReadOnlyList<long> TimesPicoseconds { get; init; }

    /// <summary>The value from the time with the same index on.</summary>
    public required IReadOnlyList<long> Values { get; init; }

    /// <summary>Changes after the recorded ones that were not kept.</summary>
    public long ChangesOmitted { get; init; }
}
