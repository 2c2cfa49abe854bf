using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Records with made-up but plausible content, for tests of reports only.</summary>
internal static class MadeUp
{
    public static readonly string[] Variants = ["revert", "wait-every-request"];
    public static readonly int[] Depths = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>revert and wait-every-request over iodepth 1..64 with <paramref name="replications"/> replications.</summary>
    public static IReadOnlyList<RunRecord> Sweep(int replications = 10, int bios = 1000) =>
        [.. from variant in Variants from depth in Depths from replication in Enumerable.Range(0, replications) select Run(variant, depth, replication, bios)];

    /// <summary>One variant pair at one depth, many bios of three sizes.</summary>
    public static IReadOnlyList<RunRecord> Pair(int bios = 20_000) =>
        [.. Variants.Select(variant => Run(variant, 32, 0, bios, mixed: true) with { Identity = Identity("revert-vs-wait-every-request", variant, []) })];

    public static RunRecord Run(string variant, int depth, int replication, int bios, bool mixed = false)
    {
        bool wait = variant != "revert";
        var random = new Lcg((ulong)(depth * 1000 + replication + 17));
        BioSample[] samples = Samples(random, wait, depth, bios, mixed);
        long end = samples.Max(bio => bio.SubmittedPicoseconds + bio.LatencyPicoseconds);
        double seconds = end / 1e12;
        double utilization = Math.Min(0.97, (wait ? 0.06 : 0.35) * Math.Sqrt(depth));
        return new RunRecord
        {
            Version = "0.1.0",
            Identity = Identity("revert-vs-wait-every-request", variant, [new("randwrite.iodepth", $"{depth}")], replication),
            End = Completed(end, 61_000L * depth + replication),
            Metrics =
            [
                new("jr0.ebusy", wait ? 0 : depth * 12 + replication, ""),
                new("jr0.utilization", (decimal)Math.Round(utilization, 4), ""),
                new("randwrite.bandwidth", (decimal)Math.Round(samples.Sum(bio => (double)bio.Bytes) / seconds), "B/s"),
                new("randwrite.iops", (decimal)Math.Round(bios / seconds, 1), "/s"),
                new("randwrite.latency.p99", samples.Select(bio => bio.LatencyPicoseconds).Order().ElementAt((int)(bios * 0.99) - 1) / 1000m, "ns"),
            ],
            Latencies =
            [
                new LatencySeries
                {
                    Name = "randwrite",
                    Bins = Bins.Of(samples.Select(bio => bio.LatencyPicoseconds)),
                    Bios = replication == 0 ? samples : [],
                    BiosOmitted = replication == 0 ? 0 : bios,
                    Stages = Stages.Of(samples, wait),
                },
            ],
            Steps = replication == 0 ? [Ring(random, wait, end)] : [],
        };
    }

    public static RunIdentity Identity(string scenario, string variant, IReadOnlyList<KeyValuePair<string, string>> point, int replication = 0) => new()
    {
        Scenario = scenario,
        About = scenario == "caam-deadlock"
            ? "A driver that reports a request as backlogged and drops it hangs dm-crypt."
            : "Latency and throughput of dm-crypt before and after the revert, by queue depth.",
        Path = $"Scenarios/Library/{scenario}.yaml",
        Sha256 = "3f9c5a1d0b7e4f62981c5d3a77b0e64f3c2a19d8e5b4760f1a2b3c4d5e6fc0a1",
        Resolved = $"scenario: {scenario}\n",
        Variant = variant,
        Point = point,
        Replication = replication,
        Seed = 20150505,
    };

    public static RunEnd Completed(long at, long events) => new()
    {
        Ends = "completed",
        AtPicoseconds = at,
        Events = events,
        Fingerprint = unchecked((ulong)at * 0x9E3779B97F4A7C15UL),
    };

    private static BioSample[] Samples(Lcg random, bool wait, int depth, int bios, bool mixed)
    {
        int[] sizes = mixed ? [4096, 16384, 65536] : [4096];
        var samples = new BioSample[bios];
        double now = 0;
        for (int i = 0; i < bios; i++)
        {
            now += random.Exponential(6e8);
            int size = sizes[(int)(random.Unit() * sizes.Length * 0.999)];
            double units = size / 4096.0;
            double queue = random.Unit() < 0.25 ? random.Exponential(60e6 * Math.Sqrt(depth)) : 0;
            double latency = wait
                ? 90e6 * units + queue * 6 + random.LogNormal(20e6, 0.5)
                : 24e6 * Math.Pow(units, 0.9) + queue * 1.5 + random.LogNormal(5e6, 0.4);
            samples[i] = new BioSample((long)now, (long)latency, size, true);
        }

        return samples;
    }

    private static StepSeries Ring(Lcg random, bool wait, long end)
    {
        var times = new List<long> { 0 };
        var values = new List<long> { 0 };
        double now = 0;
        while (times.Count < 4000)
        {
            long last = values[^1];
            bool busy = (int)(now / (end / 37.0)) % 3 != 1;
            long next = wait ? (last == 0 && busy ? 1 : 0) : Math.Clamp(last + (busy == random.Unit() < 0.75 ? 1 : -1), 0, 15);
            now += end / 4000.0 * (0.5 + random.Unit());
            if (now >= end)
            {
                break;
            }

            if (next != last)
            {
                times.Add((long)now);
                values.Add(next);
            }
        }

        return new StepSeries { Name = "jr0.ring", Unit = "jobs", Capacity = 15, TimesPicoseconds = times, Values = values };
    }
}
