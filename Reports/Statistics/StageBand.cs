using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Statistics;

/// <summary>Which bios of a run are looked at when it is asked where their time went: all, or those around a percentile.</summary>
/// <param name="Label">What it is called: <c>mean</c> or e.g. <c>p99</c>.</param>
/// <param name="P">The percentile as a share; null for all bios.</param>
public sealed record StageBand(string Label, double? P)
{
    private const double Reach = 0.25;   // of the share beyond the percentile, to either side

    /// <summary>Every band that is shown.</summary>
    public static IReadOnlyList<StageBand> All { get; } =
        [new("mean", null), new("p50", 0.5), new("p90", 0.9), new("p99", 0.99), new("p99.9", 0.999)];

    /// <summary>The bios of the band and their mean times; null if the run did not measure stages, or has no bio beyond the percentile.</summary>
    public StageSplit? Of(LatencySeries series)
    {
        long count = series.Bins.Sum(bin => bin.Count);
        if (series.Stages is not { } stages || count == 0 || !IsSupported(count))
        {
            return null;
        }

        (int first, int last) = P is { } p ? Bins(series.Bins, count, p) : (0, series.Bins.Count - 1);
        Int128[] sums = new Int128[stages.Names.Count];
        long bios = 0;
        for (int bin = first; bin <= last; bin++)
        {
            bios += series.Bins[bin].Count;
            for (int stage = 0; stage < sums.Length; stage++)
            {
                sums[stage] += stages.At(bin, stage);
            }
        }

        return new StageSplit(stages.Names, Means(sums, bios), bios, series.Bins[first].LowPicoseconds, series.Bins[last].HighPicoseconds);
    }

    /// <summary>As in the table of latencies: above the median at least one bio must lie beyond.</summary>
    private bool IsSupported(long count) => P is not { } p || p <= 0.5 || count - Quantile.Rank(count, p) >= 1;

    /// <summary>The whole bins that hold the ranks of the band.</summary>
    private static (int First, int Last) Bins(IReadOnlyList<LatencyBin> bins, long count, double p)
    {
        double reach = Reach * (1 - p);
        return (BinOf(bins, Quantile.Rank(count, p - reach)), BinOf(bins, Quantile.Rank(count, p + reach)));
    }

    private static int BinOf(IReadOnlyList<LatencyBin> bins, long rank)
    {
        int bin = 0;
        for (long seen = bins[0].Count; seen < rank; seen += bins[bin].Count)
        {
            bin++;
        }

        return bin;
    }

    /// <summary>Means in whole picoseconds that add up to the mean of the latencies: differences of rounded sums.</summary>
    private static long[] Means(Int128[] sums, long bios)
    {
        long[] means = new long[sums.Length];
        (Int128 sum, long before) = (0, 0);
        for (int i = 0; i < sums.Length; i++)
        {
            sum += sums[i];
            long rounded = (long)((sum + (bios / 2)) / bios);
            (means[i], before) = (rounded - before, rounded);
        }

        return means;
    }
}

/// <summary>Where the time of some bios of one run went.</summary>
/// <param name="Stages">Names of the stages, in the order in which a bio goes through them.</param>
/// <param name="MeanPicoseconds">[ps] Mean time in each; they add up to the mean latency.</param>
/// <param name="Bios">How many bios.</param>
/// <param name="LowPicoseconds">[ps] Lower bound of their latencies, included.</param>
/// <param name="HighPicoseconds">[ps] Upper bound of their latencies, excluded.</param>
public sealed record StageSplit(IReadOnlyList<string> Stages, IReadOnlyList<long> MeanPicoseconds, long Bios, long LowPicoseconds, long HighPicoseconds)
{
    /// <summary>[ps] Mean latency.</summary>
    public long TotalPicoseconds => MeanPicoseconds.Sum();
}
