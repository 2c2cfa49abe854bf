using CryptoSim.Models.Options;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>A whole machine on one virtual clock: CPUs, devices, stack and workload.</summary>
public sealed class Machine : IDisposable
{
    private Machine()
    {
    }

    /// <summary>Builds the machine top to bottom.</summary>
    public static Machine Build(MachineOptions options, MachineRunOptions run) => throw new NotSupportedException();

    /// <summary>[ps] The virtual clock.</summary>
    public long NowPicoseconds { get; private set; }

    /// <summary>Simulator events dispatched so far.</summary>
    public long Events { get; private set; }

    /// <summary>Runs until the end or until about <paramref name="maxEvents"/> more events; true when the run has ended.</summary>
    public bool Run(long maxEvents) => (Events += maxEvents) > NowPicoseconds;

    /// <summary>What the run left behind; valid once <see cref="Run"/> returned true.</summary>
    public MachineResult Result() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

/// <summary>How one run of a machine is seeded, limited and recorded.</summary>
public sealed record MachineRunOptions
{
    /// <summary>Seed of the scenario.</summary>
    public required ulong Seed { get; init; }

    /// <summary>0-based replication; part of every stream's seed.</summary>
    public int Replication { get; init; }

    /// <summary>Bios submitted earlier are not measured.</summary>
    public Duration Warmup { get; init; }

    /// <summary>Virtual time at which the watchdog ends the run.</summary>
    public Duration TimeLimit { get; init; } = Duration.FromSeconds(1);

    /// <summary>Bios kept as samples for each workload; 0 keeps histograms only.</summary>
    public int BiosKept { get; init; }

    /// <summary>Changes kept for each step series; 0 keeps none.</summary>
    public int StepsKept { get; init; }

    /// <summary>Trace events kept from the start; 0 switches the trace off.</summary>
    public int TraceKept { get; init; }

    /// <summary>Called for each trace event as it happens, also beyond <see cref="TraceKept"/>; null for none. Replay compares here.</summary>
    public Action<TraceEvent>? OnTrace { get; init; }
}

/// <summary>What a run of a machine left behind.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Metrics">Measured values in ordinal order of their names.</param>
/// <param name="Latencies">One series for each workload.</param>
/// <param name="Steps">Step series, e.g. ring occupancy.</param>
/// <param name="Trace">The first trace events.</param>
/// <param name="TraceTail">The last trace events when the head does not reach them.</param>
/// <param name="TraceOmitted">Events between head and tail.</param>
/// <param name="Checkpoints">Order hash after every 4096 events.</param>
public sealed record MachineResult(
    RunEnd End,
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<LatencySeries> Latencies,
    IReadOnlyList<StepSeries> Steps,
    IReadOnlyList<TraceEvent> Trace,
    IReadOnlyList<TraceEvent> TraceTail,
    long TraceOmitted,
    IReadOnlyList<ulong> Checkpoints);
