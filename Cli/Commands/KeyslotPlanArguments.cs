using CryptoSim.Scenarios.Planning;

namespace CryptoSim.Cli.Commands;

/// <summary>What a command line asks of a keyslot plan.</summary>
internal sealed record KeyslotPlanArguments
{
    /// <summary>The scenario whose host and workload are taken; null for those of the plan.</summary>
    public string? Scenario { get; init; }

    /// <summary>Its variant; null for its base.</summary>
    public string? Variant { get; init; }

    /// <summary><c>path=value</c> assignments to it.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>What is swept, the machine, and what is good enough.</summary>
    public required KeyslotPlan Plan { get; init; }

    /// <summary>Directory of the files; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The table of every point.</summary>
    public bool All { get; init; }

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>The words that plan the same again.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
