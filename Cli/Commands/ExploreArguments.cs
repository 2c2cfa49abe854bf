using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Commands;

/// <summary>What a command line asks to be explored.</summary>
internal sealed record ExploreArguments
{
    /// <summary>File or name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary><c>path=value</c> assignments.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>How to explore, with the chosen variants.</summary>
    public required ScenarioExplorerOptions Options { get; init; }

    /// <summary>The words that explore the same again.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Output directory; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>JUnit file; null for none.</summary>
    public string? Junit { get; init; }

    /// <summary>A schedule to go along first; null for that of the output directory.</summary>
    public string? Follow { get; init; }

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>Every step of a failing schedule, in text.</summary>
    public bool Steps { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>Explores the cells of a grid instead of the scenario.</summary>
    public bool Grid { get; init; }

    /// <summary>Ranges of the grid, <c>NAME=LOW..HIGH</c>.</summary>
    public IReadOnlyList<string> Ranges { get; init; } = [];

    /// <summary>Threads for the cells of a grid.</summary>
    public int Jobs { get; init; } = 1;
}
