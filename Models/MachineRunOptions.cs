using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

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

    /// <summary>Requests kept phase by phase, from the first on; 0 keeps none.</summary>
    public int RequestsKept { get; init; }

    /// <summary>Changes kept for each step series; 0 keeps none.</summary>
    public int StepsKept { get; init; }

    /// <summary>Keep the order hash after every <see cref="Machine.CheckpointInterval"/> events.</summary>
    public bool KeepCheckpoints { get; init; } = true;

    /// <summary>Process and instant of the first steps of the run, in order; empty lets it take its ordinary course from the start.</summary>
    public IReadOnlyList<RealisedStep> Timing { get; init; } = [];

    /// <summary>Trace events kept from the start; 0 switches the trace off.</summary>
    public int TraceKept { get; init; }

    /// <summary>Trace events say from which line of a model they come; for people who read a schedule, never for a record.</summary>
    public bool TraceSources { get; init; }

    /// <summary>Called for each trace event as it happens, also beyond <see cref="TraceKept"/>; null for none. Replay compares here.</summary>
    public Action<TraceEvent>? OnTrace { get; init; }
}
