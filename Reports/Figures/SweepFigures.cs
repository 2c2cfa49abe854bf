using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Figures;

/// <summary>What changes along each axis of a sweep; the other axes stay at the shown point.</summary>
internal static class SweepFigures
{
    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint shown, string workload, string suffix)
    {
        foreach (string axis in runs.Axes)
        {
            SweepPoint[] points = [.. runs.Points.Where(point => point.Coordinates.All(pair => pair.Key == axis || shown[pair.Key] == pair.Value)).DistinctBy(point => point[axis])];
            string[] values = [.. points.Select(point => point[axis])];
            string end = (runs.Axes.Count > 1 ? "-by-" + Gallery.Slug(axis) : "") + suffix;
            foreach ((string id, string title, Measure measure) in Measures(runs, workload))
            {
                SweepLine[] lines = [.. Gallery.Indexed(runs).Select(variant => Line(runs, variant, points, measure))];
                if (lines.Any(line => line.Points.Count > 0))
                {
                    var figure = new SweepFigure(title, axis, values, measure.Kind, lines);
                    yield return new Figure(id + end, FigureGroup.Sweep, PlotSize.Half, (theme, size) => LatencyCurve.Draw(figure, theme, size))
                    {
                        Labels = LatencyCurve.Labels(figure),
                        Description = LatencyCurve.Describe(figure),
                        Chart = json => ChartJson.Sweep(json, figure),
                    };
                }
            }
        }
    }

    private static IEnumerable<(string Id, string Title, Measure Measure)> Measures(RunSet runs, string workload)
    {
        string whose = LatencyFigures.Whose(runs, workload);
        yield return ("p50-by-sweep", PlotLabels.TitleOf("Median latency", whose), Measure.Percentile(workload, 0.5));
        yield return ("p99-by-sweep", PlotLabels.TitleOf("99th percentile of latency", whose), Measure.Percentile(workload, 0.99));
        yield return ("iops-by-sweep", PlotLabels.TitleOf("Bios per second", whose), Measure.Iops(workload));
        if (workload != runs.Workloads[0])
        {
            yield break;   // the hardware is the same for all
        }

        foreach (Measure measure in Measure.Hardware(runs.Records).Where(measure => measure.Kind is ValueKind.Share or ValueKind.Rate))
        {
            yield return (Gallery.Slug(measure.Label) + "-by-sweep", measure.Label, measure);
        }
    }

    private static SweepLine Line(RunSet runs, SeriesName variant, SweepPoint[] points, Measure measure)
    {
        var means = new List<(int, ConfidenceInterval)>();
        for (int place = 0; place < points.Length; place++)
        {
            double[] values = [.. runs.At(variant.Name, points[place]).Select(measure.Of).OfType<double>()];
            if (values.Length > 0)
            {
                means.Add((place, ConfidenceInterval.Of(values)));
            }
        }

        return new SweepLine(variant.Index, runs.NameOf(variant.Name), means);
    }
}
