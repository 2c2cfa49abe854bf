using System.Text.Json;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The lists in the JSON of an exploration: claims, phases, steps, who waits.</summary>
internal static class ExploreTraceJson
{
    public static void WriteClaims(Utf8JsonWriter json, ClaimOutcome? claim)
    {
        json.WriteStartArray("claims");
        if (claim is not null)
        {
            json.WriteStartObject();
            json.WriteString("claim", claim.Claim);
            json.WriteBoolean("holds", claim.Holds);
            json.WriteString("value", claim.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WritePointOfNoReturn(Utf8JsonWriter json, FailingTrace? failure)
    {
        if (failure?.PointOfNoReturn is not { } number || failure.Steps.FirstOrDefault(step => step.Number == number) is not { } point)
        {
            json.WriteNull("point_of_no_return");
            return;
        }

        json.WriteStartObject("point_of_no_return");
        json.WriteNumber("step", point.Number);
        json.WriteString("process", point.Process);
        json.WriteString("label", point.Label);
        json.WriteString("source", point.Source);
        json.WriteEndObject();
    }

    public static void WritePhases(Utf8JsonWriter json, IReadOnlyList<PhaseReport> phases)
    {
        json.WriteStartArray("phases");
        foreach (PhaseReport phase in phases)
        {
            json.WriteStartObject();
            json.WriteNumber("phase", phase.Number);
            json.WriteString("name", phase.Name);
            json.WriteString("outcome", phase.Outcome);
            json.WriteString("detail", phase.Detail);
            json.WriteBoolean("failed", phase.Failed);
            json.WriteNumber("seconds", Math.Round((decimal)phase.Seconds, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<TraceStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (TraceStep step in steps)
        {
            json.WriteStartObject();
            json.WriteNumber("step", step.Number);
            json.WriteString("process", step.Process);
            json.WriteString("context", step.Context);
            json.WriteString("label", step.Label);
            json.WriteString("source", step.Source);
            WriteStrings(json, "enabled", step.Enabled);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteBlocked(Utf8JsonWriter json, IReadOnlyList<BlockedRecord> blocked)
    {
        json.WriteStartArray("blocked");
        foreach (BlockedRecord one in blocked)
        {
            json.WriteStartObject();
            json.WriteString("process", one.Process);
            json.WriteString("waits_on", one.WaitsOn);
            json.WriteString("function", one.Function);
            json.WriteString("source", one.Source);
            json.WriteString("reason", one.Reason);
            json.WriteString("owner", one.Owner);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
