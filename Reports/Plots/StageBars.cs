using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>Where the time went: for each band of latencies a bar for each variant, made of its stages. Stages always stand in the same order, so they are told apart without colour.</summary>
public static class StageBars
{
    private const double BarHeight = 20;
    private const double BandGap = 14;
    private const double LabelSize = 12.5;

    /// <summary>How large the drawing is.</summary>
    public static PlotSize SizeOf(StageComparison stages)
    {
        double width = PlotSize.Full.Width;
        return new PlotSize(width, TopOf(stages, width) + (stages.Rows.Count * (BarHeight + 4)) + (Bands(stages).Length * BandGap) + 12);
    }

    /// <summary>Draws <paramref name="stages"/> as SVG. The longest bar of each band fills the width.</summary>
    public static string Draw(StageComparison stages, Theme theme, PlotSize size)
    {
        PlotLabels labels = Labels(stages);
        var canvas = new SvgCanvas(size, labels.Title, Describe(stages), theme.Card);
        canvas.Text(20, 28, TextWidth.Fit(labels.Title, size.Width - 40, 15, bold: true), new TextStyle(theme.Text, 15, Bold: true));
        canvas.Text(20, 47, TextWidth.Fit(labels.Subtitle, size.Width - 40, LabelSize), new TextStyle(theme.Muted));
        foreach ((StageName stage, double x, double line) in Legend(stages, size.Width))
        {
            canvas.Rectangle(x, line - 11, 14, 14, theme.StageColor(stage.Index), radius: 2);
            canvas.Text(x + 20, line + 1, stage.Name, new TextStyle(theme.Text));
        }

        DrawBars(canvas, stages, theme);
        return canvas.Finish();
    }

    internal static PlotLabels Labels(StageComparison stages) => new(
        "Where the time of a bio goes" + (stages.Workload.Length > 0 ? ": " + stages.Workload : ""),
        "Mean time in each stage of the bios around a percentile. Each group has its own scale; the number is the whole.", "", "", []);

    internal static string Describe(StageComparison stages) => string.Join("; ", stages.Rows.Select(row =>
    {
        int most = Enumerable.Range(0, stages.Stages.Count).MaxBy(i => row.Means[i]);
        return $"{row.Band} of {row.Name}: {ValueText.Duration(row.Total)}, most of it {stages.Stages[most].Name} ({ValueText.Duration(row.Means[most])})";
    }));

    private static string[] Bands(StageComparison stages) => [.. stages.Rows.Select(row => row.Band).Distinct()];

    private static double TopOf(StageComparison stages, double width) => Legend(stages, width).Max(entry => entry.Line) + 16;

    /// <summary>Names from left to right, in as many lines as they need.</summary>
    private static IEnumerable<(StageName Stage, double X, double Line)> Legend(StageComparison stages, double width)
    {
        (double x, double line) = (20, 72);
        foreach (StageName stage in stages.Stages)
        {
            double needed = 20 + TextWidth.Of(stage.Name, LabelSize) + 20;
            if (x > 20 && x + needed > width - 10)
            {
                (x, line) = (20, line + 20);
            }

            yield return (stage, x, line);
            x += needed;
        }
    }

    private static void DrawBars(SvgCanvas canvas, StageComparison stages, Theme theme)
    {
        double names = Math.Min(canvas.Size.Width * 0.3, stages.Rows.Max(row => TextWidth.Of(row.Name, LabelSize)));
        double bands = Bands(stages).Max(band => TextWidth.Of(band, LabelSize, bold: true));
        double left = 20 + bands + 14 + names + 12;
        double y = TopOf(stages, canvas.Size.Width);
        foreach (IGrouping<string, StageRow> band in stages.Rows.GroupBy(row => row.Band))
        {
            double perPixel = band.Max(row => row.Total) / (canvas.Size.Width - 100 - left);
            canvas.Text(20, y + 15, band.Key, new TextStyle(theme.Text, Bold: true));
            foreach (StageRow row in band)
            {
                canvas.Text(left - 12, y + 15, TextWidth.Fit(row.Name, names, LabelSize), new TextStyle(theme.Muted, Anchor: Anchor.End));
                DrawBar(canvas, stages, row, (left, y, perPixel), theme);
                y += BarHeight + 4;
            }

            y += BandGap;
        }
    }

    private static void DrawBar(SvgCanvas canvas, StageComparison stages, StageRow row, (double X, double Y, double PerPixel) at, Theme theme)
    {
        double x = at.X;
        for (int i = 0; i < row.Means.Count; i++)
        {
            double width = at.PerPixel > 0 ? row.Means[i] / at.PerPixel : 0;
            if (width >= 0.05)
            {
                canvas.Rectangle(x, at.Y, width, BarHeight, theme.StageColor(stages.Stages[i].Index));
            }

            string text = ValueText.Duration(row.Means[i]);
            if (width > TextWidth.Of(text, LabelSize) + 10)
            {
                canvas.Text(x + (width / 2), at.Y + 15, text, new TextStyle(theme.Text, Anchor: Anchor.Middle, Halo: theme.Card));
            }

            x += width;
        }

        canvas.Text(x + 8, at.Y + 15, ValueText.Duration(row.Total), new TextStyle(theme.Text, Bold: true));
    }
}
