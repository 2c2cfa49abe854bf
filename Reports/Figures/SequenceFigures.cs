using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Sequences;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Figures;

/// <summary>One sequence chart for each variant that did not complete.</summary>
internal static class SequenceFigures
{
    /// <summary>The id of the chart of <paramref name="run"/>.</summary>
    public static string IdOf(RunRecord run) => "sequence-" + Gallery.Slug(run.Identity.Variant.Length > 0 ? run.Identity.Variant : run.Identity.Scenario);

    /// <summary>For each variant the first run that did not complete, one with a trace if there is any.</summary>
    public static IEnumerable<RunRecord> Blocked(RunSet runs) =>
        from variant in runs.Variants
        let bad = runs.Records.Where(run => run.Identity.Variant == variant && run.End.Ends != "completed")
        let shown = bad.FirstOrDefault(run => run.Trace.Count > 0) ?? bad.FirstOrDefault()
        where shown is not null
        select shown;

    public static IEnumerable<Figure> Of(RunSet runs) =>
        from run in Blocked(runs)
        where run.Trace.Count > 0
        select new Figure(IdOf(run), FigureGroup.Sequence, PlotSize.Full, (theme, size) => SequenceChart.Draw(run, theme, size.Width));
}
