using CryptoSim.Models.Caam;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Caam;

public sealed class JobRingTests
{
    private static readonly JobRingOptions Quick = new Scene().Ring;   // 2us a job, no other cost

    [Theory]
    [InlineData(4, 3)]
    [InlineData(8, 7)]
    [InlineData(512, 511)]
    public void One_entry_of_depth_stays_free(int depth, int fit)
    {
        using RingBench bench = new(Quick with { Depth = depth });

        string[] answers = bench.Submit(fit + 1);

        Assert.Equal(fit, bench.Ring.Capacity);
        Assert.Equal(fit, answers.Count(a => a == "EINPROGRESS"));
        Assert.Equal("EBUSY", answers[^1]);
        Assert.Equal((fit, 1), (bench.Ring.Used, bench.Ring.Backlogged));
    }

    [Fact]
    public void Usable_sets_the_entries_directly()
    {
        using RingBench bench = new(Quick with { Usable = 1 });

        Assert.Equal(["EINPROGRESS", "EBUSY"], bench.Submit(2));
    }

    [Theory]
    [InlineData(WhenFull.Backlog, true, "EBUSY", 1, 0)]
    [InlineData(WhenFull.Backlog, false, "ENOSPC", 0, 0)]
    [InlineData(WhenFull.DropRequest, true, "EBUSY", 0, 1)]
    [InlineData(WhenFull.DropRequest, false, "EBUSY", 0, 1)]
    [InlineData(WhenFull.Reject, true, "ENOSPC", 0, 0)]
    [InlineData(WhenFull.Reject, false, "ENOSPC", 0, 0)]
    public void A_full_ring_answers_by_its_policy_and_the_flag(WhenFull whenFull, bool mayBacklog, string answer, int backlogged, int dropped)
    {
        using RingBench bench = new(Quick with { Usable = 2, WhenFull = whenFull });
        bench.Submit(2);

        Assert.Equal([answer], bench.Submit(1, mayBacklog));
        Assert.Equal(backlogged, bench.Ring.Backlogged);
        Assert.Equal(dropped, bench.Ring.Meter.Dropped);
        Assert.Equal(answer == "EBUSY" ? 1 : 0, bench.Cipher.Busy);
        bench.Run();
        Assert.Equal(2 + backlogged, bench.Ring.Meter.Jobs);
    }

    [Theory]
    [InlineData(WhenFull.DropRequest)]
    [InlineData(WhenFull.Reject)]
    public void A_request_that_is_not_kept_is_never_called_back(WhenFull whenFull)
    {
        using RingBench bench = new(Quick with { Usable = 2, WhenFull = whenFull });
        bench.Submit(3);
        bench.Run();

        Assert.Equal([Errno.Success], bench.Requests[0].Callbacks);
        Assert.Equal([Errno.Success], bench.Requests[1].Callbacks);
        Assert.Empty(bench.Requests[2].Callbacks);
    }

    [Fact]
    public void A_dropped_request_says_why_nobody_will_call_it_back()
    {
        using RingBench bench = new(Quick with { Usable = 1, WhenFull = WhenFull.DropRequest });
        bench.Submit(2);

        Assert.Equal("req#2", bench.Requests[1].Label);
        Assert.Equal("was answered EBUSY by jr0 and is in no queue", bench.Requests[1].WhyNobody);
        Assert.Null(bench.Requests[1].HeldBy);
    }

    [Fact]
    public void Backlogged_requests_enter_the_ring_in_arrival_order()
    {
        using RingBench bench = new(Quick with { Usable = 2 });
        bench.Submit(5);
        bench.Run();

        Assert.Equal(
            ["r3 EINPROGRESS", "r1 0", "r4 EINPROGRESS", "r2 0", "r5 EINPROGRESS", "r3 0", "r4 0", "r5 0"],
            bench.Log);
        Assert.Equal([2000m, 6000m], bench.Requests[2].Times);
    }

    [Fact]
    public void Only_requests_answered_EBUSY_are_notified_once_and_before_the_final_status()
    {
        using RingBench bench = new(Quick with { Usable = 3 });
        string[] answers = bench.Submit(8);
        bench.At(5_000, () => answers = [.. answers, .. bench.Submit(6)]);
        bench.Run();

        for (int i = 0; i < answers.Length; i++)
        {
            Errno[] promised = answers[i] == "EBUSY" ? [Errno.EINPROGRESS, Errno.Success] : [Errno.Success];
            Assert.Equal(promised, bench.Requests[i].Callbacks);
        }

        Assert.Equal(14, answers.Length);
        Assert.Contains("EINPROGRESS", answers);
    }

