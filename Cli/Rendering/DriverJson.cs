using CryptoSim.Scenarios.Drivers;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>driver --json</c>. What is not there is null.</summary>
internal static class DriverJson
{
    public static void Write(string assembly, IReadOnlyList<string> words, IReadOnlyList<DriverScene> shown, TextWriter output) => ExploreJson.WriteDocument(output, json =>
    {
        json.WriteString("assembly", assembly);
        json.WriteStartArray("drivers");
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
        json.WriteStartArray("scenes");
        foreach (DriverScene scene in shown)
        {
            json.WriteStartObject();
            json.WriteString("driver", scene.Driver);
            json.WriteString("scenario", scene.Scenario);
            json.WriteString("variant", scene.Variant);
            json.WriteString("run", scene.Run?.Ends);
            json.WriteString("explored", scene.Explored is { } explored ? ExploreWords.Of(explored.Verdict) : null);
            json.WriteString("found", scene.Explored?.Found);
            json.WriteNumber("states", scene.Explored?.Counts.States ?? 0);
            json.WriteString("rule", scene.Rule);
            json.WriteString("message", scene.Message);
            json.WriteBoolean("fails_anyway", scene.FailsAnyway);
            json.WriteBoolean("holds", scene.Standing == ExploreStanding.AsExpected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
