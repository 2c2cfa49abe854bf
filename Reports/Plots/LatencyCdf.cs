using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>The latencies of one variant.</summary>
/// <param name="Index">Place of the variant: colour, dash and marker.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Latencies">At least one bio.</param>
/// <param name="Replications">Runs whose bios are pooled.</param>
public sealed record LatencyLine(int Index, string Name, LatencyDistribution Latencies, int Replications = 1);

/// <summary>Share of bios finished within a latency, for each variant.</summary>
public static class LatencyCdf
{
    /// <summary>Draws <paramref name="lines"/>, of which there is at least one, as SVG; the title says whose bios they are if <paramref name="of"/> does.</summary>
    public static string Draw(IReadOnlyList<LatencyLine> lines, Theme theme, PlotSize size, string of = "")
    {
        Scale x = Scale.LogDuration(lines.Min(line => line.Latencies.Min), lines.Max(line => line.Latencies.Max));
        Scale y = Scale.Linear(0, 1, Scale.Percent);
        var frame = new PlotFrame(Labels(lines, of), Describe(lines), x, y, theme, size);
        foreach (LatencyLine line in lines)
        {
            frame.Curve(line.Index, Staircase(line.Latencies));
        }

        MarkMedians(frame, lines, theme);
        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(IReadOnlyList<LatencyLine> lines, string of = "") => new(
        PlotLabels.TitleOf("Cumulative distribution", of), "Share of bios finished within x, log scale. " + Sample(lines), "bio latency", "",
        [.. lines.Select(line => new SeriesName(line.Index, line.Name))]);

    /// <summary>How many bios the lines stand for.</summary>
    private static string Sample(IReadOnlyList<LatencyLine> lines) =>
        string.Join(" / ", lines.Select(line => ValueText.Of(ValueKind.Count, line.Latencies.Count)).Distinct()) + " bios"
        + (lines.Count > 1 && lines.DistinctBy(line => line.Latencies.Count).Count() == 1 ? " each." : ".") + Pooled(lines);

    /// <summary>That the bios are not those of one run.</summary>
    internal static string Pooled(IReadOnlyList<LatencyLine> lines) =>
        lines.Max(line => line.Replications) is > 1 and int count ? $" All {count} replications pooled." : "";

    /// <summary>The picture in words.</summary>
    internal static string Describe(IReadOnlyList<LatencyLine> lines) => string.Join("; ", lines.Select(line =>
        $"{line.Name}: median {ValueText.Duration(line.Latencies.ValueAt(0.5))}, 99th percentile {ValueText.Duration(line.Latencies.ValueAt(0.99))}, maximum {ValueText.Duration(line.Latencies.Max)}"));

    private static IEnumerable<(double X, double Y)> Staircase(LatencyDistribution latencies)
    {
        double share = 0;
        foreach ((double latency, double next) in latencies.Steps())
        {
            yield return (latency, share);
            yield return (latency, next);
            share = next;
        }
    }

    private static void MarkMedians(PlotFrame frame, IReadOnlyList<LatencyLine> lines, Theme theme)
    {
        var placer = new LabelPlacer(frame.Canvas, frame.Left, frame.Top, frame.Right, frame.Bottom);
        foreach (LatencyLine line in lines)
        {
            double median = line.Latencies.ValueAt(0.5);
            (double x, double y) = (frame.X(median), frame.Y(0.5));
            frame.Canvas.Line(x, frame.Bottom, x, y, new Stroke(theme.SeriesColor(line.Index), 1, "2 3"));
            frame.Canvas.Marker(line.Index, x, y, theme.SeriesColor(line.Index));
            placer.Occupy(x, y);
        }

        foreach (LatencyLine line in lines)
        {
            double median = line.Latencies.ValueAt(0.5);
            placer.PlaceBeside(frame.X(median), frame.Y(0.5), "p50 " + ValueText.Duration(median),
                new TextStyle(theme.InkColor(line.Index), Bold: true, Halo: theme.Card));
        }
    }
}
