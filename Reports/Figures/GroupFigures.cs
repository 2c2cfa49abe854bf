using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Figures;

/// <summary>Who waits: the latencies of all workloads in one figure, and for each host with keyslots those of its classes of bios.</summary>
internal static class GroupFigures
{
    private const string Class = ".latency.plain.p50";   // a metric that a host with keyslots has

    private static readonly (string Word, string Name)[] Classes =
        [("plain", "not encrypted"), ("hit", "key was in a slot"), ("miss", "key was programmed")];

    public static IEnumerable<Figure> Of(RunSet runs, SweepPoint point)
    {
        string where = runs.HasSweep ? $" at {point.Label}" : "";
        if (runs.Workloads.Count > 1 && Build(runs, point, "Latency by workload" + where, runs.Workloads, [.. runs.Workloads.Select(name => name + ".latency")]) is { } all)
        {
            yield return Drawn("latency-by-workload", runs, all);
        }

        foreach (string host in Hosts(runs))
        {
            if (Build(runs, point, $"Latency by class of bio: {host}{where}", [.. Classes.Select(one => one.Name)], [.. Classes.Select(one => $"{host}.latency.{one.Word}")]) is { } classes)
            {
                yield return Drawn("latency-by-class-" + Gallery.Slug(host), runs, classes);
            }
        }
    }

    private static Figure Drawn(string id, RunSet runs, GroupFigure figure) =>
        new(id, FigureGroup.Latency, LatencySection.IsWide(runs) ? PlotSize.Full : PlotSize.Half, (theme, size) => GroupPlot.Draw(figure, theme, size))
        {
            Labels = GroupPlot.Labels(figure),
            Description = GroupPlot.Describe(figure),
            Chart = json => ChartJson.Groups(json, figure),
        };

    private static IEnumerable<string> Hosts(RunSet runs) => runs.Records
        .SelectMany(run => run.Metrics)
        .Where(metric => metric.Name.EndsWith(Class, StringComparison.Ordinal))
        .Select(metric => metric.Name[..^Class.Length])
        .Distinct();

    /// <summary>Means over the replications; null if there is nothing to compare.</summary>
    private static GroupFigure? Build(RunSet runs, SweepPoint point, string title, IReadOnlyList<string> names, IReadOnlyList<string> metrics)
    {
        var marks = new List<GroupMark>();
        foreach (SeriesName variant in Gallery.Indexed(runs))
        {
            IReadOnlyList<RunRecord> at = runs.At(variant.Name, point);
            for (int group = 0; group < metrics.Count; group++)
            {
                string of = metrics[group];
                if (Mean(at, of + ".min") is { } low and > 0 && Mean(at, of + ".p50") is { } median && Mean(at, of + ".p99") is { } high)
                {
                    marks.Add(new GroupMark(variant.Index, runs.NameOf(variant.Name), group, low, median, high));
                }
            }
        }

        return marks.Select(mark => mark.Group).Distinct().Count() > 1 ? new GroupFigure(title, names, marks) : null;
    }

    /// <summary>[ps]</summary>
    private static double? Mean(IReadOnlyList<RunRecord> runs, string metric)
    {
        double[] values = [.. runs.Select(run => Measure.Value(run, metric)).OfType<double>()];
        return values.Length > 0 ? values.Average() * 1000 : null;
    }
}
