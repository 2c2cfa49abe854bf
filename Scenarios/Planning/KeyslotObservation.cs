using CryptoSim.Models;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Planning;

/// <summary>What one run of a point showed.</summary>
/// <param name="Ends">How it ended; what is measured of a run that did not complete says nothing.</param>
/// <param name="Message">Why, if it did not complete.</param>
/// <param name="NoSlot">[1] <see cref="KeyslotFigure.NoSlot"/>.</param>
/// <param name="Programs">[1/s] Keys programmed.</param>
/// <param name="Plain">Latency of the unencrypted I/O.</param>
/// <param name="Encrypted">Latency of the encrypted I/O.</param>
/// <param name="EncryptedIops">[1/s] Encrypted I/Os that end.</param>
/// <param name="Ios">I/Os that ended.</param>
internal sealed record KeyslotObservation(
    string Ends, string? Message, double NoSlot, double Programs, PooledLatency Plain, PooledLatency Encrypted, double EncryptedIops, long Ios)
{
    private const string Fallback = "blk_crypto_fallback";   // what its metrics begin with

    /// <summary>From the metrics of a run.</summary>
    public static KeyslotObservation Of(MachineResult result, KeyslotScene scene)
    {
        Dictionary<string, double> metrics = result.Metrics.ToDictionary(metric => metric.Name, metric => (double)metric.Value, StringComparer.Ordinal);
        double Of(string name) => metrics.GetValueOrDefault(name);
        return new KeyslotObservation(
            result.End.Ends,
            result.End.Message,
            ShareWithoutSlot(metrics, scene.Host),
            Of(scene.Host + ".keyslot.programs_per_second"),
            PooledLatency.Of(result, scene.Plain),
            PooledLatency.Of(result, scene.Encrypted),
            scene.Encrypted.Sum(job => Of(job + ".iops")),
            (long)scene.Encrypted.Concat(scene.Plain).Sum(job => Of(job + ".ios")));
    }

    /// <summary>Those who waited for a slot or, where none waits, whom the CPU served instead.</summary>
    private static double ShareWithoutSlot(Dictionary<string, double> metrics, string host)
    {
        double waited = metrics.GetValueOrDefault(host + ".keyslot.waited.share");
        if (!metrics.ContainsKey(host + ".keyslot.exhausted"))   // not under fallback
        {
            return waited;
        }

        double claims = metrics.GetValueOrDefault(host + ".keyslot.hits") + metrics.GetValueOrDefault(host + ".keyslot.misses");
        double byCpu = metrics.GetValueOrDefault(Fallback + ".reads") + metrics.GetValueOrDefault(Fallback + ".writes");
        return byCpu + claims == 0 ? 0 : (byCpu + (waited * claims)) / (byCpu + claims);
    }

    /// <summary>Of a run whose model threw.</summary>
    public static KeyslotObservation Failed(string message) => new("fault", message, 0, 0, default, default, 0, 0);

    /// <summary>A figure of this run.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="baseline">The same replication of the same traffic where no keyslots are needed.</param>
    public double Value(KeyslotFigure figure, KeyslotObservation baseline) => figure switch
    {
        KeyslotFigure.NoSlot => NoSlot,
        KeyslotFigure.Programs => Programs,
        KeyslotFigure.PlainP50 => Plain.P50,
        KeyslotFigure.PlainP99 => Plain.P99,
        KeyslotFigure.PlainAdded => Plain.Mean - baseline.Plain.Mean,
        KeyslotFigure.EncryptedP99 => Encrypted.P99,
        KeyslotFigure.EncryptedAdded => Encrypted.Mean - baseline.Encrypted.Mean,
        KeyslotFigure.EncryptedIops => EncryptedIops,
        _ => baseline.EncryptedIops == 0 ? 0 : 1 - (EncryptedIops / baseline.EncryptedIops),
    };
}

/// <summary>The latency of the I/O of several jobs together.</summary>
/// <param name="Mean">[ps]</param>
/// <param name="P50">[ps]</param>
/// <param name="P99">[ps]</param>
internal readonly record struct PooledLatency(double Mean, double P50, double P99)
{
    /// <summary>Of the jobs of these names; all zero if they did no I/O.</summary>
    public static PooledLatency Of(MachineResult result, IReadOnlyList<string> jobs)
    {
        LatencyBin[] bins = [.. result.Latencies.Where(series => jobs.Contains(series.Name)).SelectMany(series => series.Bins).OrderBy(bin => bin.LowPicoseconds)];
        return new PooledLatency(MeanOf(result, jobs), Quantile(bins, 0.5), Quantile(bins, 0.99));
    }

    /// <summary>Exact: each job's mean, weighed by its I/Os.</summary>
    private static double MeanOf(MachineResult result, IReadOnlyList<string> jobs)
    {
        double Metric(string name) => (double)(result.Metrics.FirstOrDefault(metric => metric.Name == name)?.Value ?? 0);
        double ios = jobs.Sum(job => Metric(job + ".ios"));
        return ios == 0 ? 0 : 1000 * jobs.Sum(job => Metric(job + ".ios") * Metric(job + ".latency.mean")) / ios;
    }

    /// <summary>The middle of the bin that a share of all values does not go beyond: within 0.39 % of the value.</summary>
    private static double Quantile(LatencyBin[] bins, double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * bins.Sum(bin => bin.Count)));
        long seen = 0;
        foreach (LatencyBin bin in bins)
        {
            seen += bin.Count;
            if (seen >= rank)
            {
                return bin.LowPicoseconds + ((bin.HighPicoseconds - bin.LowPicoseconds) / 2.0);
            }
        }

        return 0;
    }
}
