using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>The closed forms DM-O1 to DM-O6. n units, submit cost c, service s, m engines, round trip o; times in ns.</summary>
public sealed class OracleTests
{
    private static Scene With(long c, long s, long o, int m = 1, Submit submit = Submit.WaitOnBusy, int workers = 4)
    {
        Scene scene = new();
        return scene with
        {
            Cpus = Math.Max(workers, 1),
            Ring = scene.Ring with
            {
                Setup = Scene.Service(Duration.FromNanoseconds(s)),
                Engines = m,
                Interrupt = scene.Ring.Interrupt with { Latency = Duration.FromNanoseconds(o) },
            },
            Target = scene.Target with { SubmitCost = Duration.FromNanoseconds(c), Submit = submit },
        };
    }

    /// <summary>[ns] Conversion time of one bio.</summary>
    private static decimal Conversion(Scene scene, int n) => scene.With("writer", Scene.WriteUnits(n)).Run().Metric("dm-0.conversion.max");

    /// <summary>[1/ns] Crypto requests over the whole of a long run.</summary>
    private static double Rate(Scene scene, JobOptions job)
    {
        MachineResult result = scene.With("writer", job).Run();
        Assert.Equal("completed", result.End.Ends);
        return (double)result.Metric("jr0.jobs") / (result.End.AtPicoseconds / 1000.0);
    }

    private static void Within(double percent, double expected, double actual) =>
        Assert.InRange(actual / expected, 1 - (percent / 100), 1 + (percent / 100));

    // ── DM-O1 ───────────────────────────────────────────────────────────

    [Fact]
    public void O1_is_exact_for_one_engine()
    {
        var inputs = Arb.From(
            from n in Gen.Choose(1, 511)
            from c in Gen.Choose(0, 5_000)
            from s in Gen.Choose(1, 5_000)
            from o in Gen.Choose(0, 30_000)
            select (N: n, C: (long)c, S: (long)s, O: (long)o));
        Properties.Check(
            inputs,
            i => Conversion(With(i.C, i.S, i.O), i.N) == Math.Min(i.C, i.S) + Math.Max(i.N * i.C, i.N * i.S) + i.O,
            tests: 150);
    }

    [Theory]
    [InlineData(2, 500, 2_000, 20_000)]
    [InlineData(3, 100, 2_000, 5_000)]
    [InlineData(4, 600, 2_000, 20_000)]
    [InlineData(4, 2_000, 500, 0)]
    [InlineData(7, 10, 1_000, 1_000)]
    public void O1_holds_within_2_percent_for_several_engines_from_64_units_an_engine_on(int m, long c, long s, long o)
    {
        int n = 64 * m;

        Within(2, Math.Max(n * c, (double)n * s / m) + o, (double)Conversion(With(c, s, o, m), n));
    }

    // ── DM-O2 ───────────────────────────────────────────────────────────

    [Theory]
    [InlineData(2_000, 500, 1, 2)]   // workers are the bottleneck: 2 / 2us
    [InlineData(500, 2_000, 1, 4)]   // one engine is
    [InlineData(500, 2_000, 4, 4)]   // four engines are
    [InlineData(3_000, 1_000, 2, 4)]
    public void O2_saturated_throughput_is_that_of_the_bottleneck(long c, long s, int m, int w)
    {
        Scene scene = With(c, s, 5_000, m, workers: w);

        Within(2, Math.Min((double)w / c, (double)m / s), Rate(scene, Scene.WriteUnits(64, number: 400, iodepth: 32)));
    }

    [Fact]
    public void O2_the_ring_holds_at_most_depth_less_one_and_the_backlog_one_request_of_each_worker()
    {
        Scene scene = With(100, 2_000, 5_000, workers: 6);
        scene = scene with { Ring = scene.Ring with { Depth = 16 } };
        MachineResult result = scene.With("writer", Scene.WriteUnits(64, number: 200, iodepth: 32)).Run();

        Assert.Equal(15, result.Metric("jr0.ring.max"));
        Assert.Equal(6, result.Metric("jr0.backlog.max"));
    }

