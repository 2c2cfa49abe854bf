namespace CryptoSim.Scenarios;

/// <summary>The JSON schema of scenarios, as it lies beside the library.</summary>
public static class ScenarioSchema
{
    private const string Resource = "scenario.schema.json";

    /// <summary>The schema, JSON Schema draft 2020-12.</summary>
    public static string Text
    {
        get
        {
            using Stream stream = typeof(ScenarioSchema).Assembly.GetManifestResourceStream(Resource)
                ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
            using StreamReader reader = new(stream);
            return reader.ReadToEnd();
        }
    }
}
