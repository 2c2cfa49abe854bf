using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>Where the time of the bios of one workload went, at one sweep point: for each band of latencies the variants side by side.</summary>
/// <param name="Workload">Whose bios.</param>
/// <param name="Point">Where in the sweep.</param>
/// <param name="Stages">The stages that took any time, in the order in which a bio goes through them.</param>
/// <param name="Rows">Band by band, in each the variants that have one.</param>
public sealed record StageComparison(string Workload, SweepPoint Point, IReadOnlyList<StageName> Stages, IReadOnlyList<StageRow> Rows)
{
    /// <summary>One for each workload and sweep point of <paramref name="records"/> at which at least two stages took time.</summary>
    public static IReadOnlyList<StageComparison> Build(IReadOnlyList<RunRecord> records)
    {
        var runs = new RunSet(records);
        return [.. (from workload in runs.Workloads from point in runs.Points select Build(runs, workload, point)).OfType<StageComparison>()];
    }

    /// <summary>That of <paramref name="workload"/> at <paramref name="point"/>; null if it says nothing: no run measured stages, or all time was spent in one.</summary>
    public static StageComparison? Build(RunSet runs, string workload, SweepPoint point)
    {
        string[] names = [.. runs.Records.SelectMany(run => run.Latencies).SelectMany(series => series.Stages?.Names ?? []).Distinct()];
        StageRow[] rows = [.. from band in StageBand.All from variant in runs.Variants.Index() select Row(runs, (workload, point), names, band, variant) into row where row is not null select row];
        int[] used = [.. Enumerable.Range(0, names.Length).Where(stage => rows.Any(row => row.Means[stage] > 0))];
        return used.Length < 2 ? null : new StageComparison(
            workload, point,
            [.. used.Select(stage => new StageName(stage, names[stage]))],
            [.. rows.Select(row => row with { Means = [.. used.Select(stage => row.Means[stage])] })]);
    }

    /// <summary>The mean over the replications that have the band.</summary>
    private static StageRow? Row(RunSet runs, (string Workload, SweepPoint Point) where, string[] names, StageBand band, (int Index, string Name) variant)
    {
        StageSplit[] splits =
        [
            .. runs.At(variant.Name, where.Point).SelectMany(run => run.Latencies).Where(series => series.Name == where.Workload).Select(band.Of).OfType<StageSplit>(),
        ];
        return splits.Length == 0 ? null : new StageRow(band.Label, variant.Index, runs.NameOf(variant.Name), [.. names.Select(name => splits.Average(split => TimeIn(split, name)))]);
    }

    private static double TimeIn(StageSplit split, string name)
    {
        for (int i = 0; i < split.Stages.Count; i++)
        {
            if (split.Stages[i] == name)
            {
                return split.MeanPicoseconds[i];
            }
        }

        return 0;
    }
}

/// <summary>A stage by its place, which decides its colour, and its name.</summary>
/// <param name="Index">Place among all stages.</param>
/// <param name="Name">E.g. <c>kcryptd wait</c>.</param>
public sealed record StageName(int Index, string Name);

/// <summary>The bios of one band of one variant.</summary>
/// <param name="Band">E.g. <c>p99</c>.</param>
/// <param name="Variant">Place of the variant.</param>
/// <param name="Name">Name of the variant.</param>
/// <param name="Means">[ps] Mean time in each stage of the comparison; they add up to the mean latency of the band.</param>
public sealed record StageRow(string Band, int Variant, string Name, IReadOnlyList<double> Means)
{
    /// <summary>[ps] Mean latency of the band.</summary>
    public double Total => Means.Sum();
}
