using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Workload;

public sealed class JobTests
{
    private static readonly JobOptions Write = Scene.Write("4KiB");

    private static MachineResult Run(JobOptions job) => (new Scene { TraceKept = 100_000 }).With("fio", job).Run();

    private static IEnumerable<TraceEvent> Submitted(MachineResult result) => result.Trace.Where(e => e.Function == "crypt_map");

    private static long Sector(TraceEvent e) => long.Parse(e.Detail.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Sequential_IO_goes_on_where_the_last_ended()
    {
        Assert.Equal(["WRITE 0 + 8", "WRITE 8 + 8", "WRITE 16 + 8"], Submitted(Run(Write with { NumberIos = 3 })).Select(e => e.Detail));
    }

    [Fact]
    public void Size_ends_the_job_after_so_much_data()
    {
        Assert.Equal(3, Submitted(Run(Write with { NumberIos = null, Size = new DataSize(12_288) })).Count());
    }

    [Fact]
    public void Runtime_goes_round_the_region_until_it_is_over()
    {
        // 16.5us for each 4 KiB (8 units of 2us, one submission): begun at 0, 16.5, 33, ... below 100us.
        TraceEvent[] submitted = [.. Submitted(Run(Write with { NumberIos = null, Size = new DataSize(8_192), Runtime = Scene.Us * 100 }))];

        Assert.Equal(7, submitted.Length);
        Assert.Equal([0, 8, 0, 8, 0, 8, 0], submitted.Select(Sector));
    }

    [Fact]
    public void No_more_than_iodepth_bios_are_in_flight()
    {
        foreach (int iodepth in new[] { 1, 3, 7 })
        {
            int inFlight = 0;
            int most = 0;
            foreach (TraceEvent e in Run(Write with { NumberIos = 30, Iodepth = iodepth }).Trace)
            {
                inFlight += e.Function == "crypt_map" ? 1 : e is { Function: "bio_endio", Target: "fio" } ? -1 : 0;
                most = Math.Max(most, inFlight);
            }

            Assert.Equal(iodepth, most);
            Assert.Equal(0, inFlight);
        }
    }

    [Fact]
    public void Linear_arrivals_are_evenly_spaced()
    {
        MachineResult result = Run(Write with { NumberIos = 4, RateIops = 10_000 });

        Assert.Equal([0, 100_000_000, 200_000_000, 300_000_000], Submitted(result).Select(e => e.AtPicoseconds));
    }

    [Fact]
    public void Poisson_arrivals_have_the_asked_mean_and_vary()
    {
        long[] times = [.. Submitted(Run(Write with { Bs = new DataSize(512), NumberIos = 3_000, RateIops = 10_000, RateProcess = RateProcess.Poisson, Iodepth = 64 })).Select(e => e.AtPicoseconds)];
        double mean = times[^1] / 1e6 / (times.Length - 1);
        double variance = times.Zip(times.Skip(1), (a, b) => Math.Pow(((b - a) / 1e6) - mean, 2)).Average();

        Assert.InRange(mean, 95, 105);
        Assert.InRange(Math.Sqrt(variance) / mean, 0.9, 1.1);
    }

    [Fact]
    public void Random_IO_is_aligned_to_its_size_and_stays_in_the_region()
    {
        MachineResult result = Run(Write with { Rw = Rw.Randwrite, NumberIos = 200 });
        long[] sectors = [.. Submitted(result).Select(Sector)];

        Assert.All(sectors, s => Assert.Equal(0, s % 8));
        Assert.All(sectors, s => Assert.InRange(s, 0, (1L << 30) / 512 - 8));
        Assert.True(sectors.Distinct().Count() > 190);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(70, 640, 760)]
    [InlineData(100, 1000, 1000)]
    public void Rwmixread_is_the_share_of_reads(int percent, int least, int most)
    {
        int reads = Submitted(Run(Write with { Bs = new DataSize(512), Rw = Rw.Randrw, Rwmixread = percent, NumberIos = 1000 }))
            .Count(e => e.Detail.StartsWith("READ", StringComparison.Ordinal));

        Assert.InRange(reads, least, most);
    }

    [Fact]
    public void Bssplit_mixes_sizes_by_their_shares()
    {
        Assert.True(BlockSizeSplit.TryParse("512B/75:1KiB/25", out BlockSizeSplit? split, out _));
        MachineResult result = Run(Write with { Bssplit = split, NumberIos = 1000 });
        int small = Submitted(result).Count(e => e.Detail.EndsWith("+ 1", StringComparison.Ordinal));

        Assert.InRange(small, 700, 800);
        Assert.Equal(1000 - small, Submitted(result).Count(e => e.Detail.EndsWith("+ 2", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_latency_of_a_bio_is_from_its_submission_to_its_end()
    {
        MachineResult result = Run(Write with { NumberIos = 3 });

        Assert.Equal(16_500, result.Metric("fio.latency.min"));
        Assert.Equal(16_500, result.Metric("fio.latency.max"));
        Assert.Equal(3, result.Metric("fio.ios"));
        Assert.Equal(Math.Round(3 / 0.0000495m, 6), result.Metric("fio.iops"));
    }

    [Fact]
    public void A_job_that_does_nothing_has_metrics_too()
    {
        MachineResult result = Run(Write with { NumberIos = null, Runtime = Duration.Zero });

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal((0, 0, 0), (result.Metric("fio.ios"), result.Metric("fio.iops"), result.Metric("jr0.ring.mean")));
    }

    [Fact]
    public void A_warm_up_longer_than_the_run_measures_nothing()
    {
        MachineResult result = (new Scene { Warmup = Scene.Us * 1000 }).With("fio", Write).Run();

        Assert.Equal((0, 0), (result.Metric("fio.ios"), result.Metric("fio.iops")));
    }

    [Theory]
    [InlineData(false, "io-error")]
    [InlineData(true, "completed")]
    public void Errors_fail_a_run_unless_the_job_continues_on_them(bool continues, string ends)
    {
        var scene = new Scene();
        JobOptions job = Scene.WriteUnits(8) with { ContinueOnError = continues };
        MachineResult result = (scene with { Ring = scene.Ring with { Depth = 4, WhenFull = CryptoSim.Models.Caam.WhenFull.Reject } }).With("fio", job).Run();

        Assert.Equal(ends, result.End.Ends);
        Assert.Equal(1, result.Metric("fio.errors"));
    }

    [Fact]
    public void Shares_of_CPU_time_are_right_on_a_thousand_CPUs_over_hours()
    {
        MachineResult result = (new Scene { Cpus = 1024, TimeLimit = Duration.FromSeconds(100_000) })
            .With("fio", Write with { NumberIos = null, Bs = new DataSize(512), Runtime = Duration.FromSeconds(10_000), RateIops = 1 }).Run();

        Assert.Equal(10_000, Math.Round(result.End.AtPicoseconds / 1e12));
        Assert.Equal(0m, result.Metric("cpu.process"));
    }

    [Fact]
    public void The_warm_up_is_not_measured()
    {
        // Begun at 0, 16.5, 33, 49.5us: the latencies of the last two count, and the ends of the last three in 20us to 66us.
        MachineResult result = (new Scene { Warmup = Scene.Us * 20 }).With("fio", Write with { NumberIos = 4 }).Run();

        Assert.Equal(2, result.Metric("fio.ios"));
        Assert.Equal(Math.Round(3 / 0.000046m, 6), result.Metric("fio.iops"));
        Assert.InRange(result.Metric("jr0.jobs"), 22, 24);
    }
}
