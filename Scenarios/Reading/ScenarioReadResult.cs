namespace CryptoSim.Scenarios;

/// <summary>A scenario, or everything that is wrong with it.</summary>
/// <param name="Scenario">Null if there is any error.</param>
/// <param name="Errors">All errors at once, sorted by line.</param>
public sealed record ScenarioReadResult(Scenario? Scenario, IReadOnlyList<ScenarioError> Errors)
{
    /// <summary>True if there is a scenario.</summary>
    public bool IsValid => Scenario is not null;
}
