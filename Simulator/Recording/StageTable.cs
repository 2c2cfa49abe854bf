namespace CryptoSim.Simulator.Recording;

/// <summary>Time of bios by stage, for each bin of a <see cref="LatencySeries"/>.</summary>
public sealed record StageTable
{
    /// <summary>What the stages are called, in the order in which a bio goes through them, e.g. <c>kcryptd wait</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>[ps] Time of all bios of a bin in a stage: stage by stage of the first bin, then of the next. Those of a bin add up to the latencies of its bios.</summary>
    public required IReadOnlyList<long> SumsPicoseconds { get; init; }

    /// <summary>[ps] Time of the bios of a bin in a stage.</summary>
    /// <param name="bin">0-based place of the bin.</param>
    /// <param name="stage">0-based place of the stage.</param>
    public long At(int bin, int stage) => SumsPicoseconds[(bin * Names.Count) + stage];

    /// <summary>Whether every stage has a name of its own, there is a row for each bin, and its times are what the latencies of the bin's bios can add up to.</summary>
    internal bool AddsUpTo(IReadOnlyList<LatencyBin> bins)
    {
        if (SumsPicoseconds.Count != (long)bins.Count * Names.Count || Names.Distinct().Count() < Names.Count)
        {
            return false;
        }

        for (int bin = 0; bin < bins.Count; bin++)
        {
            Int128 sum = 0;
            for (int stage = 0; stage < Names.Count; stage++)
            {
                sum += At(bin, stage);
                if (At(bin, stage) < 0)
                {
                    return false;
                }
            }

            if (sum < (Int128)bins[bin].LowPicoseconds * bins[bin].Count || sum > (Int128)(bins[bin].HighPicoseconds - 1) * bins[bin].Count)
            {
                return false;
            }
        }

        return true;
    }
}