    [Fact]
    public void A_new_request_does_not_overtake_the_backlog()
    {
        using RingBench bench = new(Quick with { Usable = 1 });
        bench.Submit(2);
        bench.Requests[0].OnCallback = _ => bench.Submit(1);   // the tasklet has freed an entry and given it to r2
        bench.Run();

        Assert.Equal(["r2 EINPROGRESS", "r1 0", "r3 EINPROGRESS", "r2 0", "r3 0"], bench.Log);
    }

    [Fact]
    public void A_callback_may_submit_again()
    {
        using RingBench bench = new(Quick with { Usable = 1, WhenFull = WhenFull.Reject });
        bench.Submit(1);
        bench.Requests[0].OnCallback = _ => bench.Submit(1);
        bench.Run();

        Assert.Equal(["r1 0", "r2 0"], bench.Log);
        Assert.Equal([4000m], bench.Requests[1].Times);
    }

    [Fact]
    public void Callbacks_come_in_softirq()
    {
        using RingBench bench = new(Quick with { Usable = 1 });
        bench.Submit(2);
        bench.Run();

        Assert.All(bench.Requests.SelectMany(r => r.Contexts), context => Assert.Equal(CpuContext.Softirq, context));
    }

    [Fact]
    public void A_slow_job_in_front_keeps_the_ring_full_with_one_job_outstanding()
    {
        // 1us a KiB: the first job takes 100us, the others 1us; two engines; three entries (DM-J10).
        using RingBench bench = new(Quick with
        {
            Usable = 3,
            Engines = 2,
            WhenFull = WhenFull.Reject,
            Setup = new ConstantDuration(Duration.Zero),
            Bandwidth = new Bandwidth(1_024_000_000),
        });
        TestRequest slow = bench.Request();
        slow.Resize(100 * 1024);
        bench.Cipher.Submit(slow);
        for (int i = 0; i < 2; i++)
        {
            TestRequest fast = bench.Request();
            fast.Resize(1024);
            bench.Cipher.Submit(fast);
        }

        string[] answers = [];
        int used = 0;
        bench.At(50_000, () => (answers, used) = (bench.Submit(1), bench.Ring.Used));
        bench.At(101_000, () => answers = [.. answers, .. bench.Submit(1)]);
        bench.Run();

        Assert.Equal(["r2 0", "r3 0", "r1 0", "r5 0"], bench.Log);
        Assert.Equal(3, used);
        Assert.Equal(["ENOSPC", "EINPROGRESS"], answers);
        Assert.Equal([1000m], bench.Requests[1].Times);
        Assert.Equal([2000m], bench.Requests[2].Times);
        Assert.Equal([100_000m], slow.Times);
    }

    [Theory]
    [InlineData(Freed.InRingOrder, "ENOSPC", 3)]
    [InlineData(Freed.AnyOrder, "EINPROGRESS", 2)]
    public void Behind_a_slow_job_entries_come_free_only_where_their_order_does_not_matter(Freed freed, string answer, int used)
    {
        using RingBench bench = new(Quick with
        {
            Usable = 3,
            Engines = 2,
            WhenFull = WhenFull.Reject,
            Freed = freed,
            Setup = new ConstantDuration(Duration.Zero),
            Bandwidth = new Bandwidth(1_024_000_000),   // 1us a KiB: the first job takes 100us, the others half a microsecond
        });
        TestRequest slow = bench.Request();
        slow.Resize(100 * 1024);
        bench.Cipher.Submit(slow);
        bench.Submit(2);
        (string Answer, int Used) seen = default;
        bench.At(50_000, () => seen = (bench.Submit(1)[0], bench.Ring.Used));
        bench.Run();

        Assert.Equal((answer, used), seen);
        Assert.Equal(0, bench.Ring.Used);
    }

