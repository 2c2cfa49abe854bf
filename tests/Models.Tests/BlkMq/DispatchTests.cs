using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>What becomes of requests that the driver cannot take (KS-36 to KS-41), on the virtual clock.</summary>
public sealed class DispatchTests : IDisposable
{
    private readonly QueueBench _bench = new(QueueBench.Usual);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_request_goes_straight_to_the_driver()
    {
        _bench.Submit(3, _bench.Bio("a", 0));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@3"], _bench.Driver.Log);
        Assert.Equal(["a 0@13"], _bench.Ended);
    }

    [Fact]
    public void A_failed_request_stops_everything_behind_it()
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => Refuse(DispatchAnswer.DevResource, 3));
        _bench.SubmitPlugged(1, _bench.Bio("a", 0), _bench.Bio("b", 100), _bench.Bio("c", 200));
        _bench.RunToEnd();

        // a is refused when it is issued, by the run that follows, and by that of b and c, which are not looked at before it (KS-36).
        Assert.Equal(
            ["R 7200+8@0", "R 0+8@1 DevResource", "R 0+8@1 DevResource", "R 0+8@1 DevResource", "R 0+8@11", "R 800+8@11", "R 1600+8@11"],
            _bench.Driver.Log);
    }

    [Fact]
    public void A_restart_runs_the_queue_when_a_request_ends()
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => Refuse(DispatchAnswer.DevResource, 2));
        _bench.Submit(1, _bench.Bio("a", 0));
        _bench.RunToEnd();

        Assert.Equal("R 0+8@11", _bench.Driver.Log[^1]);   // 10: the request ends; 11: kblockd runs
        Assert.Equal(0, _bench.Hctx.DelayedRuns);
    }

    [Fact]
    public void What_no_end_of_a_request_brings_back_is_tried_again_after_3_ms()
    {
        Refuse(DispatchAnswer.Resource, 3);
        _bench.Submit(0, _bench.Bio("a", 0));
        _bench.RunToEnd();

        // 0: issued, and run at once; 3000: delayed run, 3001: kblockd; 6001, 6002: once more.
        Assert.Equal(["R 0+8@0 Resource", "R 0+8@0 Resource", "R 0+8@3001 Resource", "R 0+8@6002"], _bench.Driver.Log);
        Assert.Equal(2, _bench.Hctx.DelayedRuns);
    }

    [Fact]
    public void A_device_that_is_short_with_nothing_in_flight_is_never_run_again()
    {
        Refuse(DispatchAnswer.DevResource, 2);
        _bench.Submit(0, _bench.Bio("a", 0));
        _bench.Run();

        Assert.Equal(1, _bench.Hctx.Stopped);
        Assert.Empty(_bench.Ended);
    }

    [Fact]
    public void Another_error_ends_the_request_and_those_behind_it_go_on()
    {
        Refuse(DispatchAnswer.Failed, 1);
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 100));
        _bench.RunToEnd();

        Assert.Equal(["a EIO@0", "b 0@10"], _bench.Ended);
    }

    [Fact]
    public void The_dispatch_list_is_looked_at_before_the_software_queues()
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => Refuse(DispatchAnswer.DevResource, 3));
        _bench.Submit(1, _bench.Bio("a", 500));
        _bench.Submit(2, _bench.Bio("b", 0));     // dispatch_busy: to the software queue, and a run, which stops at a
        _bench.RunToEnd();

        Assert.Equal(
            ["R 7200+8@0", "R 4000+8@1 DevResource", "R 4000+8@1 DevResource", "R 4000+8@3 DevResource", "R 4000+8@11", "R 0+8@11"],
            _bench.Driver.Log);
    }

    [Fact]
    public void A_busy_queue_takes_one_request_of_each_CPU_in_turn()
    {
        HoldBack(cpus: [0, 0, 1, 1, 2]);
        _bench.RunToEnd();

        // CPU 0, 1, 2, 0, 1 and not 0, 0, 1, 1, 2.
        Assert.Equal(["1000", "3000", "5000", "2000", "4000"], Sectors().TakeLast(5));
    }

    [Fact]
    public void A_queue_that_is_not_busy_takes_all_at_once_CPU_by_CPU()
    {
        _bench.Hctx.Software.Insert(Allocated("a", 125, cpu: 1));
        _bench.Hctx.Software.Insert(Allocated("b", 250, cpu: 0));
        _bench.Hctx.Software.Insert(Allocated("c", 375, cpu: 1));
        _bench.At(1, _bench.Hctx.QueueRun);
        _bench.Run();

        Assert.Equal(["2000", "1000", "3000"], Sectors());
    }

    [Fact]
    public void Dispatch_busy_is_an_average_of_refusals_that_falls_to_zero_again()
    {
        List<int> busy = [];
        _bench.Driver.OnTaken = _ => busy.Add(_bench.Hctx.DispatchBusy);
        Refuse(DispatchAnswer.Resource, 10);
        _bench.Submit(0, _bench.Bio("a", 0));
        for (int i = 1; i <= 8; i++)
        {
            _bench.Submit(50_000 + i, _bench.Bio("b", i * 100));
        }

        _bench.RunToEnd();

        // (7 * e + 16) / 8 ten times: 2 3 4 5 6 7 8 9 9 9; then 7 * e / 8 after each success.
        Assert.Equal([9, 7, 6, 5, 4, 3, 2, 1, 0], busy);
    }

    [Fact]
    public void A_run_that_is_put_off_takes_the_pending_one_with_it()
    {
        _bench.Hctx.Software.Insert(Allocated("a", 0, cpu: 0));
        _bench.At(1, _bench.Hctx.QueueRun);
        _bench.At(1, _bench.Hctx.RunLater);   // mod_delayed_work on a work item that kblockd has not begun
        _bench.Run();

        Assert.Equal(["R 0+8@3002"], _bench.Driver.Log);
    }

    [Fact]
    public void A_run_at_once_takes_the_delay_back()
    {
        _bench.Hctx.Software.Insert(Allocated("a", 0, cpu: 0));
        _bench.At(1, _bench.Hctx.RunLater);
        _bench.At(5, _bench.Hctx.QueueRun);
        _bench.Run();

        Assert.Equal(["R 0+8@6"], _bench.Driver.Log);
        Assert.Equal(0, _bench.Hctx.DelayedRuns);
    }

    [Fact]
    public void Time_with_requests_on_the_dispatch_list_and_none_issued_is_measured()
    {
        Refuse(DispatchAnswer.Resource, 2);
        _bench.Submit(0, _bench.Bio("a", 0));
        _bench.RunToEnd();

        Assert.Equal((1, Scene.Us * 3001), (_bench.Hctx.Meter.Stalls, _bench.Hctx.Meter.Stalled));
        Assert.Equal(Scene.Us * 3001, _bench.Hctx.Meter.TagIdle);   // the driver tag stays with it: there is no elevator
    }

    private IEnumerable<string> Sectors() => _bench.Driver.Log.Where(line => line.IndexOf(' ', 2) < 0).Select(line => line[2..line.IndexOf('+', StringComparison.Ordinal)]);

    private void Refuse(DispatchAnswer answer, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _bench.Driver.Answers.Enqueue(answer);
        }
    }

    /// <summary>The device is busy until 10us; meanwhile a request of each CPU named joins its software queue.</summary>
    private void HoldBack(int[] cpus)
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => _bench.Driver.FullUntil = 10);
        _bench.Submit(1, _bench.Bio("first", 800));
        for (int i = 0; i < cpus.Length; i++)
        {
            _bench.Submit(2, _bench.Bio("b" + i, (i + 1) * 125, cpu: cpus[i]));
        }
    }

    private Request Allocated(string name, long unit, int cpu)
    {
        Request request = new(_bench.Queue);
        Assert.True(_bench.Hctx.Tags.TryAcquire());
        request.Begin(_bench.Bio(name, unit, cpu: cpu), _bench.Hctx, 1, 0);
        request.HasTag = true;
        return request;
    }
}
