using CryptoSim.Reports.Plots;

namespace CryptoSim.Reports.Figures;

/// <summary>Where in a sweep which variants complete; only if some run did not.</summary>
internal static class OutcomeFigures
{
    public static IEnumerable<Figure> Of(RunSet runs)
    {
        if (!runs.HasSweep || runs.Records.All(run => run.End.Ends == "completed"))
        {
            yield break;
        }

        OutcomeLine[] lines = [.. Gallery.Indexed(runs).Select(variant => new OutcomeLine(variant.Index, runs.NameOf(variant.Name), [.. runs.Points.Select(point => Cell(runs, variant.Name, point))]))];
        string[] values = [.. runs.Points.Select(point => string.Join(", ", runs.Axes.Select(axis => point[axis])))];
        string axes = string.Join(", ", runs.Axes);
        yield return new Figure("outcomes", FigureGroup.Outcome, PlotSize.Full, (theme, size) => OutcomeGrid.Draw(lines, axes, values, theme, size.Width));
    }

    private static (int, int) Cell(RunSet runs, string variant, SweepPoint point)
    {
        var cell = runs.At(variant, point);
        return (cell.Count(run => run.End.Ends == "completed"), cell.Count);
    }
}
