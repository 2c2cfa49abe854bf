using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>mq-deadline over a device that takes one command of 10us at a time: the order in which it gives out, and merging in it.</summary>
public sealed class MqDeadlineTests : IDisposable
{
    private static readonly RequestQueueSettings OneTag = QueueBench.Usual with { QueueDepth = 1, Requests = 64, Elevator = ElevatorKind.MqDeadline };
    private QueueBench _bench = new(OneTag);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Requests_are_given_out_by_sector_from_the_last_one_on()
    {
        Busy(unit: 500);
        _bench.Submit(2, _bench.Bio("a", 700), _bench.Bio("b", 100), _bench.Bio("c", 600), _bench.Bio("d", 300));
        _bench.RunToEnd();

        // Behind the last by sector a batch starts again at the oldest, which is 100 by then.
        Assert.Equal([500, 600, 700, 100, 300], Units());
    }

    [Theory]
    [InlineData(1, 2, 3)]     // writes_starved batches of reads go before, and the one that is under way
    [InlineData(4, 0, 4)]
    [InlineData(4, 2, 12)]
    [InlineData(16, 2, 48)]   // as Linux has it
    public void Writes_wait_for_so_many_batches_of_reads(int fifoBatch, int writesStarved, int place)
    {
        Use(OneTag with { Deadline = new DeadlineOptions { FifoBatch = fifoBatch, WritesStarved = writesStarved } });
        Busy(unit: 0);
        Bio[] reads = [.. Enumerable.Range(1, 60).Select(i => _bench.Bio("r", i * 10))];
        _bench.Submit(2, [_bench.Bio("w", 10_000, isWrite: true), .. reads]);
        _bench.RunToEnd();

        Assert.Equal(place, Units().ToList().IndexOf(10_000));
    }

    [Fact]
    public void Of_those_that_wait_when_the_first_is_given_out_writes_go_first()
    {
        Use(OneTag with { Wakeup = Scene.Us * 5 });
        _bench.Submit(0, _bench.Bio("r", 100), _bench.Bio("w", 200, isWrite: true), _bench.Bio("s", 300));
        _bench.RunToEnd();

        Assert.Equal([200, 100, 300], Units());   // last_dir begins as DD_WRITE
    }

    [Fact]
    public void The_defaults_are_those_of_Linux()
    {
        DeadlineOptions options = new();

        Assert.Equal((500, 5000), (options.ReadExpire.Picoseconds / 1_000_000_000, options.WriteExpire.Picoseconds / 1_000_000_000));
        Assert.Equal((16, 2, true), (options.FifoBatch, options.WritesStarved, options.FrontMerges));
    }

    [Theory]
    [InlineData(25, new[] { 500, 510, 600, 700, 100, 800, 900 })]    // 100 waits from 2us on; the first batch to begin after 27us is that behind 700
    [InlineData(900, new[] { 500, 510, 600, 700, 800, 900, 100 })]
    public void The_oldest_goes_first_once_it_has_waited_too_long(int readExpire, int[] order)
    {
        Use(OneTag with { Deadline = new DeadlineOptions { FifoBatch = 2, ReadExpire = Scene.Us * readExpire } });
        Busy(unit: 500);
        _bench.Submit(2, _bench.Bio("old", 100), _bench.Bio("taken", 510), _bench.Bio("c", 600), _bench.Bio("d", 700), _bench.Bio("e", 800), _bench.Bio("f", 900));
        _bench.RunToEnd();

        Assert.Equal(order, Units());
    }

    [Fact]
    public void Without_a_driver_tag_the_elevator_keeps_the_rest()
    {
        Busy(unit: 0);
        _bench.Submit(2, _bench.Bio("a", 10), _bench.Bio("b", 20), _bench.Bio("c", 30));
        int stopped = -1;
        _bench.At(5, () => stopped = _bench.Hctx.Stopped);
        _bench.RunToEnd();

        Assert.Equal(1, stopped);   // KS-42: of three only the first was dequeued
    }

    [Fact]
    public void A_request_holds_a_scheduler_tag_from_its_allocation_and_a_driver_tag_from_its_dispatch()
    {
        Busy(unit: 0);
        _bench.Submit(2, _bench.Bio("a", 10), _bench.Bio("b", 20));
        (int Scheduler, int Driver) tags = default;
        _bench.At(5, () => tags = (_bench.Hctx.Requests.InUse, _bench.Hctx.Tags.InUse));
        _bench.RunToEnd();

        Assert.Equal((3, 1), tags);   // KS-43
        Assert.Equal(Duration.Zero, _bench.Hctx.Meter.TagIdle);
    }

