using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Figures;

/// <summary>One figure for each thing that is counted over time, e.g. the jobs in a ring, with all variants in it.</summary>
internal static class StepFigures
{
    private const int Most = 6;

    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint point)
    {
        var all = from variant in Gallery.Indexed(runs)
                  let run = runs.At(variant.Name, point).FirstOrDefault(run => run.Steps.Count > 0)
                  where run is not null
                  from steps in run.Steps
                  where steps.Values.Count > 1
                  select new StepLine(variant.Index, runs.NameOf(variant.Name), steps);
        var groups = all.GroupBy(line => line.Steps.Name).OrderByDescending(group => group.Key.EndsWith(".ring", StringComparison.Ordinal)).Take(Most);
        foreach (IGrouping<string, StepLine> group in groups)
        {
            StepLine[] lines = [.. group];
            if (group.Key.EndsWith(".keyslots", StringComparison.Ordinal))
            {
                yield return Rows(lines, group.Key);
                continue;
            }

            yield return new Figure("steps-" + Gallery.Slug(group.Key), FigureGroup.Time, PlotSize.Full with { Height = 280 }, (theme, size) => RingOccupancy.Draw(lines, theme, size))
            {
                Labels = RingOccupancy.Labels(lines),
                Description = RingOccupancy.Describe(lines),
                Chart = json => ChartJson.Steps(json, lines),
            };
        }
    }

    /// <summary>A handful of places that are nearly always in use: lines would cover each other.</summary>
    private static Figure Rows(StepLine[] lines, string name) =>
        new("steps-" + Gallery.Slug(name), FigureGroup.Time, OccupancyRows.SizeOf(lines), (theme, size) => OccupancyRows.Draw(lines, theme, size))
        {
            Labels = OccupancyRows.Labels(lines),
            Description = OccupancyRows.Describe(lines),
        };
}
