using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Recording;

/// <summary>Time by stage of all bios of a workload, kept apart by the bucket of their latency: so that what the slow ones wait for can be told from what all wait for.</summary>
internal sealed class StageHistogram
{
    private const int FirstRows = 64;

    [NotState]
    private readonly ushort[] _rows = new ushort[LatencyHistogram.BucketCount];   // 1-based row of each bucket of the latency histogram, 0 for none yet
    [NotState]
    private long[] _sums = new long[FirstRows * BioStages.Count];                 // [ps] row by row
    [NotState]
    private int _used;                                                            // rows in use

    /// <summary>Bios so far.</summary>
    [field: NotState]
    public long Count { get; private set; }

    /// <summary>Takes the split of a bio; not one of another time than its latency, which only an instant left behind by another explored state can make.</summary>
    public void Record(Duration latency, in StageClock stages)
    {
        if (stages.Total == latency)
        {
            Count++;
            stages.AddTo(Row(LatencyHistogram.BucketOf(latency)));
        }
    }

    /// <summary>[ps] Time in each stage of the bios in the bucket of a latency.</summary>
    public ReadOnlySpan<long> At(Duration latency) => Row(LatencyHistogram.BucketOf(latency));

    private Span<long> Row(int bucket)
    {
        if (_rows[bucket] == 0)
        {
            _rows[bucket] = (ushort)++_used;
            if (_used * BioStages.Count > _sums.Length)
            {
                Array.Resize(ref _sums, _sums.Length * 2);
            }
        }

        return _sums.AsSpan((_rows[bucket] - 1) * BioStages.Count, BioStages.Count);
    }
}
