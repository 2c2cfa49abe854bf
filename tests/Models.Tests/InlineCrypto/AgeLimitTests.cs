using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Waiting;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Who is barred by the oldest that is parked, from when on, and until when (KS-D2); the limit is 10us.</summary>
public sealed class AgeLimitTests : IDisposable
{
    private readonly QueueBench _bench = new(QueueBench.Usual);
    private readonly AgeLimit _limit;

    public AgeLimitTests() =>
        _limit = new AgeLimit(new CryptoProfile(_bench.Kernel, "ufs0", 1, KeyslotScene.Toy.CreateOps(_bench.Kernel, "ufs0"), Scene.Us), Scene.Us * 10);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Newer_requests_are_barred_and_older_ones_are_not()
    {
        (Request older, Request oldest, Request newer) = (Looked(1), Looked(2), Looked(3));
        List<bool> barred = [];
        _bench.At(0, () => _limit.Watch(oldest));
        _bench.At(9, Look);
        _bench.At(11, Look);
        _bench.Run();

        Assert.Equal([false, false, false, false, false, true], barred);

        void Look() => barred.AddRange([_limit.Bars(older), _limit.Bars(oldest), _limit.Bars(newer)]);
    }

    [Fact]
    public void The_age_counts_from_the_first_look_and_not_from_the_last_time_it_was_parked()
    {
        (Request oldest, Request newer) = (Looked(1), Looked(2));
        List<bool> barred = [];
        _bench.At(7, () => _limit.Watch(oldest));
        _bench.At(9, () => barred.Add(_limit.Bars(newer)));
        _bench.At(11, () => barred.Add(_limit.Bars(newer)));
        _bench.Run();

        Assert.Equal([false, true], barred);
    }

    [Fact]
    public void One_that_is_older_and_parked_later_is_watched_instead()
    {
        (Request older, Request watched) = (Looked(1), Looked(2));
        bool barred = false;
        _bench.At(0, () => _limit.Watch(watched));
        _bench.At(1, () => _limit.Watch(older));
        _bench.At(11, () => barred = _limit.Bars(watched));
        _bench.Run();

        Assert.True(barred);
    }

    [Fact]
    public void When_the_oldest_is_served_the_next_is_watched()
    {
        (Request oldest, Request next, Request newer) = (Looked(1), Looked(2), Looked(3));
        bool wasOverdue = false;
        bool? barred = null;
        _bench.At(0, () => _limit.Watch(oldest));
        _bench.At(11, () => wasOverdue = _limit.OnServed(oldest, next));
        _bench.At(12, () => barred = _limit.Bars(newer));
        _bench.Run();

        Assert.True(wasOverdue);
        Assert.True(barred);   // it has waited since 0 too
    }

    /// <summary>A request that looked for a slot at 0, in vain.</summary>
    private Request Looked(long order)
    {
        Request request = new(_bench.Queue);
        request.Begin(_bench.Bio("r" + order, order * 100), _bench.Hctx, order, order);
        request.BeginToWait();
        return request;
    }
}