    [Theory]
    [InlineData(Front.Engine)]
    [InlineData(Front.EngineRetry)]
    public void O2_the_queue_of_the_engine_holds_at_most_its_limit_and_one_request_of_each_worker(Front front)
    {
        Scene scene = With(100, 2_000, 5_000, workers: 6);
        scene = scene with { Ring = scene.Ring with { Depth = 16, Front = front, WhenFull = null, EngineQlen = 10 } };
        MachineResult result = scene.With("writer", Scene.WriteUnits(64, number: 50, iodepth: 32)).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.InRange(result.Metric("jr0.engine.queue.max"), 11, 16);
        Assert.Equal(front == Front.Engine ? 1 : 15, result.Metric("jr0.ring.max"));
    }

    // ── DM-O3 ───────────────────────────────────────────────────────────

    [Fact]
    public void O3_the_latency_of_one_bio_is_the_sum_of_its_round_trips()
    {
        var inputs = Arb.From(
            from n in Gen.Choose(1, 200)
            from c in Gen.Choose(0, 5_000)
            from s in Gen.Choose(1, 5_000)
            from o in Gen.Choose(0, 30_000)
            select (N: n, C: (long)c, S: (long)s, O: (long)o));
        Properties.Check(
            inputs,
            i => Conversion(With(i.C, i.S, i.O, submit: Submit.WaitEveryRequest), i.N) == i.N * (i.C + i.S + i.O),
            tests: 100);
    }

    [Theory]
    [InlineData(500, 2_000, 20_000, 1, 4)]    // 4 workers feed 4 / 22.5us
    [InlineData(500, 2_000, 20_000, 4, 8)]
    [InlineData(500, 2_000, 20_000, 1, 24)]   // one engine serves 1 / 2us
    [InlineData(500, 8_000, 1_000, 2, 16)]
    public void O3_saturated_throughput_is_that_of_the_engines_or_of_the_workers(long c, long s, long o, int m, int w)
    {
        Scene scene = With(c, s, o, m, Submit.WaitEveryRequest, w);

        Within(2, Math.Min((double)m / s, (double)w / (c + s + o)), Rate(scene, Scene.WriteUnits(8, number: 1_000, iodepth: 2 * w)));
    }

    // ── DM-O4 ───────────────────────────────────────────────────────────

    [Theory]
    [InlineData(8, 500, 2_000, 20_000)]
    [InlineData(64, 500, 2_000, 20_000)]
    [InlineData(64, 3_000, 2_000, 20_000)]
    [InlineData(256, 500, 2_000, 1_000)]
    public void O4_the_forms_differ_for_one_bio_by_the_closed_form(int n, long c, long s, long o)
    {
        double ratio = (double)(Conversion(With(c, s, o, submit: Submit.WaitEveryRequest), n) / Conversion(With(c, s, o), n));

        Within(5, n * (double)(c + s + o) / (Math.Max(n * c, n * s) + o), ratio);
    }

    [Fact]
    public void O4_a_4_KiB_bio_of_8_units_takes_5_times_as_long()
    {
        decimal slow = Conversion(With(500, 2_000, 20_000, submit: Submit.WaitEveryRequest), 8);
        decimal quick = Conversion(With(500, 2_000, 20_000), 8);

        Assert.Equal(180_000, slow);
        Within(5, 5.0, (double)(slow / quick));
    }

    [Fact]
    public void O4_a_large_bio_approaches_11_25_times()
    {
        decimal slow = Conversion(With(500, 2_000, 20_000, submit: Submit.WaitEveryRequest), 511);
        decimal quick = Conversion(With(500, 2_000, 20_000), 511);

        Within(5, 11.25, (double)(slow / quick));
    }

