using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Timelines;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Figures;

/// <summary>The first requests of a workload phase by phase, the variants one above the other on the same scale.</summary>
internal static class TimelineFigures
{
    private const int PanelsInOne = 4;
    private const int Most = 8;             // variants
    private const int FewRequests = 8;      // of each where there are many
    private const int ManyRequests = 16;    // of each where there are one or two

    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint shown, string workload, string suffix)
    {
        TimelinePanel[] panels = [.. Panels(runs, shown, workload).Take(Most)];
        if (panels.Length == 0)
        {
            yield break;
        }

        foreach ((int index, TimelinePanel[] chunk) in panels.Chunk(PanelsInOne).Index())
        {
            string id = "request-timeline" + suffix + (index == 0 ? "" : FormattableString.Invariant($"-{index + 1}"));
            yield return new Figure(id, FigureGroup.Requests, RequestTimeline.SizeOf(chunk, PlotSize.Full.Width), (theme, size) => RequestTimeline.Draw(chunk, panels, theme, size.Width))
            {
                Description = RequestTimeline.Describe(chunk),
            };
        }
    }

    private static IEnumerable<TimelinePanel> Panels(RunSet runs, SweepPoint shown, string workload)
    {
        var all =
            (from variant in Gallery.Indexed(runs)
             let series = runs.At(variant.Name, shown).SelectMany(run => run.Requests).FirstOrDefault(series => series.Name == workload && series.Requests.Count > 0)
             where series is not null
             select (Variant: variant, Series: series)).ToArray();
        int rows = all.Length > 2 ? FewRequests : ManyRequests;
        return all.Select(one => new TimelinePanel(one.Variant.Index, runs.NameOf(one.Variant.Name), one.Series.Phases, First(one.Series, rows)));
    }

    /// <summary>The requests that began first, those of an operation socket together.</summary>
    private static RequestSample[] First(RequestSeries series, int rows) => [.. series.Requests.Take(rows).GroupBy(request => request.Owner).SelectMany(owner => owner)];
}
