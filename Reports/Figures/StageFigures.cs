using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Figures;

/// <summary>Where the time of the bios of one workload went, at every sweep point.</summary>
internal static class StageFigures
{
    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint shown, string workload, string suffix)
    {
        StageComparison[] points = [.. runs.Points.Select(point => StageComparison.Build(runs, workload, point)).OfType<StageComparison>()];
        int at = Array.FindIndex(points, point => point.Point.Label == shown.Label);
        if (at < 0)
        {
            yield break;
        }

        yield return new Figure("stages" + suffix, FigureGroup.Stages, StageBars.SizeOf(points[at]), (theme, size) => StageBars.Draw(points[at], theme, size))
        {
            Labels = StageBars.Labels(points[at]),
            Description = StageBars.Describe(points[at]),
            Chart = json => StageJson.Write(json, points, at),
        };
    }
}
