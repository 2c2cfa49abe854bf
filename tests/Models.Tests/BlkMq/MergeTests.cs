using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>Which bios become one request (KS-31 to KS-34).</summary>
public sealed class MergeTests : IDisposable
{
    private QueueBench _bench = new(QueueBench.Usual);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Bios_in_a_row_join_the_last_request_of_their_plug()
    {
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 1), _bench.Bio("c", 2, units: 2));
        _bench.RunToEnd();

        Assert.Equal(["R 0+32@0"], _bench.Driver.Log);
        Assert.Equal(["a 0@10", "b 0@10", "c 0@10"], _bench.Ended);
    }

    [Fact]
    public void A_bio_that_ends_where_a_request_begins_joins_its_front()
    {
        BioCryptContext? first = null;
        _bench.Driver.OnTaken = request => first = request.Crypt;
        _bench.SubmitPlugged(0, _bench.Bio("a", 7, key: "k"), _bench.Bio("b", 6, key: "k"), _bench.Bio("c", 8, key: "k"));
        _bench.RunToEnd();

        Assert.Equal(["R 48+24@0"], _bench.Driver.Log);
        Assert.Equal(new DataUnitNumber(6), first!.Dun);   // it begins with the data unit of b now (KS-32)
        Assert.Equal(["b 0@10", "a 0@10", "c 0@10"], _bench.Ended);
    }

    [Fact]
    public void Only_the_last_request_of_a_plug_is_looked_at()
    {
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 100), _bench.Bio("c", 1));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@0", "R 800+8@0", "R 8+8@0"], _bench.Driver.Log);
    }

    [Theory]
    [InlineData("k", "k", 1, true)]
    [InlineData(null, null, 1, true)]
    [InlineData("k", null, 1, false)]       // encrypted and plain never
    [InlineData(null, "k", 1, false)]
    [InlineData("k", "other", 1, false)]    // the key is the object, not its content
    [InlineData("k", "k", 2, false)]        // not the next data unit
    public void Bios_join_if_the_device_may_encrypt_them_as_one(string? first, string? second, long dun, bool joined)
    {
        _bench.SubmitPlugged(0, _bench.Bio("a", 0, key: first), _bench.Bio("b", 1, key: second, dun: new DataUnitNumber((ulong)dun)));
        _bench.RunToEnd();

        Assert.Equal(joined ? ["R 0+16@0"] : ["R 0+8@0", "R 8+8@0"], _bench.Driver.Log);
    }

    [Fact]
    public void A_write_does_not_join_a_read()
    {
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 1, isWrite: true));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@0", "W 8+8@0"], _bench.Driver.Log);
    }

    [Fact]
    public void Data_units_that_wrap_through_0_are_not_in_a_row()
    {
        DataUnitNumber last = new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);
        _bench.SubmitPlugged(0, _bench.Bio("a", 0, key: "k", dun: last), _bench.Bio("b", 1, key: "k", dun: new DataUnitNumber(0)));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@0", "R 8+8@0"], _bench.Driver.Log);
    }

    [Fact]
    public void A_carry_into_the_next_limb_is_in_a_row()
    {
        _bench.SubmitPlugged(0, _bench.Bio("a", 0, key: "k", dun: new DataUnitNumber(ulong.MaxValue)), _bench.Bio("b", 1, key: "k", dun: new DataUnitNumber(0, 1, 0, 0)));
        _bench.RunToEnd();

        Assert.Equal(["R 0+16@0"], _bench.Driver.Log);
    }

    [Fact]
    public void A_request_that_a_bio_was_too_large_for_is_closed_for_good()
    {
        Use(QueueBench.Usual with { MaxSectors = 24 });
        _bench.SubmitPlugged(0, _bench.Bio("a", 0, units: 2), _bench.Bio("b", 2, units: 2), _bench.Bio("c", 100), _bench.Bio("d", 101, units: 2), _bench.Bio("e", 103));
        _bench.RunToEnd();

        Assert.Equal(["R 0+16@0", "R 16+16@0", "R 800+24@0", "R 824+8@0"], _bench.Driver.Log);
    }

    [Fact]
    public void A_request_that_a_bio_was_too_large_for_takes_no_smaller_one_either()
    {
        Use(QueueBench.Usual with { MaxSectors = 24 });
        HoldBack(after: () => _bench.Submit(2, _bench.Bio("a", 10, units: 2), _bench.Bio("too large", 12, units: 2)));
        _bench.Submit(3, _bench.Bio("would fit", 9));
        _bench.RunToEnd();

        Assert.Contains(_bench.Driver.Log, line => line.StartsWith("R 80+16@", StringComparison.Ordinal));
        Assert.Contains(_bench.Driver.Log, line => line.StartsWith("R 72+8@", StringComparison.Ordinal));
    }

    [Fact]
    public void With_nomerges_every_bio_is_a_request()
    {
        Use(QueueBench.Usual with { NoMerges = 2 });
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 1));
        _bench.RunToEnd();

        Assert.Equal(["R 0+8@0", "R 8+8@0"], _bench.Driver.Log);
    }

    [Theory]
    [InlineData(8, true)]     // the eighth from the end
    [InlineData(9, false)]
    public void In_a_software_queue_a_bio_is_compared_with_the_last_8_requests(int back, bool joined)
    {
        HoldBack(after: () =>
        {
            for (int i = 0; i < 10; i++)
            {
                _bench.Submit(2, _bench.Bio("w" + i, 10 * (10 - i)));
            }
        });
        _bench.Submit(3, _bench.Bio("late", (10 * back) + 1));
        _bench.RunToEnd();

        Assert.Equal(joined ? 1 : 0, _bench.Driver.Log.Count(line => line.Contains("+16@", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(10, 77, false)]   // the late one would follow the first, but meets the second first
    [InlineData(77, 10, true)]
    public void A_neighbour_that_a_bio_may_not_join_ends_the_search(long firstDun, long secondDun, bool joined)
    {
        HoldBack(after: () => _bench.Submit(
            2,
            _bench.Bio("a", 10, key: "k", dun: new DataUnitNumber((ulong)firstDun)),
            _bench.Bio("same place", 10, key: "k", dun: new DataUnitNumber((ulong)secondDun))));
        _bench.Submit(3, _bench.Bio("late", 11, key: "k"));
        _bench.RunToEnd();

        Assert.Equal(joined, _bench.Driver.Log.Any(line => line.Contains("+16@", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_CPUs_software_queue_is_not_looked_at()
    {
        HoldBack(after: () => _bench.Submit(2, _bench.Bio("a", 10, cpu: 1)));
        _bench.Submit(3, _bench.Bio("b", 11, cpu: 2));
        _bench.RunToEnd();

        Assert.DoesNotContain(_bench.Driver.Log, line => line.Contains("+16@", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bio_that_joins_a_request_needs_no_tag()
    {
        Use(QueueBench.Usual with { QueueDepth = 1 });
        _bench.SubmitPlugged(0, _bench.Bio("a", 0), _bench.Bio("b", 1), _bench.Bio("c", 2));
        _bench.RunToEnd();

        Assert.Equal(["R 0+24@0"], _bench.Driver.Log);
    }

    [Theory]
    [InlineData(0, 1, 512)]
    [InlineData(0, 0, 0)]      // no data and a context
    public void A_bio_that_is_not_made_of_whole_data_units_ends_with_an_error(long unit, int units, long extra)
    {
        _bench.Submit(0, _bench.Bio("a", unit, units, key: "k", extraBytes: extra), _bench.Bio("plain", 50, extraBytes: 512));
        _bench.RunToEnd();

        Assert.Equal(["a EIO@0", "plain 0@10"], _bench.Ended);   // KS-33
    }

    [Fact]
    public void Merges_are_counted_by_place_and_side()
    {
        HoldBack(after: () => _bench.Submit(2, _bench.Bio("a", 10)));
        _bench.Submit(3, _bench.Bio("b", 11), _bench.Bio("c", 9));
        _bench.SubmitPlugged(20, _bench.Bio("d", 20), _bench.Bio("e", 21));
        _bench.RunToEnd();
        MetricList metrics = new();
        _bench.Queue.Meter.Merges.AddMetrics(metrics, "q");

        Assert.Equal(
            ["q.merges 3", "q.merges.back 2", "q.merges.elevator 0", "q.merges.front 1", "q.merges.plug 1", "q.merges.requests 0", "q.merges.software_queue 2"],
            metrics.InOrderOfName().Select(metric => $"{metric.Name} {metric.Value}"));
    }

    private void Use(RequestQueueSettings settings)
    {
        _bench.Dispose();
        _bench = new QueueBench(settings);
    }

    /// <summary>The device is full until 10us, and the queue knows it, so that what comes from 2us on waits in the software queues.</summary>
    private void HoldBack(Action after)
    {
        _bench.Submit(0, _bench.Bio("in flight", 900));
        _bench.At(1, () => _bench.Driver.FullUntil = 10);
        _bench.Submit(1, _bench.Bio("first", 800));
        after();
    }
}
