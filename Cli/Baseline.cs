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

    /// <summary>The records with those of the named variant in front; in their order if none is named.</summary>
    public static IReadOnlyList<RunRecord> First(string? name, IReadOnlyList<RunRecord> records) =>
        name is null ? records : [.. records.Where(one => one.Identity.Variant == name), .. records.Where(one => one.Identity.Variant != name)];
}