    [Theory]
    [InlineData(500, 2_000, 20_000, 1, 16)]   // s/m = 2us against (c+s+o)/W = 1.4us
    [InlineData(500, 2_000, 3_500, 1, 4)]     // 2us against 1.5us
    [InlineData(500, 2_000, 3_500, 2, 8)]
    public void O4_under_load_with_enough_workers_both_forms_are_as_fast(long c, long s, long o, int m, int w)
    {
        JobOptions load = Scene.WriteUnits(8, number: 1_000, iodepth: 2 * w);
        double waitOnBusy = Rate(With(c, s, o, m, Submit.WaitOnBusy, w), load);
        double waitEvery = Rate(With(c, s, o, m, Submit.WaitEveryRequest, w), load);

        Assert.True((double)s / m > (double)(c + s + o) / w);
        Within(2, 1.0, waitOnBusy / waitEvery);
    }

    [Fact]
    public void O4_under_load_with_too_few_workers_waiting_for_every_request_is_slower()
    {
        JobOptions load = Scene.WriteUnits(8, number: 1_000, iodepth: 8);
        double waitOnBusy = Rate(With(500, 2_000, 20_000, 1, Submit.WaitOnBusy, 4), load);
        double waitEvery = Rate(With(500, 2_000, 20_000, 1, Submit.WaitEveryRequest, 4), load);

        Within(2, 22.5 / 4 / 2, waitOnBusy / waitEvery);
    }

    // ── DM-O5 ───────────────────────────────────────────────────────────

    private static Scene Coalesced(Scene scene, int count, long timerNs) =>
        scene with { Ring = scene.Ring with { Coalesce = new CoalesceOptions { Count = count, Timer = Duration.FromNanoseconds(timerNs) } } };

    [Fact]
    public void O5_waiting_for_every_request_pays_the_coalescing_timer_for_every_request()
    {
        Scene scene = Coalesced(With(500, 2_000, 1_000, submit: Submit.WaitEveryRequest), count: 4, timerNs: 100_000);

        Assert.Equal(16 * (500 + 2_000 + 1_000 + 100_000), Conversion(scene, 16));
    }

    [Fact]
    public void O5_waiting_on_busy_pays_it_once_for_the_tail()
    {
        Scene whole = Coalesced(With(500, 2_000, 1_000), count: 4, timerNs: 100_000);

        Assert.Equal(500 + (16 * 2_000) + 1_000, Conversion(whole, 16));
        Assert.Equal(500 + (13 * 2_000) + 1_000 + 100_000, Conversion(whole, 15));   // the timer starts with the 13th job
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void O5_with_as_many_workers_as_the_count_the_timer_is_not_paid(int workers, bool pays)
    {
        Scene scene = Coalesced(With(500, 2_000, 1_000, submit: Submit.WaitEveryRequest, workers: workers), count: 4, timerNs: 100_000);
        double rate = Rate(scene, Scene.WriteUnits(8, number: 400, iodepth: 2 * workers));

        if (pays)
        {
            Within(5, workers / (500.0 + 2_000 + 1_000 + 100_000), rate);
        }
        else
        {
            Assert.True(rate > 0.8 * 4 / (500.0 + (4 * 2_000) + 1_000), $"{rate}");
        }
    }

    // ── DM-O6 ───────────────────────────────────────────────────────────

    [Theory]
    [InlineData(2_000, 20_000, 5_000, 1)]
    [InlineData(2_000, 20_000, 5_000, 8)]
    [InlineData(5_000, 1_000, 500, 4)]
    [InlineData(5_000, 0, 0, 4)]
    public void O6_without_retry_the_engine_serves_one_request_in_each_round_trip(long s, long o, long hop, int workers)
    {
        Scene scene = With(500, s, o, m: 4, workers: workers);
        scene = scene with { Ring = scene.Ring with { Front = Front.Engine, WhenFull = null, EngineWakeup = Duration.FromNanoseconds(hop) } };

        Within(2, 1.0 / (s + o + hop), Rate(scene, Scene.WriteUnits(8, number: 200, iodepth: 16)));
    }
}
