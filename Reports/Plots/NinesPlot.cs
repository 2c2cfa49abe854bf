using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>Latency by percentile, stretched so that one step to the right is ten times rarer.</summary>
public static class NinesPlot
{
    private static readonly double[] Labelled = [0.5, 0.99, 0.999];

    /// <summary>Draws <paramref name="lines"/>, of which there is at least one, as SVG. A line ends at the last nine that ten of its bios lie beyond.</summary>
    public static string Draw(IReadOnlyList<LatencyLine> lines, Theme theme, PlotSize size, string of = "")
    {
        int nines = lines.Max(line => Scale.LastNine(line.Latencies.Count));
        Scale y = Scale.LogDuration(lines.Min(line => line.Latencies.Min), lines.Max(line => Points(line.Latencies).Max(point => point.Y)));
        var frame = new PlotFrame(Labels(lines, of), LatencyCdf.Describe(lines), Scale.Nines(nines), y, theme, size);
        foreach (LatencyLine line in lines)
        {
            frame.Curve(line.Index, Points(line.Latencies));
        }

        Label(frame, lines, nines, theme);
        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(IReadOnlyList<LatencyLine> lines, string of = "") => new(
        PlotLabels.TitleOf("Tail by percentile", of), "One step to the right is ten times rarer; lines end where fewer than ten bios lie beyond. Log scale." + LatencyCdf.Pooled(lines), "percentile", "",
        [.. lines.Select(line => new SeriesName(line.Index, line.Name))]);

    /// <summary>Share and latency [ps] along the line.</summary>
    internal static IEnumerable<(double X, double Y)> Points(LatencyDistribution latencies)
    {
        const int PerNine = 60;
        int last = Scale.LastNine(latencies.Count) * PerNine;
        for (int i = 0; i <= last; i++)
        {
            double share = 1 - Math.Pow(10, -(double)i / PerNine);
            yield return (share, latencies.ValueAt(share));
        }
    }

    private static void Label(PlotFrame frame, IReadOnlyList<LatencyLine> lines, int nines, Theme theme)
    {
        var placer = new LabelPlacer(frame.Canvas, frame.Left + 4, frame.Top, frame.Right + 20, frame.Bottom);
        var marks = (from p in Labelled
                     where Scale.NinesOf(p) <= nines + 1e-9
                     from line in lines
                     where Scale.NinesOf(p) <= Scale.LastNine(line.Latencies.Count) + 1e-9
                     select (p, line, latency: line.Latencies.ValueAt(p), highest: line.Latencies.ValueAt(p) >= lines.Max(other => other.Latencies.ValueAt(p)))).ToArray();
        foreach (var (p, line, latency, _) in marks)
        {
            frame.Canvas.Marker(line.Index, frame.X(p), frame.Y(latency), theme.SeriesColor(line.Index));
            placer.Occupy(frame.X(p), frame.Y(latency));
        }

        foreach (var (p, line, latency, highest) in marks)
        {
            placer.Place(frame.X(p), frame.Y(latency), ValueText.Duration(latency),
                new TextStyle(theme.InkColor(line.Index), Bold: true, Halo: theme.Card), above: highest);
        }
    }
}
