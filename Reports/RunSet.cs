using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports;

/// <summary>The runs of one scenario, sorted out by variant, sweep point and replication.</summary>
public sealed class RunSet
{
    private readonly Dictionary<(string Variant, string Point), List<RunRecord>> _runs = [];

    /// <summary>Sorts out <paramref name="records"/>; variants and points keep the order in which they first appear.</summary>
    /// <param name="records">At least one.</param>
    public RunSet(IReadOnlyList<RunRecord> records)
    {
        ArgumentOutOfRangeException.ThrowIfZero(records.Count, nameof(records));
        Records = records;
        Variants = [.. records.Select(record => record.Identity.Variant).Distinct()];
        Points = [.. records.Select(SweepPoint.Of).DistinctBy(point => point.Label)];
        Workloads = [.. records.SelectMany(record => record.Latencies).Select(series => series.Name).Distinct()];
        foreach (RunRecord record in records.OrderBy(record => record.Identity.Replication))
        {
            (string, string) key = (record.Identity.Variant, SweepPoint.Of(record).Label);
            if (!_runs.TryGetValue(key, out List<RunRecord>? runs))
            {
                _runs.Add(key, runs = []);
            }

            runs.Add(record);
        }
    }

    /// <summary>All runs, as given.</summary>
    public IReadOnlyList<RunRecord> Records { get; }

    /// <summary>The first run: for what all have in common.</summary>
    public RunRecord First => Records[0];

    /// <summary>Names of the variants; one empty name if the scenario has none.</summary>
    public IReadOnlyList<string> Variants { get; }

    /// <summary>The sweep points; one without coordinates if there is no sweep.</summary>
    public IReadOnlyList<SweepPoint> Points { get; }

    /// <summary>Names of the workloads.</summary>
    public IReadOnlyList<string> Workloads { get; }

    /// <summary>Most replications of any variant at any point.</summary>
    public int Replications => _runs.Values.Max(runs => runs.Count);

    /// <summary>Whether there is more than one point.</summary>
    public bool HasSweep => Points.Count > 1;

    /// <summary>Swept settings that take more than one value.</summary>
    public IReadOnlyList<string> Axes =>
        [.. Points.SelectMany(point => point.Coordinates).GroupBy(pair => pair.Key).Where(axis => axis.DistinctBy(pair => pair.Value).Skip(1).Any()).Select(axis => axis.Key)];

    /// <summary>The replications of <paramref name="variant"/> at <paramref name="point"/>, in order; empty if there are none.</summary>
    public IReadOnlyList<RunRecord> At(string variant, SweepPoint point) => _runs.TryGetValue((variant, point.Label), out List<RunRecord>? runs) ? runs : [];

    /// <summary>How a variant is called in tables and plots: its name, or the scenario's if it has none.</summary>
    public string NameOf(string variant) => variant.Length > 0 ? variant : First.Identity.Scenario;

    /// <summary>The latencies of <paramref name="workload"/>, pooled over the replications; null if no bio finished.</summary>
    public Statistics.LatencyDistribution? Latencies(string variant, SweepPoint point, string workload)
    {
        var pooled = Statistics.LatencyDistribution.Pool(At(variant, point).SelectMany(run => run.Latencies).Where(series => series.Name == workload));
        return pooled.Count > 0 ? pooled : null;
    }
}
