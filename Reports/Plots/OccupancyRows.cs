using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Plots;

/// <summary>How many of a few places are in use after every change, a row for each variant: for counts so small that the variants' lines would cover each other.</summary>
public static class OccupancyRows
{
    private const double RowHeight = 46;
    private const double Filled = 0.72;   // of a row, when every place is in use
    private const int Changes = 160;      // in the window, of the variant that changes most

    /// <summary>How large the drawing is.</summary>
    public static PlotSize SizeOf(IReadOnlyList<StepLine> lines) => PlotSize.Full with { Height = 118 + (lines.Count * RowHeight) };

    /// <summary>Draws <paramref name="lines"/>, which tell the same series in several variants, as SVG.</summary>
    public static string Draw(IReadOnlyList<StepLine> lines, Theme theme, PlotSize size)
    {
        (double start, double end) = Window(lines);
        Scale x = Scale.Linear(start, end, ValueText.Tick, 8, grow: false);
        Scale y = Scale.Categories([.. lines.Reverse().Select(line => TextWidth.Fit(line.Name, 230, 12.5))]);
        var frame = new PlotFrame(Labels(lines), Describe(lines), x, y, theme, size);
        double full = RingOccupancy.Max(lines);
        for (int i = 0; i < lines.Count; i++)
        {
            DrawRow(frame, lines[i], (start, end), value => lines.Count - 1 - i + (((value / full) - 0.5) * Filled), theme);
        }

        return frame.Canvas.Finish();
    }

    internal static PlotLabels Labels(IReadOnlyList<StepLine> lines)
    {
        (double start, double end) = Window(lines);
        string most = lines[0].Steps.Capacity is { } capacity ? $"A full row is {capacity}. " : "";
        return new PlotLabels(
            "Occupancy of " + lines[0].Steps.Name, $"Number of {lines[0].Steps.Unit} after every change. {most}{ValueText.Duration(end - start)} of virtual time.", "virtual time", "", []);
    }

    internal static string Describe(IReadOnlyList<StepLine> lines)
    {
        (double start, double end) = Window(lines);
        return string.Join("; ", lines.Select(line => $"{line.Name}: {ValueText.Of(ValueKind.Count, Mean(line, start, end))} {line.Steps.Unit} on average"));
    }

    /// <summary>[ps] A tenth of the way into the run that all variants share, where it has settled.</summary>
    private static (double Start, double End) Window(IReadOnlyList<StepLine> lines)
    {
        double last = Math.Max(1, lines.Max(line => (double)line.Steps.TimesPicoseconds[^1]));
        double shared = Math.Max(1, lines.Min(line => (double)line.Steps.TimesPicoseconds[^1]));
        int most = lines.Max(line => line.Steps.Values.Count);
        return most <= Changes ? (0, last) : (shared / 10, (shared / 10) + Math.Min(last * 0.9, last * Changes / most));
    }

    /// <summary>The changes within a window, with the value at its beginning first and at its end last.</summary>
    private static List<(double Time, long Value)> Within(StepLine line, double start, double end)
    {
        var steps = new List<(double, long)> { (start, 0) };
        for (int i = 0; i < line.Steps.Values.Count && line.Steps.TimesPicoseconds[i] < end; i++)
        {
            double time = line.Steps.TimesPicoseconds[i];
            if (time <= start)
            {
                steps.Clear();
            }

            steps.Add((Math.Max(time, start), line.Steps.Values[i]));
        }

        steps.Add((end, steps[^1].Item2));
        return steps;
    }

    private static double Mean(StepLine line, double start, double end)
    {
        List<(double Time, long Value)> steps = Within(line, start, end);
        return steps.Zip(steps.Skip(1), (one, next) => one.Value * (next.Time - one.Time)).Sum() / (end - start);
    }

    private static void DrawRow(PlotFrame frame, StepLine line, (double Start, double End) window, Func<double, double> place, Theme theme)
    {
        var points = new List<(double X, double Y)>();
        long before = 0;
        foreach ((double time, long value) in Within(line, window.Start, window.End))
        {
            if (points.Count > 0)
            {
                points.Add((time, place(before)));
            }

            points.Add((time, place(value)));
            before = value;
        }

        string data = frame.PathOf(points);
        string area = data + frame.PathOf([(window.End, place(0)), (window.Start, place(0))]).Replace('M', 'L') + "z";
        frame.Canvas.Fill(area, theme.SeriesColor(line.Index), 0.3);
        frame.Canvas.Path(data, new Stroke(theme.SeriesColor(line.Index), 1.2));
    }
}
