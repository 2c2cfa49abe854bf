namespace CryptoSim.Scenarios.Running;

/// <summary>One run that an experiment will do.</summary>
/// <param name="Variant">Null for the base of a scenario without variants.</param>
/// <param name="Point">The sweep point.</param>
/// <param name="Replication">0-based.</param>
/// <param name="Resolved">What the run is built from.</param>
internal sealed record RunPlan(Variant? Variant, SweepPoint Point, int Replication, ResolvedRun Resolved)
{
    /// <summary>All runs of a scenario: variants in the order of the file, then points, then replications.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="chosen">Names of the variants to run; empty for all.</param>
    public static IReadOnlyList<RunPlan> Of(Scenario scenario, IReadOnlyList<string> chosen)
    {
        List<RunPlan> plans = [];
        IReadOnlyList<SweepPoint> points = scenario.Sweep.Points();
        foreach (Variant? variant in Chosen(scenario, chosen))
        {
            foreach (SweepPoint point in points)
            {
                ResolvedRun resolved = scenario.ResolveRun(variant, point);
                for (int replication = 0; replication < scenario.Replicate; replication++)
                {
                    plans.Add(new RunPlan(variant, point, replication, resolved));
                }
            }
        }

        return plans;
    }

    /// <summary>The variants of these names, or all; null for the base of a scenario without variants.</summary>
    /// <exception cref="ArgumentException">There is no such variant.</exception>
    public static IEnumerable<Variant?> Chosen(Scenario scenario, IReadOnlyList<string> names)
    {
        foreach (string name in names.Where(n => scenario.FindVariant(n) is null))
        {
            throw new ArgumentException($"the scenario has no variant '{name}'", nameof(names));
        }

        if (scenario.Variants.Count == 0)
        {
            yield return null;
        }

        foreach (Variant variant in scenario.Variants.Where(v => names.Count == 0 || names.Contains(v.Name)))
        {
            yield return variant;
        }
    }
}
