using System.Globalization;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>One row for each run: <c>variant, point, replication, ends, rule, virtual_ns, events, fingerprint</c>, then every metric of any run as a column.</summary>
/// <remarks>Metrics are in the unit of the record (durations in ns) and in ordinal order of their names; a run without a metric has an empty field.</remarks>
public static class SummaryCsv
{
    private static readonly string[] Fixed = ["variant", "point", "replication", "ends", "rule", "virtual_ns", "events", "fingerprint"];

    /// <summary>Writes the table of <paramref name="records"/> to <paramref name="stream"/>.</summary>
    public static void Write(IReadOnlyList<RunRecord> records, Stream stream, CancellationToken cancellation = default)
    {
        string[] metrics = [.. records.SelectMany(run => run.Metrics).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal)];
        CsvTable.Write(stream, [.. Fixed, .. metrics], records.Select(run => Row(run, metrics)), cancellation);
    }

    private static string[] Row(RunRecord run, string[] metrics)
    {
        var values = new Dictionary<string, decimal>();
        foreach (Metric metric in run.Metrics)
        {
            values[metric.Name] = metric.Value;
        }

        return
        [
            run.Identity.Variant, SweepPoint.Of(run).Label, CsvTable.Number(run.Identity.Replication),
            run.End.Ends, run.End.Rule ?? "", CsvTable.Nanoseconds(run.End.AtPicoseconds), CsvTable.Number(run.End.Events),
            ValueText.Fingerprint(run.End.Fingerprint),
            .. metrics.Select(name => values.TryGetValue(name, out decimal value) ? value.ToString(CultureInfo.InvariantCulture) : ""),
        ];
    }
}
