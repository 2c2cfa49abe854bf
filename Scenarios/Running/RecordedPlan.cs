using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>The run that a record says it is.</summary>
internal static class RecordedPlan
{
    /// <summary>Reads the resolved scenario of a record and finds its variant and point; errors if the record does not fit its own scenario.</summary>
    public static (RunPlan? Plan, IReadOnlyList<ScenarioError> Errors) Of(RunIdentity identity)
    {
        string[] variants = identity.Variant.Length == 0 ? [] : [identity.Variant];
        ScenarioReadResult read = ScenarioReader.ReadText(identity.Resolved, "resolved scenario", variants: variants);
        if (read.Scenario is not { } scenario)
        {
            return (null, [.. read.Errors.Select(e => e with { Kind = ScenarioErrorKind.Input })]);
        }

        SweepPoint? point = scenario.Sweep.Points().FirstOrDefault(p => p.Coordinates.SequenceEqual(identity.Point));
        Variant? variant = scenario.FindVariant(identity.Variant);
        if (point is null || identity.Replication < 0 || (variant is null && scenario.Variants.Count > 0))
        {
            string what = string.Join(' ', identity.Point.Select(p => p.Key + "=" + p.Value));
            return (null, [new ScenarioError("resolved scenario", 0, 0, $"has no run '{identity.Variant}' {what}", ScenarioErrorKind.Input)]);
        }

        return (new RunPlan(variant, point, identity.Replication, scenario.ResolveRun(variant, point)), []);
    }
}
