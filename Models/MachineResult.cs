using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>What a run of a machine left behind.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Metrics">Measured values in ordinal order of their names.</param>
/// <param name="Latencies">One series for each workload.</param>
/// <param name="Steps">Step series, e.g. ring occupancy.</param>
/// <param name="Trace">The first trace events.</param>
/// <param name="TraceTail">The last trace events when the head does not reach them.</param>
/// <param name="TraceOmitted">Events between head and tail.</param>
/// <param name="Checkpoints">Order hash after every <see cref="Machine.CheckpointInterval"/> events.</param>
public sealed record MachineResult(
    RunEnd End,
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<LatencySeries> Latencies,
    IReadOnlyList<StepSeries> Steps,
    IReadOnlyList<TraceEvent> Trace,
    IReadOnlyList<TraceEvent> TraceTail,
    long TraceOmitted,
    IReadOnlyList<ulong> Checkpoints)
{
    /// <summary>What workloads have put out, in their order.</summary>
    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    /// <summary>The first requests phase by phase, one series for each workload that tells them.</summary>
    public IReadOnlyList<RequestSeries> Requests { get; init; } = [];
}
