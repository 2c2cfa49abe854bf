using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios;

/// <summary>The keys of a scenario beside its machine: what it is called, and how each run is seeded and limited.</summary>
public sealed record ScenarioHeader
{
    /// <summary>Name of the scenario in kebab-case; names its output files.</summary>
    public required string Scenario { get; init; }

    /// <summary>One sentence that says what the scenario shows.</summary>
    public string About { get; init; } = "";

    /// <summary>Where the question comes from.</summary>
    public SourceOptions? Source { get; init; }

    /// <summary>The kernel release whose behaviour parts take where the scenario does not set it.</summary>
    [DefaultFrom("the newest release that was read")]
    public KernelVersion Kernel { get; init; } = KernelVersion.V618;

    /// <summary>Seed of every random stream, together with the replication and the stream's name.</summary>
    [DefaultFrom("any fixed number; a run never draws its own")]
    public ulong Seed { get; init; } = 1;

    /// <summary>Runs at each point with independent streams; intervals come from them.</summary>
    [Range(1, 10_000)]
    [DefaultFrom("one run, and so no interval")]
    public int Replicate { get; init; } = 1;

    /// <summary>Virtual time before which submitted bios are not measured.</summary>
    [DefaultFrom("everything is measured")]
    public Duration Warmup { get; init; } = Duration.Zero;

    /// <summary>Virtual time at which the watchdog ends a run; reaching it is an outcome.</summary>
    [DefaultFrom("assumed: far above the run time of a scenario that fits a screen")]
    public Duration TimeLimit { get; init; } = Duration.FromSeconds(1);
}

/// <summary>Where the question of a scenario comes from.</summary>
public sealed record SourceOptions
{
    /// <summary>Id of a mail in docs/sources.md.</summary>
    public string? Mail { get; init; }

    /// <summary>Files of the kernel tree to read beside the scenario.</summary>
    public IReadOnlyList<string> Code { get; init; } = [];
}
