using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Drivers;

/// <summary>What a driver did in one scene.</summary>
public sealed record DriverScene
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The variant; empty if there is only the base.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The driver's word.</summary>
    public required string Driver { get; init; }

    /// <summary>How the run ended; null if there was none.</summary>
    public RunEnd? Run { get; init; }

    /// <summary>What exploring its schedules showed; null for a scene that says no size for it.</summary>
    public ExplorationResult? Explored { get; init; }

    /// <summary>Why the scene could not be run or explored, in one line; null if it could.</summary>
    public string? Problem { get; init; }

    /// <summary>The scene fails alike with a job ring that keeps its promises: it is not the driver's doing.</summary>
    public bool FailsAnyway { get; init; }

    /// <summary>The failing scene as a scenario of its own, at the size at which it failed; null if it does not fail.</summary>
    public string? Yaml { get; init; }

    /// <summary>Whether the driver kept the contract here.</summary>
    public ExploreStanding Standing =>
        FailsAnyway ? ExploreStanding.AsExpected
        : Problem is not null || Run is { Ends: not "completed" } || Explored is { Verdict: ExplorationVerdict.Failed } ? ExploreStanding.Broken
        : Explored is null or { Verdict: ExplorationVerdict.Proved or ExplorationVerdict.Covered } ? ExploreStanding.AsExpected
        : ExploreStanding.Unanswered;

    /// <summary>The broken rule; null if none is named.</summary>
    public string? Rule => Explored?.Rule ?? Run?.Rule;

    /// <summary>What went wrong, in one sentence; null if nothing did.</summary>
    public string? Message => Problem ?? Explored?.Message ?? Run?.Message;
}
