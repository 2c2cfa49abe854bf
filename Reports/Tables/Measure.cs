using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tables;

/// <summary>One thing that is measured in every run: a row of the comparison, a line of a curve.</summary>
/// <param name="Label">What it is called, e.g. <c>p99</c>.</param>
/// <param name="Kind">How it is written.</param>
/// <param name="Of">Its value in one run; null if the run has none.</param>
public sealed record Measure(string Label, ValueKind Kind, Func<RunRecord, double?> Of)
{
    private const int FewestBeyond = 1;   // bios beyond a percentile in one replication

    private static readonly double[] Percentiles = [0.5, 0.9, 0.99, 0.999];

    /// <summary>The rows of the comparison of <paramref name="workload"/>: those of the workload, then those of the hardware that <paramref name="records"/> have.</summary>
    public static IReadOnlyList<Measure> All(string workload, IReadOnlyList<RunRecord> records)
    {
        Measure[] percentiles = [.. Percentiles.Select(p => Percentile(workload, p))];
        var measures = new List<Measure>();
        measures.Add(Latency(workload, "mean", distribution => distribution.Mean));
        measures.Add(Latency(workload, "max", distribution => distribution.Max));
        measures.Add(Iops(workload));
        measures.Add(new Measure("MiB/s", ValueKind.Bandwidth, run => Value(run, workload + ".bandwidth") ?? Value(run, workload + ".throughput")));
        measures.AddRange(Hardware(records));
        return [.. percentiles, .. measures.Where(measure => records.Any(run => measure.Of(run) is not null))];
    }

    /// <summary>A percentile of the latency of <paramref name="workload"/>, e.g. <c>p99.9</c>; none in a run with no bio beyond it.</summary>
    public static Measure Percentile(string workload, double p)
    {
        string label = "p" + (p * 100).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
        Measure measure = Latency(workload, label, distribution => distribution.ValueAt(p));
        return measure with { Of = run => IsSupported(run, workload, p) ? measure.Of(run) : null };
    }

    /// <summary>Whether a run finished enough bios for a percentile above the median: at least one must lie beyond it.</summary>
    /// <remarks>A run without a histogram is believed.</remarks>
    private static bool IsSupported(RunRecord run, string workload, double p)
    {
        LatencySeries? series = run.Latencies.FirstOrDefault(series => series.Name == workload);
        if (p <= 0.5 || series is not { Bins.Count: > 0 })
        {
            return true;
        }

        long count = LatencyDistribution.Of(series).Count;
        return count - Quantile.Rank(count, p) >= FewestBeyond;
    }

    /// <summary>Bios finished per second.</summary>
    public static Measure Iops(string workload) => new("IOPS", ValueKind.Rate, run => Value(run, workload + ".iops"));

    /// <summary>The metric called <paramref name="name"/>; null if the run has none.</summary>
    public static double? Value(RunRecord run, string name)
    {
        string wanted = Plain(name);
        foreach (Metric metric in run.Metrics)
        {
            if (metric.Name == name || Plain(metric.Name) == wanted)
            {
                return (double)metric.Value;
            }
        }

        return null;
    }

    private static Measure Latency(string workload, string label, Func<LatencyDistribution, double> fallback) => new(label, ValueKind.Duration, run =>
    {
        if (Value(run, $"{workload}.latency.{label}") is { } nanoseconds)
        {
            return nanoseconds * 1000;
        }

        LatencySeries? series = run.Latencies.FirstOrDefault(series => series.Name == workload);
        return series is { Bins.Count: > 0 } ? fallback(LatencyDistribution.Of(series)) : null;
    });

    /// <summary>Utilisation of each part, how often each answered EBUSY, and how hosts with keyslots fare.</summary>
    public static IEnumerable<Measure> Hardware(IReadOnlyList<RunRecord> records)
    {
        string[] names = [.. records.SelectMany(run => run.Metrics).Select(metric => metric.Name).Distinct()];
        foreach (string name in names.Where(name => name.EndsWith(".utilization", StringComparison.Ordinal)))
        {
            yield return new Measure(name[..^".utilization".Length] + " utilization", ValueKind.Share, run => Value(run, name));
        }

        // The total over all parts says nothing when there is one part, or when nobody asks the crypto API.
        bool isAsked = records.Any(run => Value(run, "crypto.requests") is not 0);
        string[] busy = [.. names.Where(name => name.EndsWith(".ebusy", StringComparison.OrdinalIgnoreCase) && (isAsked || name != "crypto.ebusy"))];
        foreach (string name in busy.Where(name => busy.Length > 2 || name != "crypto.ebusy" || busy.Length == 1))
        {
            yield return new Measure(name[..^".ebusy".Length] + " EBUSY", ValueKind.Count, run => Value(run, name));
        }

        const string InUse = ".keyslot.in_use.mean";   // blk_crypto_fallback has slots too, but is no device
        foreach (string host in names.Where(name => name.EndsWith(InUse, StringComparison.Ordinal)).Select(name => name[..^InUse.Length]).Where(host => names.Contains(host + ".in_flight.mean")))
        {
            string slots = host + ".keyslot";
            yield return new Measure(host + " waits for a slot", ValueKind.Share, run => Value(run, slots + ".waited.share"));
            yield return new Measure(host + " programs per second", ValueKind.Rate, run => Value(run, slots + ".programs_per_second"));
        }
    }

    /// <summary>A metric name without the separators that may stand inside <c>p99.9</c>.</summary>
    private static string Plain(string name)
    {
        int percentile = name.LastIndexOf(".p9", StringComparison.Ordinal);
        return percentile < 0 ? name : name[..percentile] + name[percentile..].Replace(".", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
    }
}
