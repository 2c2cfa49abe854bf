namespace CryptoSim.Scenarios.Claims;

/// <summary>A short comparison of metrics that a scenario claims to hold.</summary>
public sealed record Claim
{
    /// <summary>The claim as the scenario spells it.</summary>
    public required string Text { get; init; }

    /// <summary>The sweep coordinates at which it is claimed; empty for every point.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> At { get; init; } = [];
}
