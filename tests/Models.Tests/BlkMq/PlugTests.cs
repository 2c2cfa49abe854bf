using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>When a plug is flushed, and by whom what it held is issued (KS-25).</summary>
public sealed class PlugTests : IDisposable
{
    private QueueBench _bench = new(QueueBench.Usual with { QueueDepth = 256 });

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(32, 0)]    // all wait for the end of the plug
    [InlineData(33, 32)]   // BLK_MAX_REQUEST_COUNT: the 33rd finds it full
    [InlineData(70, 64)]
    public void A_plug_is_flushed_before_the_33rd_request(int bios, int early) => Assert.Equal(early, Early(bios, units: 1));

    [Theory]
    [InlineData(31, 0)]    // 124 KiB
    [InlineData(32, 2)]    // 128 KiB: BLK_PLUG_FLUSH_SIZE, looked at when the next request comes
    public void A_plug_is_flushed_after_a_request_of_128_KiB(int units, int early) => Assert.Equal(early, Early(bios: 3, units));

    [Fact]
    public void With_nomerges_a_large_request_does_not_flush_the_plug()
    {
        Use(QueueBench.Usual with { QueueDepth = 256, NoMerges = 2 });

        Assert.Equal(0, Early(bios: 3, units: 64));
    }

    [Fact]
    public void Requests_of_several_hardware_queues_are_issued_in_the_order_of_the_plug()
    {
        Use(QueueBench.Usual with { HardwareQueues = 2 });
        _bench.SubmitPlugged(0, _bench.Bio("a", 100, cpu: 0), _bench.Bio("b", 200, cpu: 1), _bench.Bio("c", 300, cpu: 0));
        _bench.RunToEnd();

        Assert.Equal(["R 800+8@0", "R 1600+8@0", "R 2400+8@0"], _bench.Driver.Log);
    }

    [Fact]
    public void Behind_one_that_cannot_go_on_the_rest_waits_in_the_queue_of_its_CPU()
    {
        Use(QueueBench.Usual with { HardwareQueues = 2 });
        _bench.Submit(0, _bench.Bio("in flight", 900, cpu: 0));
        _bench.At(1, () => (_bench.Driver.FullUntil, _bench.Driver.FullFor) = (10, _bench.Hctx));
        _bench.SubmitPlugged(1, _bench.Bio("a", 100, cpu: 0), _bench.Bio("b", 200, cpu: 1), _bench.Bio("c", 300, cpu: 0));
        _bench.RunToEnd();

        // a stops hctx0: refused at once, by the run, and by that of c; b is on hctx1 and goes on.
        Assert.Equal(
            ["R 800+8@1 DevResource", "R 800+8@1 DevResource", "R 1600+8@1", "R 800+8@1 DevResource", "R 800+8@11", "R 2400+8@11"],
            _bench.Driver.Log.Skip(1));
    }

    [Fact]
    public void What_a_task_has_plugged_is_issued_by_kblockd_when_the_task_sleeps_for_a_tag()
    {
        Use(QueueBench.Usual with { QueueDepth = 1 });
        _bench.SubmitPlugged(0, _bench.Bio("a", 100), _bench.Bio("b", 200));
        _bench.RunToEnd();

        Assert.Equal(["R 800+8@1", "R 1600+8@12"], _bench.Driver.Log);   // 1: kblockd wakes up; 11: the tag is free; 12: so does the task
    }

    [Fact]
    public void A_plug_that_is_kept_while_its_task_sleeps_hangs_it()
    {
        Use(QueueBench.Usual with { QueueDepth = 1, PlugOnSleep = PlugOnSleep.Keep });
        _bench.SubmitPlugged(0, _bench.Bio("a", 100), _bench.Bio("b", 200));

        Assert.Equal(End.Deadlock, _bench.Run().End);
        Assert.Empty(_bench.Driver.Log);
    }

    [Fact]
    public void A_plug_of_several_devices_is_flushed_device_by_device_and_holds_twice_as_many()
    {
        using QueueBench other = new(QueueBench.Usual);
        Plug plug = new();
        Request first = Allocated(_bench, 100);
        Add(plug, first);
        Add(plug, Allocated(other, 100));
        for (int i = 2; i < 64; i++)
        {
            Add(plug, Allocated(_bench, 100 * i));
        }

        Assert.Equal(64, plug.Count);
        Assert.Equal(MergeStatus.Ok, plug.Merge(other.Queue, other.Bio("b", 101), 2048));   // the first of its own queue
        Assert.Equal(MergeStatus.Ok, plug.Merge(_bench.Queue, _bench.Bio("c", 6301), 2048));  // the last
    }

    private static void Add(Plug plug, Request request) => Assert.True(plug.AddAsync(request).IsCompleted);

    private static Request Allocated(QueueBench bench, long unit)
    {
        Request request = new(bench.Queue);
        request.Begin(bench.Bio("a", unit), bench.Hctx, 1, 0);
        return request;
    }

    private void Use(RequestQueueSettings settings)
    {
        _bench.Dispose();
        _bench = new QueueBench(settings);
    }

    /// <summary>How many requests are issued before the plug is finished.</summary>
    private int Early(int bios, int units)
    {
        QueueBench bench = _bench;
        Plug plug = new();
        int early = -1;
        bench.Simulation.Spawn("task", Task());
        bench.RunToEnd();
        return early;

        async Process Task()
        {
            bench.Kernel.Enter(CpuContext.Process);
            for (int i = 0; i < bios; i++)
            {
                Bio bio = bench.Bio("b" + i, 1000L * (i + 1), units);
                bio.Plug = plug;
                await bench.Queue.SubmitAsync(bio);
            }

            early = bench.Driver.Log.Count;
            await plug.FlushAsync();
        }
    }
}
