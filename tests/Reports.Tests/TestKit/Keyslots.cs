using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Records of a host with keyslots, made up for tests of reports only.</summary>
internal static class Keyslots
{
    public static IReadOnlyList<RunRecord> All { get; } =
        [Run("requeue", [900, 1500], [1000, 1700], 0.5), Run("park", [100, 250], [110, 1400], 1.0)];

    private static RunRecord Run(string variant, int[] plainUs, int[] hitUs, double busy) => new()
    {
        Version = "0.1.0",
        Identity = MadeUp.Identity("keyslot-starvation", variant, []),
        End = MadeUp.Completed(400_000_000, 1000),
        Metrics =
        [
            .. Times("file.latency", hitUs), .. Times("metadata.latency", plainUs),
            new("ufs0.keyslot.in_use.mean", 1.5m, ""), new("ufs0.keyslot.programs_per_second", 40, "/s"), new("ufs0.keyslot.waited.share", 0.25m, ""),
            .. Times("ufs0.latency.hit", hitUs), .. Times("ufs0.latency.plain", plainUs),
        ],
        Latencies = [Series("file", hitUs), Series("metadata", plainUs)],
        Steps = [Slots(busy)],
    };

    private static Metric[] Times(string name, int[] us) =>
        [new(name + ".min", us[0] * 500m, "ns"), new(name + ".p50", us[0] * 1000m, "ns"), new(name + ".p99", us[1] * 1000m, "ns")];

    private static LatencySeries Series(string name, int[] us) => new() { Name = name, Bins = Bins.Of(Enumerable.Range(0, 100).Select(i => (us[0] + (long)i) * 1_000_000)) };

    /// <summary>Both slots in use for a share of each microsecond, none in the rest of it.</summary>
    private static StepSeries Slots(double busy)
    {
        List<long> times = [0];
        List<long> values = [0];
        for (int i = 0; i < 400; i++)
        {
            times.Add((i * 1_000_000L) + 1);
            values.Add(2);
            if (busy < 1)
            {
                times.Add((i * 1_000_000L) + 1 + (long)(busy * 1_000_000));
                values.Add(0);
            }
        }

        return new StepSeries { Name = "ufs0.keyslots", Unit = "slots in use", Capacity = 2, TimesPicoseconds = times, Values = values };
    }
}
