using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>hisilicon's limit that holds nothing back (DM-P7, DM-B30), and the backlog of the queue pair that replaced it.</summary>
public class Sec2Tests
{
    private static readonly Sec2Options Small = DriverBench.Timed(new Sec2Options { SqDepth = 4, Setup = null!, Bandwidth = default });

    [Fact]
    public void With_the_fake_limit_a_request_answered_EBUSY_is_in_the_hardware_already()
    {
        using DriverBench bench = new(Small with { Backlog = Sec2Backlog.FakeLimit });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(4));
        bench.Run();
        // Limit 2, room for 3.
        Assert.Equal("EINPROGRESS EBUSY EBUSY ENOBUFS", answers);
        Assert.Equal(["r2 EINPROGRESS@2", "r3 EINPROGRESS@2", "r1 0@2", "r2 0@4", "r3 0@6"], bench.Log);
    }

    [Fact]
    public void Without_MAY_BACKLOG_the_fake_limit_refuses()
    {
        using DriverBench bench = new(Small with { Backlog = Sec2Backlog.FakeLimit });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(3, mayBacklog: false));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY", answers);
        Assert.Equal(["r1 0@2", "r2 0@4"], bench.Log);
    }

    [Fact]
    public void The_backlog_of_the_queue_pair_keeps_what_does_not_fit()
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(5));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS EBUSY EBUSY", answers);
        Assert.Equal(["r1 0@2", "r4 EINPROGRESS@2", "r2 0@4", "r5 EINPROGRESS@4", "r3 0@6", "r4 0@8", "r5 0@10"], bench.Log);
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_full_queue_pair_answers_ENOSPC()
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(4, mayBacklog: false));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS ENOSPC", answers);
    }

    [Fact]
    public void Under_the_fake_limit_another_transformation_hears_of_room_only_from_its_own_completions()
    {
        using DriverBench bench = new(Small with { Backlog = Sec2Backlog.FakeLimit });
        bench.At(0, () => bench.Submit(2, tfm: 1));
        bench.At(0, () => bench.Submit(1, tfm: 2));
        bench.Run();
        // There has been room since 2us.
        Assert.Equal(["r2 EINPROGRESS@2", "r1 0@2", "r2 0@4", "r3 EINPROGRESS@6", "r3 0@6"], bench.Log);
    }

    [Fact]
    public void The_backlog_of_the_queue_pair_hears_of_room_from_every_completion()
    {
        using DriverBench bench = new(Small);
        bench.At(0, () => bench.Submit(3, tfm: 1));
        bench.At(0, () => bench.Submit(1, tfm: 2));
        bench.Run();
        Assert.Contains("r4 EINPROGRESS@2", bench.Log);
    }

    [Fact]
    public void Notifications_of_two_transformations_come_out_of_order_under_the_fake_limit()
    {
        using DriverBench bench = new(Small with { Backlog = Sec2Backlog.FakeLimit });
        bench.At(0, () => bench.Submit(2, tfm: 1));
        bench.At(0, () => bench.Submit(1, tfm: 2));
        bench.At(2100, () => bench.Submit(1, tfm: 1));
        Outcome outcome = bench.Run();
        Assert.Equal((End.Fault, "DM-Q10"), (outcome.End, outcome.Rule));
    }

    [Fact]
    public void A_request_can_end_beyond_the_fake_limit_without_having_been_notified() =>
        Assert.Contains("got its final status without the callback with EINPROGRESS", DriverScenes.Fails(
            "fault", "DM-C5", DriverScenes.Explore(Small with { SqDepth = 5, Backlog = Sec2Backlog.FakeLimit }, contexts: 4, requests: 2)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(4, 2, 5)]
    [InlineData(2, 2, 2)]
    public void The_backlog_of_the_queue_pair_is_proved(int contexts, int requests, int depth) =>
        DriverScenes.Proved(DriverScenes.Explore(Small with { SqDepth = depth }, contexts, requests));

    [Theory]
    [InlineData(KernelVersion.V65, 0)]
    [InlineData(KernelVersion.V69, 0)]
    [InlineData(KernelVersion.V618, 1)]
    public void The_release_decides_whether_there_is_a_backlog(KernelVersion version, int kept)
    {
        using DriverBench bench = new(Small, version: version);
        int seen = -1;
        bench.At(0, () =>
        {
            bench.Submit(4);
            seen = ((Sec2Driver)bench.Driver).Kept;
        });
        bench.Run();
        Assert.Equal(kept, seen);
    }
}
