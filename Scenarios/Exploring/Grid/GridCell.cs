using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>One configuration of the ring law under one driver, explored.</summary>
public sealed record GridCell
{
    /// <summary>The variant whose driver and form of submission it has; empty if the scenario has no variants.</summary>
    public required string Variant { get; init; }

    /// <summary>W.</summary>
    public required int Contexts { get; init; }

    /// <summary>R.</summary>
    public required int Requests { get; init; }

    /// <summary>D, usable entries.</summary>
    public required int Depth { get; init; }

    /// <summary>E.</summary>
    public required int Engines { get; init; }

    /// <summary>What the driver does when the ring is full: <c>backlog</c>, <c>drop-request</c>, <c>reject</c>.</summary>
    public required string Driver { get; init; }

    /// <summary><c>wait-on-busy</c> or <c>wait-every-request</c>.</summary>
    public required string Submit { get; init; }

    /// <summary>Whether the law says that some schedule hangs; null if it says nothing about this driver.</summary>
    public bool? LawSaysHangs { get; init; }

    /// <summary>The law for a driver, in words.</summary>
    public static string LawOf(string driver, string submit) => FullRingLaw.Sentence(driver, submit);

    /// <summary>What exploring says.</summary>
    public required ExplorationResult Result { get; init; }

    /// <summary>Some schedule hangs.</summary>
    public bool Hangs => Result is { Verdict: ExplorationVerdict.Failed, Found: "deadlock" or "lost-wakeup" };

    /// <summary>Neither a failure nor a proof.</summary>
    public bool IsOpen => Result.Verdict is not (ExplorationVerdict.Failed or ExplorationVerdict.Proved);

    /// <summary>Whether both say the same; null if one of them says nothing.</summary>
    public bool? Agrees => LawSaysHangs is not { } law || IsOpen ? null
        : law ? Hangs : Result.Verdict == ExplorationVerdict.Proved;
}

/// <summary>All cells of a grid.</summary>
/// <param name="Scenario">Whose workload it is.</param>
/// <param name="Ranges">Which configurations.</param>
/// <param name="Cells">Variants in the order of the file, then contexts, requests, depth, engines.</param>
/// <param name="WallSeconds">[s] How long it took.</param>
public sealed record ExploredGrid(Scenario Scenario, GridRanges Ranges, IReadOnlyList<GridCell> Cells, double WallSeconds)
{
    /// <summary>Broken if a cell and the law differ, unanswered if a cell has no answer.</summary>
    public ExploreStanding Standing => Cells.Any(c => c.Agrees == false) ? ExploreStanding.Broken
        : Cells.Any(c => c.IsOpen) ? ExploreStanding.Unanswered
        : ExploreStanding.AsExpected;
}
