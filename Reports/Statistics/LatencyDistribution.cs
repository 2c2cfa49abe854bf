using System.Runtime.CompilerServices;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Statistics;

/// <summary>Latencies as counts in narrow bins (at most 0.78 % wide), from one run or pooled over several.</summary>
public sealed class LatencyDistribution
{
    private static readonly ConditionalWeakTable<LatencySeries, LatencyDistribution> Known = [];

    private readonly LatencyBin[] _bins;   // ascending
    private readonly long[] _upTo;         // bios in this bin and all below

    private LatencyDistribution(LatencyBin[] bins)
    {
        _bins = bins;
        _upTo = new long[bins.Length];
        for (int i = 0; i < bins.Length; i++)
        {
            _upTo[i] = checked((i > 0 ? _upTo[i - 1] : 0) + bins[i].Count);
        }
    }

    /// <summary>Bios.</summary>
    public long Count => _upTo.Length == 0 ? 0 : _upTo[^1];

    /// <summary>Bins that hold at least one bio, ascending.</summary>
    public IReadOnlyList<LatencyBin> Bins => _bins;

    /// <summary>The latencies of one series; looked up when they were asked for before.</summary>
    public static LatencyDistribution Of(LatencySeries series) => Known.GetValue(series, one => new LatencyDistribution([.. one.Bins]));

    /// <summary>Pools <paramref name="series"/>, e.g. the replications of one variant.</summary>
    public static LatencyDistribution Pool(IEnumerable<LatencySeries> series)
    {
        var counts = new SortedDictionary<(long Low, long High), long>();
        foreach (LatencyBin bin in series.SelectMany(one => one.Bins))
        {
            (long, long) key = (bin.LowPicoseconds, bin.HighPicoseconds);
            counts[key] = checked(counts.GetValueOrDefault(key) + bin.Count);
        }

        return new LatencyDistribution([.. counts.Select(pair => new LatencyBin(pair.Key.Low, pair.Key.High, pair.Value))]);
    }

    /// <summary>[ps] The latency of the bio with rank ceil(n p), known to half a bin (0.39 %).</summary>
    /// <param name="p">Share, inside 0..1.</param>
    public double ValueAt(double p) => AtRank(Quantile.Rank(Count, p));

    /// <summary>The quantile with its 95 % interval by order statistics.</summary>
    public Quantile QuantileAt(double p)
    {
        (long low, long high) = Quantile.IntervalRanks(Count, p);
        return new Quantile(ValueAt(p), low >= 1 ? AtRank(low) : null, high <= Count ? AtRank(high) : null);
    }

    /// <summary>[ps] Mean of the bins' middles.</summary>
    public double Mean => Count == 0 ? 0 : _bins.Sum(bin => Middle(bin) * bin.Count) / Count;

    /// <summary>[ps] Middle of the lowest bin.</summary>
    public double Min => _bins.Length == 0 ? 0 : Middle(_bins[0]);

    /// <summary>[ps] Middle of the highest bin.</summary>
    public double Max => _bins.Length == 0 ? 0 : Middle(_bins[^1]);

    /// <summary>Steps of the cumulative distribution, at most about <paramref name="limit"/>: latency [ps] and the share of bios at or below it.</summary>
    /// <remarks>A step is dropped only when neither its latency nor its share would move a line by more than 1/<paramref name="limit"/> of the plot.</remarks>
    public IReadOnlyList<(double Latency, double Share)> Steps(int limit = 500)
    {
        var steps = new List<(double Latency, double Share)>();
        double decades = Math.Max(1e-9, Math.Log10(Math.Max(Max, 1)) - Math.Log10(Math.Max(Min, 1)));
        for (int i = 0; i < _bins.Length; i++)
        {
            (double latency, double share) = (Middle(_bins[i]), (double)_upTo[i] / Count);
            bool keep = i == 0 || i == _bins.Length - 1
                || share - steps[^1].Share > 1.0 / limit
                || Math.Log10(latency / steps[^1].Latency) > decades / limit
                || Nines(share) - Nines(steps[^1].Share) > 5.0 / limit;
            if (keep)
            {
                steps.Add((latency, share));
            }
        }

        return steps;
    }

    private static double Nines(double share) => share >= 1 ? 20 : -Math.Log10(1 - share);

    private double AtRank(long rank)
    {
        int index = Array.BinarySearch(_upTo, rank);
        return Middle(_bins[index >= 0 ? index : ~index]);
    }

    private static double Middle(LatencyBin bin) => (bin.LowPicoseconds + (bin.HighPicoseconds - 1)) / 2.0;
}
