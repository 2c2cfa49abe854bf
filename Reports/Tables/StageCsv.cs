using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>Where the time went: one row for each run, workload and band of latencies.</summary>
/// <remarks>
/// <c>variant, point, replication, workload, band</c> (<c>mean</c>, <c>p50</c> ...), <c>bios</c> in the band, <c>low_ns</c> (inclusive) and <c>high_ns</c>
/// (exclusive) of their latencies, <c>latency_ns</c>, their mean, then the mean time in each stage, e.g. <c>kcryptd_wait_ns</c>. The stages add up to the latency exactly.
/// </remarks>
public static class StageCsv
{
    private static readonly string[] Fixed = ["variant", "point", "replication", "workload", "band", "bios", "low_ns", "high_ns", "latency_ns"];

    /// <summary>Whether any run measured stages.</summary>
    public static bool HasRows(IReadOnlyList<RunRecord> records) => Names(records).Length > 0;

    /// <summary>Writes the table of <paramref name="records"/> to <paramref name="stream"/>.</summary>
    public static void Write(IReadOnlyList<RunRecord> records, Stream stream, CancellationToken cancellation = default)
    {
        string[] names = Names(records);
        IEnumerable<string[]> rows = from run in records from series in run.Latencies from band in StageBand.All let split = band.Of(series) where split is not null select Row(run, series, band, split, names);
        CsvTable.Write(stream, [.. Fixed, .. names.Select(name => name.Replace(' ', '_').Replace('-', '_') + "_ns")], rows, cancellation);
    }

    private static string[] Names(IReadOnlyList<RunRecord> records) =>
        [.. records.SelectMany(run => run.Latencies).SelectMany(series => series.Stages?.Names ?? []).Distinct()];

    private static string[] Row(RunRecord run, LatencySeries series, StageBand band, StageSplit split, string[] names)
    {
        Dictionary<string, long> means = split.Stages.Zip(split.MeanPicoseconds).ToDictionary(pair => pair.First, pair => pair.Second);
        return
        [
            run.Identity.Variant, SweepPoint.Of(run).Label, CsvTable.Number(run.Identity.Replication), series.Name, band.Label, CsvTable.Number(split.Bios),
            CsvTable.Nanoseconds(split.LowPicoseconds), CsvTable.Nanoseconds(split.HighPicoseconds), CsvTable.Nanoseconds(split.TotalPicoseconds),
            .. names.Select(name => means.TryGetValue(name, out long mean) ? CsvTable.Nanoseconds(mean) : ""),
        ];
    }
}
