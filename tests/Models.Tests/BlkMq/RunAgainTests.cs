using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>When a hardware queue that stopped is run again (KS-38, KS-39), and what it finds then (KS-36).</summary>
public sealed class RunAgainTests : IDisposable
{
    private QueueBench _bench = new(QueueBench.Usual);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_queue_that_no_restart_is_due_to_is_run_again_at_once()
    {
        _bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        Queued(at: 1, unit: 0);
        _bench.Run();

        Assert.Equal(["R 0+8@2 Resource", "R 0+8@2"], _bench.Driver.Log);   // not after 3 ms
        Assert.Equal(0, _bench.Hctx.DelayedRuns);
    }

    [Fact]
    public void A_restart_is_due_once()
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => _bench.Driver.FullUntil = 2);
        _bench.Submit(1, _bench.Bio("a", 0));               // stops, with SCHED_RESTART; restarted at 10
        _bench.At(50, () => _bench.Driver.Answers.Enqueue(DispatchAnswer.Resource));
        Queued(at: 50, unit: 500);
        _bench.Run();

        Assert.Equal(["R 4000+8@51 Resource", "R 4000+8@51"], _bench.Driver.Log.TakeLast(2));
    }

    [Fact]
    public void A_missing_tag_makes_a_restart_due_and_no_run_at_once()
    {
        Use(QueueBench.Usual with { QueueDepth = 1, Requests = 8, Elevator = ElevatorKind.MqDeadline });
        int busy = -1;
        _bench.Submit(0, _bench.Bio("in flight", 0));
        _bench.Submit(2, _bench.Bio("a", 10));
        _bench.At(6, () => busy = _bench.Hctx.DispatchBusy);
        _bench.RunToEnd();

        Assert.Equal(2, busy);   // one attempt in vain
    }

    [Fact]
    public void A_missing_tag_is_waited_for_without_the_delay()
    {
        Use(QueueBench.Usual with { QueueDepth = 1, Requests = 8, Elevator = ElevatorKind.MqDeadline });
        _bench.Driver.Service = Scene.Us * 10_000;
        _bench.Submit(0, _bench.Bio("in flight", 0));
        _bench.Submit(2, _bench.Bio("a", 10));
        _bench.RunToEnd();

        Assert.Equal(0, _bench.Hctx.DelayedRuns);
    }

    [Fact]
    public void What_could_not_go_on_joins_the_end_of_the_dispatch_list()
    {
        // kblockd has a, and sleeps in the driver until 4, while b joins the dispatch list.
        Use(QueueBench.Usual with { IsBlocking = true });
        _bench.Driver.Sleeps = Scene.Us * 2;
        _bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        Queued(at: 1, unit: 0);
        _bench.At(3, () => _bench.Hctx.BypassInsert(Allocated(500)));
        _bench.Run();

        Assert.Equal(["R 0+8@4 Resource", "R 4000+8@6", "R 0+8@8"], _bench.Driver.Log);
    }

    [Fact]
    public void What_has_come_to_the_dispatch_list_meanwhile_goes_before_the_software_queues()
    {
        // The queue is busy, so kblockd takes one request after the other, and sleeps in the driver with each; "late" comes to the
        // dispatch list while a is there, and goes in the same run, before b.
        Use(QueueBench.Usual with { IsBlocking = true });
        _bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        Queued(at: 1, unit: 0);
        _bench.At(20, () => _bench.Driver.Sleeps = Scene.Us * 2);
        _bench.At(20, () => _bench.Hctx.Software.Insert(Allocated(100)));
        Queued(at: 20, unit: 200);
        _bench.At(22, () => _bench.Hctx.BypassInsert(Allocated(500)));
        _bench.Run();

        Assert.Equal(["R 800+8@23", "R 4000+8@25", "R 1600+8@27"], _bench.Driver.Log.TakeLast(3));
    }

    /// <summary>A request comes to the software queue, and kblockd is to run it.</summary>
    private void Queued(long at, long unit) => _bench.At(at, () =>
    {
        _bench.Hctx.Software.Insert(Allocated(unit));
        _bench.Hctx.QueueRun();
    });

    private Request Allocated(long unit)
    {
        Request request = new(_bench.Queue);
        Assert.True(_bench.Hctx.Tags.TryAcquire());
        request.Begin(_bench.Bio("r" + unit, unit), _bench.Hctx, 1, 0);
        request.HasTag = true;
        return request;
    }

    private void Use(RequestQueueSettings settings)
    {
        _bench.Dispose();
        _bench = new QueueBench(settings);
    }
}
