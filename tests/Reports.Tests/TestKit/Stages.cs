using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Made-up splits of bios by stage: what is longer than usual waits for the ring, and every one adds up.</summary>
internal static class Stages
{
    public static readonly string[] Names = ["map", "kcryptd wait", "conversion", "ring wait", "engine", "interrupt", "wake-up", "writer", "device"];

    public static StageTable Of(IEnumerable<BioSample> bios, bool wakes)
    {
        IEnumerable<IGrouping<LatencyBin, BioSample>> bins = bios.GroupBy(bio => Bins.Of([bio.LatencyPicoseconds])[0] with { Count = 1 }).OrderBy(bin => bin.Key.LowPicoseconds);
        return new StageTable { Names = Names, SumsPicoseconds = [.. bins.SelectMany(bin => Sums(bin, wakes))] };
    }

    private static long[] Sums(IEnumerable<BioSample> bios, bool wakes)
    {
        long[] sums = new long[Names.Length];
        foreach (long latency in bios.Select(bio => bio.LatencyPicoseconds))
        {
            long[] usual = [0, 5_000_000, 3_000_000, 0, 4_000_000, 2_000_000, wakes ? 20_000_000 : 0, 5_000_000, 4_000_000];
            double scale = Math.Min(1, latency / (double)usual.Sum());
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += (long)(usual[i] * scale);
            }

            sums[3] += latency - usual.Sum(time => (long)(time * scale));
        }

        return sums;
    }
}
