using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots;

/// <summary>The steps of one variant.</summary>
/// <param name="Index">Place of the variant: colour, dash and marker.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Steps">At least one change.</param>
public sealed record StepLine(int Index, string Name, StepSeries Steps);

/// <summary>How many jobs are in a ring (or what else a step series counts) after every change, over a window of virtual time.</summary>
public static class RingOccupancy
{
    /// <summary>Draws <paramref name="lines"/>, which tell the same series in several variants, as SVG.</summary>
    public static string Draw(IReadOnlyList<StepLine> lines, Theme theme, PlotSize size)
    {
        (double start, double end) = Window(lines);
        StepSeries series = lines[0].Steps;
        double max = Max(lines);
        Scale x = Scale.Linear(start, end, ValueText.Tick, 8, grow: false);
        Scale y = Scale.Linear(0, max * 1.08, value => ValueText.Of(ValueKind.Count, value), 5);
        var frame = new PlotFrame(Labels(lines), Describe(lines), x, y, theme, size);
        foreach (StepLine line in lines)
        {
            DrawSteps(frame, line, start, end, theme);
        }

        if (series.Capacity is { } capacity)
        {
            frame.Canvas.Line(frame.Left, frame.Y(capacity), frame.Right, frame.Y(capacity), new Stroke(theme.Text, 1, "4 3"));
            frame.Canvas.Text(frame.Right - 2, frame.Y(capacity) - 5, $"full ({capacity})", new TextStyle(theme.Text, Anchor: Anchor.End, Halo: theme.Card));
        }

        return frame.Canvas.Finish();
    }

    /// <summary>[ps] A window that holds a few hundred changes and in which the fullest moment of the first variant lies.</summary>
    internal static (double Start, double End) Window(IReadOnlyList<StepLine> lines)
    {
        const int Changes = 400;
        double last = Math.Max(1, lines.Max(line => (double)line.Steps.TimesPicoseconds[^1]));
        StepLine busiest = lines.MaxBy(line => line.Steps.Values.Count)!;
        if (busiest.Steps.Values.Count <= Changes)
        {
            return (0, last);
        }

        StepSeries first = lines[0].Steps;
        long top = first.Values.Max();
        int peak = Enumerable.Range(0, first.Values.Count).First(i => first.Values[i] == top);
        double length = last * Changes / busiest.Steps.Values.Count;
        double start = Math.Clamp(first.TimesPicoseconds[peak] - length / 4, 0, last - length);
        return (start, start + length);
    }

    internal static PlotLabels Labels(IReadOnlyList<StepLine> lines)
    {
        (double start, double end) = Window(lines);
        string unit = lines[0].Steps.Unit;
        return new PlotLabels(
            "Occupancy of " + lines[0].Steps.Name, $"Number of {unit} after every change, {ValueText.Duration(end - start)} of virtual time.", "virtual time", "",
            [.. lines.Select(line => new SeriesName(line.Index, line.Name))]);
    }

    /// <summary>The most there was or can be.</summary>
    internal static double Max(IReadOnlyList<StepLine> lines) => Math.Max(1, lines.Max(line => Math.Max(line.Steps.Capacity ?? 0, line.Steps.Values.Max())));

    internal static string Describe(IReadOnlyList<StepLine> lines) =>
        string.Join("; ", lines.Select(line => $"{line.Name}: at most {line.Steps.Values.Max()} {line.Steps.Unit}"));

    private static void DrawSteps(PlotFrame frame, StepLine line, double start, double end, Theme theme)
    {
        var points = new List<(double X, double Y)>();
        IReadOnlyList<long> times = line.Steps.TimesPicoseconds;
        long value = 0;
        for (int i = 0; i < times.Count && times[i] <= end; i++)
        {
            if (times[i] >= start)
            {
                Add(points, Math.Max(times[i], start), value);
                Add(points, Math.Max(times[i], start), line.Steps.Values[i]);
            }

            value = line.Steps.Values[i];
        }

        // A variant whose run ended earlier has no value after its end.
        if (line.Steps.TimesPicoseconds[^1] > end)
        {
            Add(points, end, value);
        }

        if (points.Count == 0)
        {
            return;
        }

        points.Insert(0, (start, points[0].Y));
        string data = frame.PathOf(points);
        string area = data + frame.PathOf([(points[^1].X, 0), (points[0].X, 0)]).Replace('M', 'L') + "z";
        frame.Canvas.Fill(area, theme.SeriesColor(line.Index), 0.14);
        frame.Canvas.Path(data, new Stroke(theme.SeriesColor(line.Index), 1.4, Theme.Dash(line.Index)));
    }

    private static void Add(List<(double X, double Y)> points, double x, double y)
    {
        if (points.Count == 0 || points[^1] != (x, y))
        {
            points.Add((x, y));
        }
    }
}
