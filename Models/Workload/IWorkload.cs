using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Workload;

/// <summary>A source of work and what is measured about it.</summary>
[KernelSource("fs/aio.c", "io_submit", Version = "v4.1")]
public interface IWorkload
{
    /// <summary>Name in the scenario, e.g. <c>randwrite</c>.</summary>
    string Name { get; }

    /// <summary>Latencies of its bios or requests.</summary>
    LatencyRecorder Latencies { get; }

    /// <summary>Bios or requests that ended with an error, for people.</summary>
    long Errors { get; }

    /// <summary>True once a bio or request has ended with an error; part of the state.</summary>
    bool HasErrors { get; }

    /// <summary>The first error of them in a few words, where it is not EIO; null otherwise. For people.</summary>
    string? FirstError => null;

    /// <summary>What it has put out, for comparison and for people; empty for a workload without data.</summary>
    IReadOnlyList<RunOutput> Outputs => [];

    /// <summary>What its user finds wrong although all work has ended: the broken rule and a sentence; null if nothing is. Reads state alone.</summary>
    (string Rule, string Sentence)? FindBroken() => null;

    /// <summary>What it still has in use although all work has ended (DM-K2): the broken rule and what is left, the rest of "it leaves ..."; null if nothing is. Reads state alone.</summary>
    (string Rule, string What)? FindLeak() => null;

    /// <summary>Adds what was measured besides latencies, under names that begin with its own.</summary>
    void AddMetrics(MetricList metrics)
    {
    }
}
