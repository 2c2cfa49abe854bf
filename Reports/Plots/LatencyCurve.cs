using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>One variant along a sweep.</summary>
/// <param name="Index">Place of the variant: colour, dash and marker.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Points">Place among the sweep's values, and the mean over the replications.</param>
public sealed record SweepLine(int Index, string Name, IReadOnlyList<(int Place, ConfidenceInterval Value)> Points);

/// <summary>A measure against the sweep coordinate, with 95 % intervals over the replications.</summary>
/// <param name="Title">What is plotted.</param>
/// <param name="Axis">Path of the swept setting.</param>
/// <param name="Values">Its values in order, as the scenario spells them.</param>
/// <param name="Kind">Latencies get a log axis, everything else a linear one from zero.</param>
/// <param name="Lines">One for each variant.</param>
public sealed record SweepFigure(string Title, string Axis, IReadOnlyList<string> Values, ValueKind Kind, IReadOnlyList<SweepLine> Lines);

/// <summary>Latency or throughput along a sweep, one line for each variant.</summary>
public static class LatencyCurve
{
    /// <summary>Draws <paramref name="figure"/>, which has at least one value, as SVG.</summary>
    public static string Draw(SweepFigure figure, Theme theme, PlotSize size)
    {
        ConfidenceInterval[] all = [.. figure.Lines.SelectMany(line => line.Points).Select(point => point.Value)];
        bool log = IsLog(figure);
        Scale y = log
            ? Scale.LogDuration(all.Min(value => Lowest(value)), all.Max(value => value.High))
            : Scale.Linear(0, Math.Max(all.Max(value => value.High), 1e-9), value => figure.Kind == ValueKind.Share ? Scale.Percent(value) : ValueText.Of(figure.Kind, value));
        var frame = new PlotFrame(Labels(figure), Describe(figure), Scale.Categories(figure.Values), y, theme, size);
        foreach (SweepLine line in figure.Lines)
        {
            DrawLine(frame, line, theme);
        }

        LabelEnds(frame, figure, theme);
        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(SweepFigure figure)
    {
        int replications = figure.Lines.SelectMany(line => line.Points).Max(point => point.Value.Count);
        string sample = replications > 1 ? $"Mean of {replications} replications, bars: 95 % interval. " : "One run for each point. ";
        return new PlotLabels(
            figure.Title, sample + (IsLog(figure) ? "Log scale." : "Axis from zero."), figure.Axis, "",
            [.. figure.Lines.Select(line => new SeriesName(line.Index, line.Name))]);
    }

    /// <summary>Latencies get a log axis when all of them can stand on it.</summary>
    internal static bool IsLog(SweepFigure figure) =>
        figure.Kind == ValueKind.Duration && figure.Lines.SelectMany(line => line.Points).All(point => point.Value.Mean > 0);

    /// <summary>The lower end of a bar; the mean where the interval reaches zero, which a log axis does not have.</summary>
    internal static double Lowest(ConfidenceInterval value) => value.Low > 0 ? value.Low : value.Mean;

    internal static string Describe(SweepFigure figure) => string.Join("; ", figure.Lines.Where(line => line.Points.Count > 0).Select(line =>
        $"{line.Name}: {ValueText.Of(figure.Kind, line.Points[0].Value.Mean)} at {figure.Values[line.Points[0].Place]}, {ValueText.Of(figure.Kind, line.Points[^1].Value.Mean)} at {figure.Values[line.Points[^1].Place]}"));

    private static void DrawLine(PlotFrame frame, SweepLine line, Theme theme)
    {
        string color = theme.SeriesColor(line.Index);
        frame.Curve(line.Index, line.Points.Select(point => ((double)point.Place, point.Value.Mean)));
        foreach ((int place, ConfidenceInterval value) in line.Points)
        {
            (double x, double low, double high) = (frame.X(place), frame.Y(Lowest(value)), frame.Y(value.High));
            if (value.HasInterval && low - high > 1)
            {
                frame.Canvas.Path($"M{SvgCanvas.N(x - 4)} {SvgCanvas.N(low)}h8m-4 0V{SvgCanvas.N(high)}m-4 0h8", new Stroke(color, 1.5));
            }

            frame.Canvas.Marker(line.Index, x, frame.Y(value.Mean), color);
        }
    }

    /// <summary>The value of each variant at the last point of the sweep, and at the first.</summary>
    private static void LabelEnds(PlotFrame frame, SweepFigure figure, Theme theme)
    {
        var placer = new LabelPlacer(frame.Canvas, frame.Left, frame.Top, frame.Right + 20, frame.Bottom);
        foreach (var (place, value) in figure.Lines.SelectMany(line => line.Points))
        {
            placer.Occupy(frame.X(place), frame.Y(value.Mean));
        }

        foreach (SweepLine line in figure.Lines.Where(line => line.Points.Count > 0))
        {
            foreach ((int place, ConfidenceInterval value) in new[] { line.Points[^1], line.Points[0] }.Distinct())
            {
                bool highest = figure.Lines.All(other => other.Points.Where(point => point.Place == place).All(point => point.Value.Mean <= value.Mean));
                placer.Place(frame.X(place), frame.Y(value.Mean), ValueText.Of(figure.Kind, value.Mean),
                    new TextStyle(theme.InkColor(line.Index), Bold: true, Halo: theme.Card), above: highest);
            }
        }
    }
}
