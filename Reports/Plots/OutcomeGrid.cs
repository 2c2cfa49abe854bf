using CryptoSim.Reports.Plots.Svg;

namespace CryptoSim.Reports.Plots;

/// <summary>How the runs of one variant ended along a sweep.</summary>
/// <param name="Index">Place of the variant.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Cells">For each point of the sweep: how many runs completed, and how many there are.</param>
public sealed record OutcomeLine(int Index, string Name, IReadOnlyList<(int Completed, int Runs)> Cells);

/// <summary>Which variants survive where: a mark for each variant and sweep point. A tick is told from a cross without colour.</summary>
public static class OutcomeGrid
{
    private const double RowHeight = 34;

    /// <summary>Draws <paramref name="lines"/>, of which there is at least one, as SVG; the height follows from their number.</summary>
    /// <param name="lines">One for each variant.</param>
    /// <param name="axis">Name of the swept setting.</param>
    /// <param name="values">Its values.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="width">[px]</param>
    public static string Draw(IReadOnlyList<OutcomeLine> lines, string axis, IReadOnlyList<string> values, Theme theme, double width)
    {
        double names = Math.Min(width * 0.45, 40 + lines.Max(line => TextWidth.Of(line.Name, 12.5)));
        double step = (width - names - 24) / values.Count;
        var canvas = new SvgCanvas(new PlotSize(width, 78 + RowHeight * lines.Count + 44), "How the runs ended", Describe(lines, values), theme.Card);
        canvas.Text(20, 28, "How the runs ended", new TextStyle(theme.Text, 15, Bold: true));
        canvas.Text(20, 47, TextWidth.Fit("Circle: every run completed. Cross: some run did not.", width - 40, 12.5), new TextStyle(theme.Muted));
        for (int row = 0; row < lines.Count; row++)
        {
            double y = 66 + RowHeight * (row + 0.5);
            canvas.Line(names, y, width - 24, y, new Stroke(theme.Grid));
            canvas.Text(20, y + 4.5, TextWidth.Fit(lines[row].Name, names - 28, 12.5), new TextStyle(theme.Text));
            for (int i = 0; i < lines[row].Cells.Count; i++)
            {
                Mark(canvas, names + step * (i + 0.5), y, lines[row].Cells[i], theme);
            }
        }

        double bottom = 66 + RowHeight * lines.Count;
        for (int i = 0; i < values.Count; i++)
        {
            canvas.Text(names + step * (i + 0.5), bottom + 14, TextWidth.Fit(values[i], step - 4, 12.5), new TextStyle(theme.Muted, Anchor: Anchor.Middle));
        }

        canvas.Text((names + width - 24) / 2, bottom + 38, TextWidth.Fit(axis, width - names - 24, 12.5), new TextStyle(theme.Muted, Anchor: Anchor.Middle));
        return canvas.Finish();
    }

    internal static string Describe(IReadOnlyList<OutcomeLine> lines, IReadOnlyList<string> values) => string.Join("; ", lines.Select(line =>
    {
        string[] bad = [.. line.Cells.Zip(values).Where(pair => pair.First.Completed < pair.First.Runs).Select(pair => pair.Second)];
        return bad.Length == 0 ? $"{line.Name} completes everywhere" : $"{line.Name} does not complete at {string.Join(", ", bad)}";
    }));

    private static void Mark(SvgCanvas canvas, double x, double y, (int Completed, int Runs) cell, Theme theme)
    {
        if (cell.Runs == 0)
        {
            return;
        }

        if (cell.Completed == cell.Runs)
        {
            canvas.Marker(0, x, y, theme.Good, 6);
            return;
        }

        canvas.Rectangle(x - 11, y - 11, 22, 22, theme.FaultBack, radius: 4);
        canvas.Path($"M{SvgCanvas.N(x - 5)} {SvgCanvas.N(y - 5)}l10 10m0 -10l-10 10", new Stroke(theme.Fault, 2.6));
    }
}
