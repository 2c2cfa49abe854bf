using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>hip07's driver: a ring for each transformation, the softqueue of chaining modes, elements (AA-24 to AA-28, AA-30). Jobs of 2us.</summary>
public class SecTests
{
    private static readonly SecOptions Unit = DriverBench.Timed(new SecOptions { Setup = null!, Bandwidth = default });

    [Fact]
    public void A_unit_has_16_queues_of_512_elements_of_32_MiB_and_softqueues_of_512() => Assert.Equal(
        (16, 512, 512, DataSize.FromMebibytes(32)), (Unit.Queues, Unit.QueueLen, Unit.Softqueue, Unit.MaxElement));

    [Fact]
    public void Of_a_chain_one_element_is_in_the_engines()
    {
        using ChainBench bench = new(Unit with { Engines = 4 });
        bench.At(0, () => Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS", bench.SubmitAll(3, bytes: 48)));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4", "r3 0@6"], bench.Log);
        Assert.Equal(bench.InOneCall(), bench.Result);
    }

    [Fact]
    public void The_driver_may_say_that_it_serialises()
    {
        using ChainBench bench = new(Unit);
        Assert.True(bench.Driver.SerializesIv);
    }

    [Fact]
    public void A_mode_that_does_not_chain_has_no_softqueue()
    {
        using DriverBench bench = new(Unit with { Engines = 4 });
        bench.At(0, () => bench.Submit(4, tfm: 1));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@2", "r3 0@2", "r4 0@2"], bench.Log);
    }

    [Fact]
    public void The_IV_is_read_where_it_lies_when_an_engine_begins()
    {
        using ChainBench bench = new(Unit);
        IvValue replaced = new(1, 2);
        bench.At(0, () =>
        {
            bench.Submit(ChainBench.NewIv(), tfm: 2);
            bench.Submit(tfm: 1);   // in its ring; the engine is with the other until 2us
        });
        bench.At(1000, () => bench.Iv.Set(replaced));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4"], bench.Log);
        Assert.Equal(replaced, bench.Requests[1].LatchedIv);
    }

    // ── rings, backlogs ─────────────────────────────────────────────────

    [Fact]
    public void Each_transformation_has_a_ring_and_a_softqueue_of_its_own()
    {
        using ChainBench bench = new(Unit with { Engines = 2 });
        IvCell other = ChainBench.NewIv();
        bench.At(0, () =>
        {
            bench.SubmitAll(2);
            bench.Submit(other, tfm: 2);
            bench.Submit(other, tfm: 2);
        });
        bench.Run();
        Assert.Equal(["r1 0@2", "r3 0@2", "r2 0@4", "r4 0@4"], bench.Log);
        Assert.Equal("0 1 0 3", bench.Chain);
    }

    [Fact]
    public void A_transformation_that_finds_no_queue_left_gets_ENODEV()
    {
        using DriverBench bench = new(Unit with { Queues = 2 });
        string answers = "";
        bench.At(0, () => answers = string.Join(' ', bench.Submit(1, tfm: 1), bench.Submit(1, tfm: 2), bench.Submit(1, tfm: 3), bench.Submit(1, tfm: 1)));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS ENODEV EINPROGRESS", answers);
    }

    [Fact]
    public void A_full_ring_sends_requests_with_MAY_BACKLOG_to_the_backlog()
    {
        using DriverBench bench = new(Unit with { QueueLen = 2 });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(4, tfm: 1));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY", answers);
        Assert.Equal(["r3 EINPROGRESS@2", "r1 0@2", "r4 EINPROGRESS@4", "r2 0@4", "r3 0@6", "r4 0@8"], bench.Log);
    }

    [Fact]
    public void A_full_ring_answers_EBUSY_to_others_and_keeps_nothing()
    {
        using DriverBench bench = new(Unit with { QueueLen = 2 });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(3, mayBacklog: false, tfm: 1));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY", answers);
        Assert.Equal(["r1 0@2", "r2 0@4"], bench.Log);
    }

    [Fact]
    public void Backlogs_of_two_transformations_are_notified_each_in_its_own_order()
    {
        using DriverBench bench = new(Unit with { QueueLen = 1, Engines = 2 });
        bench.At(0, () => bench.Submit(2, tfm: 1));
        bench.At(1000, () => bench.Submit(2, tfm: 2));
        bench.At(1500, () => bench.Submit(1, tfm: 1));
        Outcome outcome = bench.Run();
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(["r2 EINPROGRESS@2", "r1 0@2", "r4 EINPROGRESS@3", "r3 0@3", "r5 EINPROGRESS@4", "r2 0@4", "r4 0@5", "r5 0@6"], bench.Log);
    }

    [Fact]
    public void What_is_done_behind_an_unfinished_element_is_called_back_with_it()
    {
        using DriverBench bench = new(Unit with { Engines = 2, Bandwidth = new Bandwidth(512_000_000) });   // 1us for 512 bytes
        bench.At(0, () =>
        {
            TestRequest slow = bench.Request(tfm: 1);
            slow.Resize(5120);
            bench.Driver.Submit(slow);
            bench.Submit(2, tfm: 1);
            bench.Submit(1, tfm: 2);
        });
        bench.Run();
        // The second engine: r2 until 3, r3 until 6, r4 of another ring until 9; the first is with r1 until 12.
        Assert.Equal(["r4 0@9", "r1 0@12", "r2 0@12", "r3 0@12"], bench.Log);
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 1, 1)]
    public void Its_backlog_is_proved_to_lose_nothing_without_a_softqueue(int contexts, int requests, int depth) =>
        DriverScenes.Proved(DriverScenes.Explore(Unit with { QueueLen = depth }, contexts, requests));

    // ── elements ────────────────────────────────────────────────────────

    [Fact]
    public void A_long_request_is_split_and_its_elements_are_one_chain()
    {
        using ChainBench bench = new(Unit with { MaxElement = new DataSize(32), Engines = 4 });
        bench.At(0, () => bench.SubmitAll(2, bytes: 80));
        bench.Run();
        Assert.Equal(["r1 0@6", "r2 0@12"], bench.Log);
        Assert.Equal(bench.InOneCall(), bench.Result);
        Assert.Equal((0, "0 1"), (bench.Requests.Sum(request => request.StaleParts), bench.Chain));
    }

    [Fact]
    public void Without_a_chain_elements_of_a_request_go_through_the_engines_together()
    {
        using DriverBench bench = new(Unit with { MaxElement = new DataSize(256), Engines = 4 });
        bench.At(0, () => bench.Submit(2, tfm: 1));   // of 512 bytes
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@2"], bench.Log);
    }

    [Fact]
    public void The_ring_needs_room_for_all_elements_of_a_request()
    {
        using DriverBench bench = new(Unit with { MaxElement = new DataSize(256), QueueLen = 3 });
        string answers = "";
        bench.At(0, () => answers = bench.Submit(2, tfm: 1));
        bench.Run();
        Assert.Equal("EINPROGRESS EBUSY", answers);
        Assert.Equal(["r2 EINPROGRESS@2", "r1 0@4", "r2 0@8"], bench.Log);
    }

    [Fact]
    public void A_request_that_would_fit_waits_behind_one_in_the_backlog_that_did_not()
    {
        using ChainBench bench = new(Unit with { MaxElement = new DataSize(16), Softqueue = 2, SoftqueueRoom = SoftqueueRoom.OfItsQueue });
        string answers = "";
        bench.At(0, () => answers = string.Join(' ', bench.Submit(), bench.Submit(), bench.Submit(bytes: 32, mayBacklog: true), bench.Submit(mayBacklog: true)));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY", answers);
        Assert.Equal(["r3", "r4"], bench.Log.Where(line => line.Contains(" 0@", StringComparison.Ordinal)).Select(line => line[..2]).TakeLast(2));
    }

    [Fact]
    public void Building_costs_time_for_the_request_its_pages_and_its_scatterlists_of_64_entries()
    {
        SecOptions costs = Unit with
        {
            BuildMap = Duration.FromNanoseconds(1000),
            BuildMapPerPage = Duration.FromNanoseconds(10),
            BuildMapPerSgl = Duration.FromNanoseconds(100),
            MaxElement = DataSize.FromMebibytes(1),
        };
        Assert.Equal(Duration.FromNanoseconds(1000 + 10 + 100), costs.BuildTime(new DataSize(16)));
        Assert.Equal(Duration.FromNanoseconds(1000 + 650 + 200), costs.BuildTime(new DataSize(65 * 4096)));
        // 256 pages in 4 scatterlists, twice; and a page in one of its own.
        Assert.Equal(Duration.FromNanoseconds(1000 + 5130 + 900), costs.BuildTime(new DataSize((513 * 4096) - 1)));
        Assert.Equal(3, costs.ElementsOf(new DataSize((513 * 4096) - 1)));
    }

    [Fact]
    public void A_request_is_built_outside_the_lock_while_the_one_before_it_is_in_the_engine()
    {
        using DriverBench bench = new(Unit with { BuildMap = Duration.FromMicroseconds(3) });
        bench.SubmitInStepsAt(0);
        bench.SubmitInStepsAt(0);
        bench.Run();
        Assert.Equal(["r1 answered EINPROGRESS@3", "r2 answered EINPROGRESS@3", "r1 0@5", "r2 0@7"], bench.Log);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void An_element_is_one_or_more_blocks(int bytes)
    {
        OptionProblem problem = Assert.Single((Unit with { MaxElement = new DataSize(bytes) }).FindProblems("sec0", 2));
        Assert.Equal("sec0.max_element", problem.Path);
    }
}
