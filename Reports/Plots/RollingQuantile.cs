using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots;

/// <summary>The 99th percentile of the latency over a window that moves along a run.</summary>
internal static class RollingQuantile
{
    private const int Least = 20;   // bios in a window; with fewer there is no 99th percentile to speak of

    /// <summary>[ps] The window for a run of length <paramref name="end"/> [ps]: a round length, about a fiftieth.</summary>
    public static double Window(double end)
    {
        double rough = end / 50;
        double power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(rough, 1))));
        return power * (rough / power < 2 ? 1 : rough / power < 5 ? 2 : 5);
    }

    /// <summary>Middle of each window [ps] and the percentile in it [ps]; windows follow each other at half their length.</summary>
    public static IEnumerable<(double X, double Y)> Of(IReadOnlyList<BioSample> bios, double end)
    {
        BioSample[] ordered = [.. bios.OrderBy(bio => bio.SubmittedPicoseconds)];
        double window = Window(end);
        int first = 0;
        int last = 0;
        for (double start = 0; start + window <= end; start += window / 2)
        {
            while (first < ordered.Length && ordered[first].SubmittedPicoseconds < start)
            {
                first++;
            }

            while (last < ordered.Length && ordered[last].SubmittedPicoseconds < start + window)
            {
                last++;
            }

            if (last - first >= Least)
            {
                double[] sorted = [.. ordered[first..last].Select(bio => (double)bio.LatencyPicoseconds).Order()];
                yield return (start + window / 2, Quantile.Of(sorted, 0.99).Value);
            }
        }
    }
}
