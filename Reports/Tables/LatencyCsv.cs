using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>One row for each bio where a run kept all of them, otherwise one for each histogram bin.</summary>
/// <remarks>
/// <c>variant, point, replication, workload</c>, then <c>kind</c>: a <c>bio</c> has <c>submitted_ns, latency_ns, bytes, op</c> (read or write) and <c>count</c> 1;
/// a <c>bin</c> has <c>low_ns</c> (inclusive), <c>high_ns</c> (exclusive) and <c>count</c>.
/// </remarks>
public static class LatencyCsv
{
    private static readonly string[] Header =
        ["variant", "point", "replication", "workload", "kind", "submitted_ns", "latency_ns", "bytes", "op", "low_ns", "high_ns", "count"];

    /// <summary>Writes the table of <paramref name="records"/> to <paramref name="stream"/>.</summary>
    public static void Write(IReadOnlyList<RunRecord> records, Stream stream, CancellationToken cancellation = default) =>
        CsvTable.Write(stream, Header, records.SelectMany(run => run.Latencies.SelectMany(series => Rows(run, series))), cancellation);

    private static IEnumerable<string[]> Rows(RunRecord run, LatencySeries series)
    {
        string[] start = [run.Identity.Variant, SweepPoint.Of(run).Label, CsvTable.Number(run.Identity.Replication), series.Name];
        bool everyBio = series.BiosOmitted == 0 && series.Bios.Count > 0;
        return everyBio ? series.Bios.Select(bio => Bio(start, bio)) : series.Bins.Select(bin => Bin(start, bin));
    }

    private static string[] Bio(string[] start, BioSample bio) =>
    [
        .. start, "bio", CsvTable.Nanoseconds(bio.SubmittedPicoseconds), CsvTable.Nanoseconds(bio.LatencyPicoseconds),
        CsvTable.Number(bio.Bytes), bio.Write ? "write" : "read", "", "", "1",
    ];

    private static string[] Bin(string[] start, LatencyBin bin) =>
        [.. start, "bin", "", "", "", "", CsvTable.Nanoseconds(bin.LowPicoseconds), CsvTable.Nanoseconds(bin.HighPicoseconds), CsvTable.Number(bin.Count)];
}
