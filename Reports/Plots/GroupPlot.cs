using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>Latency of one group of bios in one variant.</summary>
/// <param name="Index">Place of the variant: colour, dash and marker.</param>
/// <param name="Variant">Name of the variant.</param>
/// <param name="Group">Place of the group.</param>
/// <param name="Low">[ps] Minimum.</param>
/// <param name="Median">[ps] Median.</param>
/// <param name="High">[ps] 99th percentile.</param>
public sealed record GroupMark(int Index, string Variant, int Group, double Low, double Median, double High);

/// <summary>Bios in groups, e.g. by workload.</summary>
/// <param name="Title">What tells the groups apart.</param>
/// <param name="Groups">Their names.</param>
/// <param name="Marks">At least one.</param>
public sealed record GroupFigure(string Title, IReadOnlyList<string> Groups, IReadOnlyList<GroupMark> Marks);

/// <summary>Median and the range from the minimum to the 99th percentile for each group of bios, the variants side by side.</summary>
public static class GroupPlot
{
    /// <summary>Draws <paramref name="figure"/> as SVG.</summary>
    public static string Draw(GroupFigure figure, Theme theme, PlotSize size)
    {
        Scale y = Scale.LogDuration(figure.Marks.Min(mark => mark.Low), figure.Marks.Max(mark => mark.High));
        var frame = new PlotFrame(Labels(figure), Describe(figure), Scale.Categories(figure.Groups), y, theme, size);
        int[] variants = Variants(figure);
        double step = 0.8 / variants.Length;
        foreach (GroupMark mark in figure.Marks)
        {
            double x = frame.X(mark.Group + ((Array.IndexOf(variants, mark.Index) - ((variants.Length - 1) / 2.0)) * step));
            string color = theme.SeriesColor(mark.Index);
            frame.Canvas.Line(x, frame.Y(mark.Low), x, frame.Y(mark.High), new Stroke(color, 2));
            frame.Canvas.Line(x - 5, frame.Y(mark.High), x + 5, frame.Y(mark.High), new Stroke(color, 2));
            frame.Canvas.Marker(mark.Index, x, frame.Y(mark.Median), color, 5);
        }

        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(GroupFigure figure) => new(
        figure.Title, "Marker: median. Line: from the minimum to the 99th percentile. Log scale, no zero.", "", "",
        [.. figure.Marks.DistinctBy(mark => mark.Index).OrderBy(mark => mark.Index).Select(mark => new SeriesName(mark.Index, mark.Variant))]);

    internal static string Describe(GroupFigure figure) => string.Join("; ", figure.Marks.Select(mark =>
        $"{mark.Variant}, {figure.Groups[mark.Group]}: median {ValueText.Duration(mark.Median)}, p99 {ValueText.Duration(mark.High)}"));

    private static int[] Variants(GroupFigure figure) => [.. figure.Marks.Select(mark => mark.Index).Distinct().Order()];
}
