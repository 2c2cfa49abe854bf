using System.Numerics;

namespace CryptoSim.Simulator;

/// <summary>
/// Lengths of time in logarithmic buckets, 128 to each doubling: any quantile within 0.39 % of the value that was
/// recorded, from 1 ps to 106 days, in 59 KiB that are allocated once. Histograms of the same kind can be added.
/// </summary>
public sealed class LatencyHistogram : IResettable
{
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;

    /// <summary>Buckets that there are.</summary>
    public const int BucketCount = (63 - SubBits + 1) * SubBuckets;

    private readonly long[] _counts = new long[BucketCount];
    private Int128 _sum;

    /// <summary>Values so far.</summary>
    public long Count { get; private set; }

    /// <summary>The least value, exact; zero when there is none.</summary>
    public Duration Min { get; private set; }

    /// <summary>The greatest value, exact; zero when there is none.</summary>
    public Duration Max { get; private set; }

    /// <summary>The mean [ps], from the exact sum; 0 when there is none.</summary>
    public double MeanPicoseconds => Count == 0 ? 0.0 : (double)_sum / Count;

    /// <summary>Takes a length in [0..].</summary>
    public void Record(Duration value)
    {
        long picoseconds = value.Picoseconds;
        _counts[BucketOf(value)]++;
        _sum += picoseconds;
        Min = Count == 0 || value < Min ? value : Min;
        Max = value > Max ? value : Max;
        Count++;
    }

    /// <summary>Takes in everything another histogram holds.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        if (other.Count > 0)
        {
            Min = Count == 0 || other.Min < Min ? other.Min : Min;
            Max = other.Max > Max ? other.Max : Max;
        }

        _sum += other._sum;
        Count += other.Count;
    }

    /// <summary>The value that a share of all values does not exceed, within half a bucket; exact at the ends.</summary>
    /// <param name="share">[0..1], e.g. 0.99 for p99.</param>
    public Duration Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1.0);
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        if (Count == 0 || rank >= Count)
        {
            return Max;
        }

        long seen = 0;
        int bucket = 0;
        while ((seen += _counts[bucket]) < rank)
        {
            bucket++;
        }

        return new Duration(Math.Clamp(Middle(bucket), Min.Picoseconds, Max.Picoseconds));
    }

    /// <summary>The buckets that hold something, ascending: from (included), to (excluded), count.</summary>
    public IEnumerable<(Duration From, Duration To, long Count)> Buckets()
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] > 0)
            {
                yield return (new Duration(From(i)), new Duration(From(i) + Width(i)), _counts[i]);
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_counts);
        _sum = 0;
        Count = 0;
        Min = Max = Duration.Zero;
    }

    /// <summary>The 0-based bucket that a length falls into, ascending with it.</summary>
    /// <param name="value">In [0..].</param>
    public static int BucketOf(Duration value)
    {
        long picoseconds = value.Picoseconds;
        ArgumentOutOfRangeException.ThrowIfNegative(picoseconds);
        int shift = Math.Max(0, BitOperations.Log2((ulong)picoseconds) - SubBits);
        return unchecked((shift << SubBits) + (int)(picoseconds >> shift));
    }

    private static int ShiftOf(int bucket) => Math.Max(0, (bucket >> SubBits) - 1);

    private static long From(int bucket)
    {
        int shift = ShiftOf(bucket);
        return (long)(bucket - (shift << SubBits)) << shift;
    }

    private static long Width(int bucket) => 1L << ShiftOf(bucket);

    private static long Middle(int bucket) => From(bucket) + Width(bucket) / 2;
}
