using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>What <c>cryptosim explore</c> found out about one scenario: the input of every view of it.</summary>
public sealed record Exploration
{
    /// <summary>Name of the scenario, e.g. <c>caam-deadlock</c>.</summary>
    public required string Scenario { get; init; }

    /// <summary>One sentence that says what the scenario shows; empty if there is none.</summary>
    public string About { get; init; } = "";

    /// <summary>The scenario file as the user named it; empty if there was none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Version of CryptoSim that explored.</summary>
    public string Version { get; init; } = "";

    /// <summary>The command that explores it again, as a user would type it; empty if not known.</summary>
    public string Command { get; init; } = "";

    /// <summary>Name of the program as the user typed it, for the commands that are printed.</summary>
    public string Program { get; init; } = "cryptosim";

    /// <summary>The variants in the order of the scenario.</summary>
    public required IReadOnlyList<ExploredVariant> Variants { get; init; }
}

/// <summary>One variant, what was explored of it, and the result.</summary>
/// <param name="Variant">Its name; empty if the scenario has none.</param>
/// <param name="Result">What was found.</param>
public sealed record ExploredVariant(string Variant, ExplorationResult Result)
{
    /// <summary>What could be reordered.</summary>
    public ExplorationMode Mode { get; init; }

    /// <summary>The size for which the verdict holds, as assignments: <c>writer.size=4KiB</c>; empty for the scenario as it stands.</summary>
    public IReadOnlyList<string> Size { get; init; } = [];

    /// <summary>Whether the scenario's claims about the exploration hold; null if it makes none.</summary>
    public bool? AsExpected { get; init; }

    /// <summary>The claim as it stands in the scenario, <c>explore: proved</c>; empty if there is none.</summary>
    public string Expected { get; init; } = "";

    /// <summary>What was written about it.</summary>
    public ExplorationFiles Files { get; init; } = new();
}

/// <summary>Files about one variant, as the user would name them; null for what was not written.</summary>
public sealed record ExplorationFiles
{
    /// <summary>The failing schedule, which <c>replay</c> takes.</summary>
    public string? Schedule { get; init; }

    /// <summary>The scenario with delays that make the failing order the order in time, which <c>run</c> takes.</summary>
    public string? Repro { get; init; }

    /// <summary>The trace for the Perfetto user interface.</summary>
    public string? Perfetto { get; init; }

    /// <summary>The page.</summary>
    public string? Page { get; init; }
}