    [Theory]
    [InlineData(32, null, 64)]
    [InlineData(512, null, 256)]
    [InlineData(32, 8, 8)]
    public void Nr_requests_is_twice_the_queue_depth_up_to_128_unless_set(int depth, int? requests, int tags)
    {
        Use(OneTag with { QueueDepth = depth, Requests = requests });

        Assert.Equal((tags, depth), (_bench.Hctx.Requests.Capacity, _bench.Hctx.Tags.Capacity));
    }

    [Fact]
    public void A_bio_joins_a_waiting_request_behind_it_or_before_it()
    {
        Busy(unit: 0);
        _bench.Submit(2, _bench.Bio("taken", 10), _bench.Bio("a", 100), _bench.Bio("x", 500));
        _bench.Submit(3, _bench.Bio("behind", 101), _bench.Bio("before", 99));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@1", "R 80+8@12", "R 792+24@23", "R 4000+8@34"], _bench.Driver.Log);
    }

    [Fact]
    public void Without_front_merges_a_bio_that_ends_where_a_request_begins_is_a_request()
    {
        Use(OneTag with { Deadline = new DeadlineOptions { FrontMerges = false } });
        Busy(unit: 0);
        _bench.Submit(2, _bench.Bio("taken", 10), _bench.Bio("a", 100), _bench.Bio("x", 500), _bench.Bio("before x", 499), _bench.Bio("before a", 99));
        _bench.RunToEnd();

        Assert.Equal([0, 10, 99, 100, 499, 500], Units());
    }

    [Theory]
    [InlineData(0, new[] { 0, 10, 100 })]
    [InlineData(1, new[] { 0, 10, 100, 101 })]              // the one-hit cache holds 10, the first that came, and 11 joins it
    [InlineData(2, new[] { 0, 10, 11, 100, 101 })]
    public void Nomerges_leaves_all_merges_the_one_hit_cache_or_none(int nomerges, int[] units)
    {
        Use(OneTag with { NoMerges = nomerges });
        Busy(unit: 0);
        _bench.Submit(2, _bench.Bio("a", 10), _bench.Bio("b", 100), _bench.Bio("behind b", 101), _bench.Bio("behind a", 11));
        _bench.RunToEnd();

        Assert.Equal(units, Units());
    }

    [Theory]
    [InlineData(MergedKeyslot.Put, 0)]
    [InlineData(MergedKeyslot.Leak, 1)]
    public void A_request_that_vanishes_in_another_gives_its_keyslot_back(MergedKeyslot what, int left)
    {
        InlineCryptoOptions options = new()
        {
            QueueDepth = 1,
            NrRequests = 64,
            Elevator = ElevatorKind.MqDeadline,
            Keyslots = 4,
            ProgramKey = Duration.Zero,
            Latency = new ConstantDuration(Scene.Us * 10),
            Wakeup = Scene.Us,
            MergedKeyslot = what,
        };
        using HostBench bench = new(options);
        bench.Submit(0, bench.Bio(0, "k"), bench.Bio(10, "k"), bench.Bio(100, "k"), bench.Bio(102, "k"), bench.Bio(101, "k"));
        bench.Run();

        // The bio in the middle joins 100 from behind, which then takes in 102: three bios are one request, and one slot.
        Assert.Equal(5, bench.Ended);
        Assert.Equal(left, bench.Host.Profile.Table.InUse);
        Assert.Equal(0, bench.Host.Queue.InUse);
        Assert.Equal(0, bench.Host.Queue.Contexts[0].Requests.InUse);
    }

    private IReadOnlyList<int> Units() =>
        [.. _bench.Driver.Log.Select(line => int.Parse(line[2..line.IndexOf('+', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture) / 8)];

    private void Use(RequestQueueSettings settings)
    {
        _bench.Dispose();
        _bench = new QueueBench(settings);
    }

    /// <summary>The device is busy from 1us on.</summary>
    private void Busy(long unit) => _bench.Submit(0, _bench.Bio("busy", unit));
}
