using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;

namespace CryptoSim.Reports.Figures;

/// <summary>The latencies of all variants at one sweep point.</summary>
/// <param name="Label">The point; empty without a sweep.</param>
/// <param name="Lines">At least one.</param>
internal sealed record LatencyPoint(string Label, LatencyLine[] Lines);

/// <summary>The figures of one workload: distributions at every sweep point, single bios at the shown one.</summary>
internal static class LatencyFigures
{
    private const int LeastBios = 20;   // with fewer, a distribution is a handful of steps that a table tells better

    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint shown, string workload, string suffix)
    {
        LatencyPoint[] points = [.. runs.Points.Select(point => new LatencyPoint(point.Label, Lines(runs, point, workload))).Where(point => point.Lines.Length > 0)];
        int at = Array.FindIndex(points, point => point.Label == shown.Label);
        return at < 0 ? Clouds(runs, shown, workload, suffix) : [.. Distributions(points, at, Whose(runs, workload), suffix), .. Clouds(runs, shown, workload, suffix)];
    }

    /// <summary>What titles say of the workload: nothing where there is no other.</summary>
    internal static string Whose(RunSet runs, string workload) => runs.Workloads.Count > 1 ? workload : "";

    private static LatencyLine[] Lines(RunSet runs, SweepPoint point, string workload) =>
    [
        .. from variant in Gallery.Indexed(runs)
           let latencies = runs.Latencies(variant.Name, point, workload)
           where latencies is not null && latencies.Count >= LeastBios
           select new LatencyLine(variant.Index, runs.NameOf(variant.Name), latencies, runs.At(variant.Name, point).Count),
    ];

    private static IEnumerable<Figure> Distributions(LatencyPoint[] points, int at, string whose, string suffix)
    {
        LatencyLine[] lines = points[at].Lines;
        yield return new Figure("latency-cdf" + suffix, FigureGroup.Latency, PlotSize.Half, (theme, size) => LatencyCdf.Draw(lines, theme, size, whose))
        {
            Labels = LatencyCdf.Labels(lines, whose),
            Description = LatencyCdf.Describe(lines),
            Chart = json => ChartJson.Cdf(json, points, at),
        };
        yield return new Figure("latency-nines" + suffix, FigureGroup.Latency, PlotSize.Half, (theme, size) => NinesPlot.Draw(lines, theme, size, whose))
        {
            Labels = NinesPlot.Labels(lines, whose),
            Description = LatencyCdf.Describe(lines),
            Chart = json => ChartJson.Nines(json, points, at),
        };
    }

    private static IEnumerable<Figure> Clouds(RunSet runs, SweepPoint point, string workload, string suffix)
    {
        string whose = Whose(runs, workload);
        IReadOnlyList<BioCloud> clouds = Gallery.Clouds(runs, point, workload);
        if (clouds.Sum(cloud => cloud.Bios.Count) < LeastBios)
        {
            yield break;
        }

        if (SizePlot.Sizes(clouds).Length > 1)
        {
            yield return new Figure("latency-by-size" + suffix, FigureGroup.Size, LatencySection.IsWide(runs) ? PlotSize.Full : PlotSize.Half, (theme, size) => SizePlot.Draw(clouds, theme, size, whose))
            {
                Labels = SizePlot.Labels(clouds, whose),
                Description = SizePlot.Describe(clouds),
                Chart = json => ChartJson.Size(json, clouds),
            };
        }

        yield return new Figure("every-bio" + suffix, FigureGroup.Time, PlotSize.Full, (theme, size) => BioTimeline.Draw(clouds, theme, size, whose))
        {
            Labels = BioTimeline.Labels(clouds, whose),
            Description = BioTimeline.Describe(clouds),
            Chart = json => ChartJson.Timeline(json, clouds),
        };
    }
}
