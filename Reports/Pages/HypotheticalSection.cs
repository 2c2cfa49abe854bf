using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>Says which variants run a design that no kernel has: what is hypothetical is never read as Linux.</summary>
internal static class HypotheticalSection
{
    private const string Sign = ".keyslot.exhausted";   // measured under no_keyslot: fallback alone

    public static void Write(Html page, RunSet runs)
    {
        string[] variants = [.. runs.Variants.Where(variant => runs.Records.Any(run => run.Identity.Variant == variant && FallsBack(run))).Select(runs.NameOf)];
        if (variants.Length > 0)
        {
            page.Raw("<p class=\"what\" id=\"hypothetical\"><strong>Hypothetical: </strong>").Text(string.Join(", ", variants))
                .Text(" with no_keyslot: fallback. Linux falls back to the CPU by what the device supports, never because its keyslots are in use (KS-E1).").Line("</p>");
        }
    }

    private static bool FallsBack(RunRecord run) => run.Metrics.Any(metric => metric.Name.EndsWith(Sign, StringComparison.Ordinal));
}
