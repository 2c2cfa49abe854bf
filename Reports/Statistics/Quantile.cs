using MathNet.Numerics.Distributions;

namespace CryptoSim.Reports.Statistics;

/// <summary>The value below which a share of a sample lies, and between which order statistics the true one lies with 95 %.</summary>
/// <param name="Value">The sample's order statistic with rank ceil(n p): a value that was observed, never a mixture of two.</param>
/// <param name="Low">Lower end of the 95 % interval; null if the sample is too small to have one.</param>
/// <param name="High">Upper end of the 95 % interval; null if the sample is too small to have one.</param>
public readonly record struct Quantile(double Value, double? Low, double? High)
{
    /// <summary>Of samples in ascending order.</summary>
    /// <param name="sorted">At least one, ascending, independent of each other (bios of one run are not quite: see docs/statistics.md).</param>
    /// <param name="p">Share, inside 0..1.</param>
    public static Quantile Of(IReadOnlyList<double> sorted, double p)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Count, nameof(sorted));
        (long low, long high) = IntervalRanks(sorted.Count, p);
        return new Quantile(
            sorted[(int)Rank(sorted.Count, p) - 1],
            low >= 1 ? sorted[(int)low - 1] : null,
            high <= sorted.Count ? sorted[(int)high - 1] : null);
    }

    /// <summary>1-based rank of the order statistic that is the quantile <paramref name="p"/> of <paramref name="count"/> samples.</summary>
    public static long Rank(long count, double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);

        // 0.99 * 100 is not exactly 99: a rank that is whole up to rounding is that rank.
        double position = count * p;
        double nearest = Math.Round(position);
        double rank = Math.Abs(position - nearest) < 1e-9 * count ? nearest : Math.Ceiling(position);
        return Math.Clamp((long)rank, 1, count);
    }

    /// <summary>Ranks between which the true quantile lies with at least 95 %; 0 or count + 1 where there is no such rank.</summary>
    /// <remarks>The number of samples below the true quantile is binomial; a normal stands in for it when its variance is above 1000.</remarks>
    public static (long Low, long High) IntervalRanks(long count, double p)
    {
        double tail = (1 - ConfidenceInterval.Level) / 2;
        double variance = count * p * (1 - p);
        if (variance > 1000)
        {
            double reach = Normal.InvCDF(0, 1, 1 - tail) * Math.Sqrt(variance);
            return ((long)Math.Floor(count * p - reach), (long)Math.Ceiling(count * p + reach) + 1);
        }

        long low = First(count, k => Below(count, p, k) > tail);
        long high = First(count, k => Below(count, p, k) >= 1 - tail) + 1;
        return (low, high);
    }

    /// <summary>Chance that at most <paramref name="k"/> of the samples lie below the true quantile.</summary>
    private static double Below(long count, double p, long k) => k >= count ? 1 : Binomial.CDF(p, checked((int)count), k);

    private static long First(long count, Func<long, bool> holds)
    {
        long low = 0;
        long high = count;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
