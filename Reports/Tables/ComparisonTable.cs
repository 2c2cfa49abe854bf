using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>The variants side by side at one sweep point: what the terminal and the HTML report print.</summary>
/// <param name="Workload">Whose latencies the rows tell.</param>
/// <param name="Point">Where in the sweep.</param>
/// <param name="Variants">The columns; ratios are to the first.</param>
/// <param name="Rows">p50, p90, p99, p99.9, mean, max, IOPS, MiB/s, then utilisation and EBUSY count of the hardware.</param>
/// <param name="Replications">Runs behind each cell.</param>
public sealed record ComparisonTable(
    string Workload, SweepPoint Point, IReadOnlyList<string> Variants, IReadOnlyList<ComparisonRow> Rows, int Replications)
{
    private const int MostColumns = 6;

    /// <summary>Whether there are more variants than fit beside each other: each is then a row of its own, without ratios.</summary>
    public bool IsTall => Variants.Count > MostColumns;

    /// <summary>What is told of variants that are rows: no count that is 0 for all of them.</summary>
    public IEnumerable<ComparisonRow> TallRows => Rows.Where(row => row.Kind != ValueKind.Count || row.Cells.Any(cell => cell is { Mean: not 0 }));

    /// <summary>One table for each workload and sweep point of <paramref name="records"/>, points in the order of the sweep.</summary>
    public static IReadOnlyList<ComparisonTable> Build(IReadOnlyList<RunRecord> records)
    {
        var runs = new RunSet(records);
        return [.. from workload in runs.Workloads from point in runs.Points select Build(runs, workload, point)];
    }

    /// <summary>The table of <paramref name="workload"/> at <paramref name="point"/>.</summary>
    public static ComparisonTable Build(RunSet runs, string workload, SweepPoint point)
    {
        IReadOnlyList<RunRecord>[] columns = [.. runs.Variants.Select(variant => runs.At(variant, point))];
        IReadOnlyList<Measure> measures = Measure.All(workload, [.. columns.SelectMany(column => column)]);
        return new ComparisonTable(
            workload, point, [.. runs.Variants.Select(runs.NameOf)],
            [.. measures.Select(measure => Row(measure, columns))], columns.Max(column => column.Count));
    }

    private static ComparisonRow Row(Measure measure, IReadOnlyList<RunRecord>[] columns)
    {
        var cells = columns.Select(column => Cell(measure, column)).ToArray();
        var ratios = columns.Select((column, i) => i == 0 ? null : Ratio(measure, column, columns[0])).ToArray();
        return new ComparisonRow(measure.Label, measure.Kind, cells, ratios);
    }

    private static ConfidenceInterval? Cell(Measure measure, IReadOnlyList<RunRecord> column)
    {
        double[] values = [.. column.Select(measure.Of).OfType<double>()];
        return values.Length > 0 ? ConfidenceInterval.Of(values) : null;
    }

    /// <summary>Pairs the runs of both columns by replication. A run that did not complete has nothing to be compared with.</summary>
    private static ConfidenceInterval? Ratio(Measure measure, IReadOnlyList<RunRecord> column, IReadOnlyList<RunRecord> baseline)
    {
        if (column.Concat(baseline).Any(run => run.End.Ends != "completed"))
        {
            return null;
        }

        var pairs = column
            .Join(baseline, run => run.Identity.Replication, run => run.Identity.Replication, (run, other) => (Value: measure.Of(run), Baseline: measure.Of(other)))
            .Where(pair => pair.Value is not null && pair.Baseline is not null)
            .ToArray();
        return PairedRatio.Of([.. pairs.Select(pair => pair.Value!.Value)], [.. pairs.Select(pair => pair.Baseline!.Value)]);
    }
}

/// <summary>One row of the comparison.</summary>
/// <param name="Label">What was measured.</param>
/// <param name="Kind">How its values are written.</param>
/// <param name="Cells">Mean over the replications for each variant; null where nothing was measured.</param>
/// <param name="Ratios">Value of each variant over that of the first, with its paired 95 % interval; null for the first and where there is none.</param>
public sealed record ComparisonRow(string Label, ValueKind Kind, IReadOnlyList<ConfidenceInterval?> Cells, IReadOnlyList<ConfidenceInterval?> Ratios)
{
    /// <summary>The cell of column <paramref name="column"/> for people; a dash if there is nothing.</summary>
    public string CellText(int column) => Cells[column] is { } cell ? ValueText.Of(Kind, cell.Mean) : "–";

    /// <summary>Half the width of the cell's 95 % interval for people; empty if there is none.</summary>
    public string IntervalText(int column) =>
        Cells[column] is { HasInterval: true } cell ? "± " + ValueText.Of(Kind, (cell.High - cell.Low) / 2) : "";

    /// <summary>The ratio of column <paramref name="column"/> for people; a dash if there is none.</summary>
    public string RatioText(int column) => Ratios[column] is { } ratio ? ValueText.Ratio(ratio) : "–";
}
