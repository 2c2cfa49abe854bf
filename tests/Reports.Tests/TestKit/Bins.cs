using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Latencies as a histogram with 128 bins for each octave, as runs keep them.</summary>
internal static class Bins
{
    public static IReadOnlyList<LatencyBin> Of(IEnumerable<long> latencies) =>
        [.. latencies.GroupBy(Low).OrderBy(group => group.Key).Select(group => new LatencyBin(group.Key, group.Key + Width(group.Key), group.Count()))];

    private static long Width(long value)
    {
        int shift = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(value, 1)) - 7;
        return shift <= 0 ? 1 : 1L << shift;
    }

    private static long Low(long value) => value / Width(value) * Width(value);
}
