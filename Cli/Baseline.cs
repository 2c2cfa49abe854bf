using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>The variant that the others are compared with: tables and plots take the first one they meet.</summary>
internal static class Baseline
{
    /// <summary>Refuses a name that is not among the variants.</summary>
    /// <exception cref="UsageException">There is no such variant.</exception>
    public static void Demand(string? name, IReadOnlyList<string> variants)
    {
        if (name is not null && !variants.Contains(name))
        {
            string nearest = Nearest.To(name, variants) is { } meant ? $"; did you mean '{meant}'?" : $"; there are: {string.Join(", ", variants)}";
            throw new UsageException($"--baseline {name}: no such variant{nearest}");
        }
    }

    /// <summary>The variant that is named, or else the first whose runs all completed; null if there is none.</summary>
    public static string? Choose(string? name, IReadOnlyList<RunRecord> records) =>
        name ?? records.GroupBy(one => one.Identity.Variant).FirstOrDefault(runs => runs.All(run => run.End.Ends == "completed"))?.Key;

    /// <summary>One line that says why the baseline is not the first variant; null if it is, or was asked for.</summary>
    public static string? Note(string? name, IReadOnlyList<RunRecord> records) =>
        name is null && Choose(null, records) is { } chosen && chosen != records[0].Identity.Variant
            ? $"baseline {chosen}: the first variant of which every run completed"
            : null;

    /// <summary>The records with those of the named variant in front; in their order if none is named.</summary>
    public static IReadOnlyList<RunRecord> First(string? name, IReadOnlyList<RunRecord> records) =>
        name is null ? records : [.. records.Where(one => one.Identity.Variant == name), .. records.Where(one => one.Identity.Variant != name)];
}
