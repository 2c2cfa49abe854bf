using CryptoSim.Models.Caam;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Crypto;

public sealed class CryptoEngineTests
{
    private static JobRingOptions Ring(Front front, int qlen = 2, int usable = 3) => new Scene().Ring with
    {
        Front = front,
        WhenFull = null,
        EngineQlen = qlen,
        Usable = usable,
    };

    [Fact]
    public void Queue_limits_default_to_10_without_retry_and_to_JOBR_DEPTH_less_15_with_it()
    {
        Assert.Equal(10, (new Scene().Ring with { Front = Front.Engine }).EffectiveEngineQlen);
        Assert.Equal(497, (new Scene().Ring with { Front = Front.EngineRetry }).EffectiveEngineQlen);
        Assert.Equal(WhenFull.Reject, (new Scene().Ring with { Front = Front.Engine, WhenFull = null }).EffectiveWhenFull);
    }

    [Theory]
    [InlineData(Front.Engine)]
    [InlineData(Front.EngineRetry)]
    public void Beyond_the_queue_limit_the_answer_is_EBUSY(Front front)
    {
        using RingBench bench = new(Ring(front));

        Assert.Equal(["EINPROGRESS", "EINPROGRESS", "EBUSY", "EBUSY"], bench.Submit(4));
        Assert.Equal(0, bench.Ring.Used);
        Assert.Equal(2, bench.Cipher.Busy);
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_request_goes_straight_to_the_ring()
    {
        using RingBench bench = new(Ring(Front.Engine, usable: 1));

        Assert.Equal(["EINPROGRESS", "ENOSPC"], bench.Submit(2, mayBacklog: false));
        Assert.Equal(1, bench.Ring.Used);
    }

    [Fact]
    public void Without_retry_one_request_is_in_flight()
    {
        using RingBench bench = new(Ring(Front.Engine));
        bench.Submit(5);
        bench.Run();

        Assert.Equal(1, bench.Ring.Meter.Ring.Max);
        Assert.Equal([2_000m, 4_000m, 6_000m, 8_000m, 10_000m], bench.Requests.Select(r => r.Times[^1]));
        Assert.Equal(0, bench.Engine!.Retries);
    }

    [Fact]
    public void Without_retry_each_request_pays_for_the_hop_of_the_kthread()
    {
        using RingBench bench = new(Ring(Front.Engine) with { EngineWakeup = Scene.Us * 5 });
        bench.Submit(3);
        bench.Run();

        // The first pump finds itself pending when the kthread starts: no hop. Then 2us of service and 5us of hop each.
        Assert.Equal([2_000m, 9_000m, 16_000m], bench.Requests.Select(r => r.Times[^1]));
    }

    [Fact]
    public void A_notification_follows_the_dispatch_and_goes_to_the_one_max_qlen_places_behind()
    {
        using RingBench bench = new(Ring(Front.Engine));
        bench.Submit(5);
        bench.Run();

        Assert.Equal(
            ["r3 EINPROGRESS", "r1 0", "r4 EINPROGRESS", "r2 0", "r5 EINPROGRESS", "r3 0", "r4 0", "r5 0"],
            bench.Log);
    }

    [Fact]
    public void With_retry_requests_enter_the_ring_until_it_is_full()
    {
        using RingBench bench = new(Ring(Front.EngineRetry, qlen: 8));
        bench.Submit(5);
        bench.Run();

        Assert.Equal(3, bench.Ring.Meter.Ring.Max);
        Assert.Equal(["r1 0", "r2 0", "r3 0", "r4 0", "r5 0"], bench.Log);
        Assert.Equal([2_000m, 4_000m, 6_000m, 8_000m, 10_000m], bench.Requests.Select(r => r.Times[^1]));
    }

    [Fact]
    public void A_bounced_request_keeps_its_place_and_notifies_nobody()
    {
        // One entry, queue of one: r1 is dispatched at once (notifying r2), r2 bounces each 0.3us until after 2us.
        using RingBench bench = new(Ring(Front.EngineRetry, qlen: 1, usable: 1) with { EngineRetry = Duration.FromNanoseconds(300) });
        bench.Submit(4);
        bench.Run();

        Assert.Equal(
            ["r2 EINPROGRESS", "r1 0", "r3 EINPROGRESS", "r2 0", "r4 EINPROGRESS", "r3 0", "r4 0"],
            bench.Log);
        Assert.Equal([0m, 4_100m], bench.Requests[1].Times);
        Assert.Equal(2_100m, bench.Requests[2].Times[0]);
        Assert.True(bench.Engine!.Retries > 0);
    }

    [Fact]
    public void Every_notification_follows_its_dispatch_in_the_trace()
    {
        using RingBench bench = new(Ring(Front.EngineRetry, qlen: 2, usable: 2));
        bench.Submit(9);
        bench.Run();

        TraceEvent[] relevant = [.. bench.Trace.Where(e =>
            (e.Kind == TraceKind.Return && e.Function == "caam_jr_enqueue") || e.Function == "crypto_pump_requests")];
        for (int i = 0; i < relevant.Length; i++)
        {
            if (relevant[i].Function == "crypto_pump_requests")
            {
                Assert.Equal("EINPROGRESS", relevant[i - 1].Result);
                Assert.Equal("process", relevant[i].Context);
            }
        }

        Assert.Equal(7, relevant.Count(e => e.Function == "crypto_pump_requests"));
        Assert.Contains(relevant, e => e.Result == "ENOSPC");
    }

    [Fact]
    public void A_retry_costs_CPU_time_and_advances_the_clock()
    {
        // r2 waits for r1 from 0 to 2us: an attempt every 0.5us, at 0, 0.5, 1.0, 1.5us and, before the job ends, at 2us.
        using RingBench bench = new(Ring(Front.EngineRetry, qlen: 8, usable: 1) with { EngineRetry = Duration.FromNanoseconds(500) });
        bench.Submit(2);
        bench.Run();

        Assert.InRange(bench.Engine!.Retries, 4, 5);
        Assert.Equal(bench.Engine.Retries * 500_000, bench.Kernel.Cpus.TaskPicoseconds);
    }

    [Fact]
    public void A_retry_that_cost_nothing_would_be_reported_as_a_livelock()
    {
        using RingBench bench = new(Ring(Front.EngineRetry, qlen: 8, usable: 1) with { EngineRetry = Duration.Zero });
        bench.Submit(2);

        Assert.Equal(End.Livelock, bench.Run().End);
    }

    [Fact]
    public void Without_retry_a_rejected_request_is_finalised_with_the_error()
    {
        // The one entry is taken by a request without MAY_BACKLOG, so the engine's request finds the ring full (DM-E2).
        using RingBench bench = new(Ring(Front.Engine, usable: 1));
        bench.Submit(1, mayBacklog: false);
        bench.Submit(1);
        bench.Run();

        Assert.Equal([Errno.ENOSPC], bench.Requests[1].Callbacks);
        Assert.Equal([Errno.Success], bench.Requests[0].Callbacks);
    }

    [Fact]
    public void An_error_does_not_stop_the_pump()
    {
        using RingBench bench = new(Ring(Front.Engine, qlen: 1, usable: 1));
        bench.Submit(1, mayBacklog: false);
        bench.Submit(3);
        bench.At(5_000, () => bench.Submit(1));
        bench.Run();

        Assert.All(bench.Requests, r => Assert.NotEqual(Errno.EINPROGRESS, r.Callbacks[^1]));
        Assert.Equal([Errno.Success], bench.Requests[4].Callbacks);
    }

    [Theory]
    [InlineData(Front.Engine)]
    [InlineData(Front.EngineRetry)]
    public void Every_request_answered_EBUSY_is_notified_once_and_then_finished(Front front)
    {
        using RingBench bench = new(Ring(front, qlen: 3, usable: 2) with { Engines = 2 });
        List<string> answers = [];
        for (int i = 0; i < 40; i++)
        {
            int burst = 1 + (i * 7 % 5);
            bench.At(i * 3_100, () => answers.AddRange(bench.Submit(burst)));
        }

        bench.Run();

        Assert.Contains("EBUSY", answers);
        Assert.Contains("EINPROGRESS", answers);
        for (int i = 0; i < answers.Count; i++)
        {
            Errno[] promised = answers[i] == "EBUSY" ? [Errno.EINPROGRESS, Errno.Success] : [Errno.Success];
            Assert.Equal(promised, bench.Requests[i].Callbacks);
        }
    }
}
