namespace CryptoSim.Scenarios;

/// <summary>The JSON schema of scenarios, as it lies beside the library.</summary>
public static class ScenarioSchema
{
    /// <summary>The schema, JSON Schema draft 2020-12.</summary>
    public static string Text => throw new NotImplementedException();
}