    [Fact]
    public void A_freed_run_of_entries_is_filled_from_the_backlog_at_once()
    {
        using RingBench bench = new(Quick with
        {
            Usable = 2,
            Engines = 2,
            Setup = new ConstantDuration(Duration.Zero),
            Bandwidth = new Bandwidth(1_024_000_000),
        });
        TestRequest slow = bench.Request();
        slow.Resize(10 * 1024);
        bench.Cipher.Submit(slow);
        bench.Submit(3);
        bench.Run();

        Assert.Equal(["r2 0", "r3 EINPROGRESS", "r4 EINPROGRESS", "r1 0", "r3 0", "r4 0"], bench.Log);
        Assert.Equal(10_000m, bench.Requests[2].Times[0]);
        Assert.Equal(10_000m, bench.Requests[3].Times[0]);
    }

    [Fact]
    public void A_request_submitted_by_a_notification_does_not_overtake_the_backlog_either()
    {
        // Two entries come free at once; r3's notification submits r5 while r4 still waits for the second one.
        using RingBench bench = new(Quick with
        {
            Usable = 2,
            Engines = 2,
            Setup = new ConstantDuration(Duration.Zero),
            Bandwidth = new Bandwidth(1_024_000_000),
        });
        TestRequest slow = bench.Request();
        slow.Resize(10 * 1024);
        bench.Cipher.Submit(slow);
        bench.Submit(3);
        bench.Requests[2].OnCallback = status =>
        {
            if (status == Errno.EINPROGRESS)
            {
                bench.Submit(1);
            }
        };
        bench.Run();

        Assert.Equal(
            ["r2 0", "r3 EINPROGRESS", "r4 EINPROGRESS", "r1 0", "r5 EINPROGRESS", "r3 0", "r4 0", "r5 0"],
            bench.Log);
    }

    [Fact]
    public void Every_job_is_in_the_ring_from_its_acceptance_until_its_callback()
    {
        using RingBench bench = new(Quick with { Usable = 3 });
        bench.Submit(3);
        bench.Run(until: 6_000);

        // 3 jobs for 2us, 2 for 2us, 1 for 2us, over 6us.
        Assert.Equal(2.0, bench.Ring.Meter.Ring.Mean, 9);
        Assert.Equal(3, bench.Ring.Meter.Ring.Max);
        Assert.Equal(1.0, bench.Ring.Meter.Utilization, 9);
    }

    [Fact]
    public void The_interrupt_latency_overlaps_between_jobs()
    {
        using RingBench bench = new(Quick with { Interrupt = new InterruptOptions { Latency = Scene.Us * 20, Tasklet = Duration.Zero } });
        bench.Submit(3);
        bench.Run();

        Assert.Equal([22_000m, 24_000m, 26_000m], bench.Requests.Select(r => r.Times.Single()));
    }

    [Fact]
    public void A_long_run_wraps_around_the_entries()
    {
        using RingBench bench = new(Quick with { Depth = 8, Engines = 3 });
        for (int i = 0; i < 200; i++)
        {
            bench.At(i * 700, () => bench.Submit(1));
        }

        bench.Run();

        Assert.Equal(200, bench.Ring.Meter.Jobs);
        Assert.Equal(0, bench.Ring.Used);
        Assert.All(bench.Requests, r => Assert.Equal(Errno.Success, r.Callbacks[^1]));
        Assert.Equal(bench.Requests.Select(r => r.Name + " 0"), bench.Log.Where(l => l.EndsWith(" 0", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_validator_names_a_ring_that_cannot_be_built()
    {
        Scene scene = new Scene().With("writer", Scene.Write("4KiB"));
        Scene With(JobRingOptions ring) => scene with { Ring = ring };

        Assert.Empty(MachineValidator.Validate(scene.Options));
        Assert.Equal("jr0.front", Problem(With(scene.Ring with { WhenFull = null, Front = Front.EngineRetry, Depth = 8 })));
        Assert.Equal("jr0.when_full", Problem(With(scene.Ring with { Front = Front.Engine })));
        Assert.Equal("jr0.engine_retry", Problem(With(scene.Ring with { WhenFull = null, Front = Front.EngineRetry, EngineRetry = Duration.Zero })));
        Assert.Equal("jr0.interrupt.cpu", Problem(With(scene.Ring with { Interrupt = new InterruptOptions { Cpu = 4 } })));
        Assert.Equal("jr0.coalesce.timer", Problem(With(scene.Ring with { Coalesce = new CoalesceOptions { Timer = Duration.Zero } })));
    }

    private static string Problem(Scene scene) => Assert.Single(MachineValidator.Validate(scene.Options)).Path;
}
