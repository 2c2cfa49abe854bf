using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>explore --json</c>. What is not there is null.</summary>
internal static class ExploreJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ExploredScenario explored, TextWriter output) => WriteDocument(output, json =>
    {
        json.WriteString("scenario", explored.Scenario.Name);
        json.WriteString("standing", Standing(explored.Standing));
        json.WriteStartArray("runs");
        foreach (ExploredVariant variant in explored.Variants)
        {
            json.WriteStartObject();
            WriteRun(json, variant);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Writes one object with a final line end.</summary>
    public static void WriteDocument(TextWriter output, Action<Utf8JsonWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteRun(Utf8JsonWriter json, ExploredVariant variant)
    {
        ExplorationResult result = variant.Result;
        FailingTrace? failure = result.Failure;
        json.WriteString("variant", variant.Target.Variant);
        json.WriteString("size", variant.Target.Size);
        json.WriteString("verdict", ExploreWords.Of(result.Verdict));
        json.WriteString("bound", result.Bound);
        json.WriteNumber("omission_probability", result.OmissionProbability);
        json.WriteString("found", result.Found);
        json.WriteString("rule", result.Rule);
        json.WriteString("message", result.Message);
        json.WriteString("standing", Standing(variant.Standing));
        ExploreTraceJson.WriteClaims(json, variant.Claim);
        WriteNumber(json, "trace_steps", failure?.Steps.Count);
        WriteNumber(json, "preemptions", failure?.Preemptions);
        ExploreTraceJson.WritePointOfNoReturn(json, failure);
        WriteCounts(json, result.Counts);
        WriteNumber(json, "wall_seconds", Math.Round((decimal)variant.WallSeconds, 6));
        ExploreTraceJson.WritePhases(json, result.Phases);
        ExploreTraceJson.WriteStrings(json, "end_states", result.EndStates);
        ExploreTraceJson.WriteSteps(json, failure?.Steps ?? []);
        ExploreTraceJson.WriteBlocked(json, failure?.End.Blocked ?? []);
    }

    private static void WriteCounts(Utf8JsonWriter json, ExplorationCounts counts)
    {
        json.WriteNumber("schedules", counts.Schedules);
        json.WriteNumber("states", counts.States);
        WriteNumber(json, "states_per_second", counts.Seconds > 0 ? Math.Round((decimal)(counts.States / counts.Seconds), 1) : null);
        json.WriteNumber("seconds", Math.Round((decimal)counts.Seconds, 6));
        json.WriteNumber("peak_bytes", counts.PeakBytes);
        json.WriteNumber("transitions", counts.Transitions);
        json.WriteNumber("fused", counts.Fused);
        json.WriteNumber("depth", counts.Depth);
        json.WriteNumber("largest_state_bytes", counts.LargestState);
        json.WriteNumber("good_ends", counts.GoodEnds);
        json.WriteNumber("bad_ends", counts.BadEnds);
        WriteNumber(json, "doomed", counts.Doomed);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Standing(ExploreStanding standing) => standing switch
    {
        ExploreStanding.AsExpected => "as-expected",
        ExploreStanding.Unanswered => "unanswered",
        _ => "broken",
    };
}
