using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports;

/// <summary>The figures of one workload at one sweep point.</summary>
internal static class LatencyFigures
{
    private const int LeastBios = 20;   // with fewer, a distribution is a handful of steps that a table tells better

    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint point, string workload, string suffix)
    {
        LatencyLine[] lines =
        [
            .. from variant in Figures.Indexed(runs)
               let latencies = runs.Latencies(variant.Name, point, workload)
               where latencies is not null && latencies.Count >= LeastBios
               select new LatencyLine(variant.Index, runs.NameOf(variant.Name), latencies),
        ];
        if (lines.Length > 0)
        {
            yield return new Figure("latency-cdf" + suffix, FigureGroup.Latency, PlotSize.Half, (theme, size) => LatencyCdf.Draw(lines, theme, size));
            yield return new Figure("latency-nines" + suffix, FigureGroup.Latency, PlotSize.Half, (theme, size) => NinesPlot.Draw(lines, theme, size));
        }

        IReadOnlyList<BioCloud> clouds = Figures.Clouds(runs, point, workload);
        if (clouds.Sum(cloud => cloud.Bios.Count) < LeastBios)
        {
            yield break;
        }

        if (SizePlot.Sizes(clouds).Length > 1)
        {
            yield return new Figure("latency-by-size" + suffix, FigureGroup.Size, PlotSize.Half, (theme, size) => SizePlot.Draw(clouds, theme, size));
        }

        yield return new Figure("every-bio" + suffix, FigureGroup.Time, PlotSize.Full, (theme, size) => BioTimeline.Draw(clouds, theme, size));
    }
}
