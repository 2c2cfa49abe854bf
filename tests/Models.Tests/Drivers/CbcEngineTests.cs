using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>An engine for chained modes: what a request starts from, who is kept back, and what a full ring does to a chain. Jobs of 2us.</summary>
public class CbcEngineTests
{
    private static readonly CbcEngineOptions Bare = DriverBench.Timed(new CbcEngineOptions { Setup = null!, Bandwidth = default, Latch = Latch.AtEngineStart });
    private static readonly CbcEngineOptions Queued = Bare with { Dependency = Dependency.SoftwareQueue };

    // ── who reads what ──────────────────────────────────────────────────

    [Fact]
    public void Latched_at_submission_all_requests_in_flight_start_from_the_IV_of_the_user()
    {
        using ChainBench bench = new(Bare with { Latch = Latch.AtSubmission });
        bench.At(0, () => bench.SubmitAll(4));
        bench.At(9000, () => bench.Submit());
        bench.Run();
        Assert.Equal("0 0 0 0 4", bench.Chain);
    }

    [Fact]
    public void Latched_at_the_start_of_the_engine_a_request_gets_what_the_one_before_the_last_has_left()
    {
        using ChainBench bench = new(Bare with { Interrupt = Bare.Interrupt with { Latency = Duration.FromMicroseconds(1) } });
        bench.At(0, () => bench.SubmitAll(5));
        bench.Run();
        // Engine starts at 0, 2, 4, 6, 8; IVs written back at 3, 5, 7, 9, 11.
        Assert.Equal("0 0 1 2 3", bench.Chain);
    }

    [Fact]
    public void Of_engines_that_finish_out_of_order_the_last_to_complete_leaves_its_IV()
    {
        using ChainBench bench = new(Bare with { Engines = 2, Bandwidth = new Bandwidth(16_000_000) });   // 1us for each block
        bench.At(0, () =>
        {
            bench.Submit(bytes: 160);
            bench.Submit();
        });
        bench.At(20_000, () => bench.Submit());
        bench.Run();
        Assert.Equal(["r2 0@3", "r1 0@12", "r3 0@23"], bench.Log);
        Assert.Equal("0 0 1", bench.Chain);
        Assert.Equal(bench.Requests[0].Result[^16..], bench.InOneCall()[144..160]);
    }

    // ── who is kept back ────────────────────────────────────────────────

    [Fact]
    public void Behind_a_software_queue_more_engines_do_not_help_a_chain()
    {
        using ChainBench bench = new(Queued with { Engines = 4 });
        bench.At(0, () => Assert.Equal("EINPROGRESS EINPROGRESS EINPROGRESS", bench.SubmitAll(3, bytes: 48)));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4", "r3 0@6"], bench.Log);
        Assert.Equal(bench.InOneCall(), bench.Result);
    }

    [Fact]
    public void The_next_of_a_chain_is_in_the_ring_before_the_callback_of_the_one_before()
    {
        using ChainBench bench = new(Queued);
        List<int> jobs = [];
        bench.OnCallback = () => jobs.Add(((CbcEngineDriver)bench.Driver).Jobs);
        bench.At(0, () => bench.SubmitAll(2));
        bench.Run();
        Assert.Equal([1, 0], jobs);
    }

    [Fact]
    public void Hardware_hands_the_IV_on_without_an_interrupt_between()
    {
        using ChainBench bench = new(Bare with
        {
            Dependency = Dependency.Hardware,
            Engines = 2,
            Interrupt = Bare.Interrupt with { Latency = Duration.FromMicroseconds(5) },
        });
        IvCell other = ChainBench.NewIv();
        bench.At(0, () =>
        {
            bench.SubmitAll(2);
            bench.Submit(other, tfm: 2);
            bench.Submit(other, tfm: 2);
        });
        bench.Run();
        Assert.Equal(["r1 0@7", "r3 0@7", "r2 0@9", "r4 0@9"], bench.Log);
        Assert.Equal("0 1 0 3", bench.Chain);
    }

    [Theory]
    [InlineData(Dependent.SameTfm, false, true)]
    [InlineData(Dependent.SameIvPointer, false, false)]
    [InlineData(Dependent.Flagged, false, false)]
    [InlineData(Dependent.Flagged, true, true)]
    public void Two_sockets_of_one_tfm_wait_for_each_other_only_where_the_driver_cannot_tell_them_apart(Dependent dependent, bool flagged, bool waits)
    {
        foreach (Dependency dependency in (Dependency[])[Dependency.SoftwareQueue, Dependency.Hardware])
        {
            using ChainBench bench = new(Bare with { Dependency = dependency, Dependent = dependent, Engines = 2 });
            IvCell other = ChainBench.NewIv();
            bench.At(0, () =>
            {
                bench.Submit(chained: flagged);
                bench.Submit(other, chained: flagged);
            });
            bench.Run();
            Assert.Equal(["r1 0@2", waits ? "r2 0@4" : "r2 0@2"], bench.Log);
            Assert.Equal("0 0", bench.Chain);
        }
    }

    [Fact]
    public void By_the_flag_a_request_that_does_not_carry_it_is_let_go_into_the_race()
    {
        using ChainBench bench = new(Queued with { Dependent = Dependent.Flagged, Engines = 2 });
        bench.At(0, () =>
        {
            bench.Submit(chained: true);
            bench.Submit(chained: false);
            bench.Submit(chained: true);
        });
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@2", "r3 0@4"], bench.Log);
        Assert.Equal("0 0 2", bench.Chain);
    }

    [Fact]
    public void Coalescing_holds_up_every_link_of_a_chain_and_a_burst_of_others_once()
    {
        CoalesceOptions four = new() { Count = 4, Timer = Duration.FromMicroseconds(10) };
        using ChainBench chain = new(Queued with { Coalesce = four });
        chain.At(0, () => chain.SubmitAll(4));
        chain.Run();
        using ChainBench burst = new(Bare with { Coalesce = four });
        burst.At(0, () => burst.SubmitAll(4));
        burst.Run();
        Assert.Equal(["r1 0@12", "r2 0@24", "r3 0@36", "r4 0@48"], chain.Log);
        Assert.Equal(["r1 0@8", "r2 0@8", "r3 0@8", "r4 0@8"], burst.Log);
    }

    [Theory]
    [InlineData(Dependency.None, null, false)]
    [InlineData(Dependency.SoftwareQueue, null, true)]
    [InlineData(Dependency.Hardware, null, true)]
    [InlineData(Dependency.None, true, true)]
    [InlineData(Dependency.SoftwareQueue, false, false)]
    public void The_flag_of_the_driver_says_what_it_is_told_to_say(Dependency dependency, bool? said, bool flag)
    {
        using ChainBench bench = new(Bare with { Dependency = dependency, SerializesIv = said });
        Assert.Equal(flag, bench.Driver.SerializesIv);
    }

    // ── a full ring ─────────────────────────────────────────────────────

    [Fact]
    public void A_full_ring_keeps_requests_with_MAY_BACKLOG_in_their_order()
    {
        using ChainBench bench = new(Bare with { Depth = 2 });
        bench.At(0, () => Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY", bench.SubmitAll(4, mayBacklog: true)));
        bench.Run();
        Assert.Equal(["r3 EINPROGRESS@2", "r1 0@2", "r4 EINPROGRESS@4", "r2 0@4", "r3 0@6", "r4 0@8"], bench.Log);
    }

    [Fact]
    public void A_full_ring_refuses_requests_without_MAY_BACKLOG()
    {
        using ChainBench bench = new(Bare with { Depth = 2 });
        bench.At(0, () => Assert.Equal("EINPROGRESS EINPROGRESS EBUSY", bench.SubmitAll(3)));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@4"], bench.Log);
        Assert.Equal(0, bench.Driver.InFlight);
    }

    [Theory]
    [InlineData(Dependency.SoftwareQueue)]
    [InlineData(Dependency.Hardware)]
    public void A_request_refused_by_a_full_ring_does_not_break_its_chain(Dependency dependency)
    {
        using ChainBench bench = new(Bare with { Dependency = dependency, Depth = 1 });
        IvCell other = ChainBench.NewIv();
        bench.At(0, () =>
        {
            bench.Submit(tfm: 1);
            Assert.Equal("EBUSY", bench.Submit(other, tfm: 2));
        });
        bench.At(3000, () => Assert.Equal("EINPROGRESS", bench.Submit(other, tfm: 2)));
        bench.At(6000, () => Assert.Equal("EINPROGRESS", bench.Submit(other, tfm: 2)));
        bench.Run();
        Assert.Equal(["r1 0@2", "r3 0@5", "r4 0@8"], bench.Log);
        Assert.Equal("0 -1 0 3", bench.Chain);
    }

    [Fact]
    public void A_backlogged_request_comes_before_those_of_its_chain_that_wait_behind_it()
    {
        using ChainBench bench = new(Queued with { Depth = 1 });
        IvCell other = ChainBench.NewIv();
        bench.At(0, () =>
        {
            bench.Submit(tfm: 1);
            Assert.Equal("EBUSY", bench.Submit(other, tfm: 2, mayBacklog: true));
            Assert.Equal("EINPROGRESS", bench.Submit(other, tfm: 2, mayBacklog: true));
            Assert.Equal("EINPROGRESS", bench.Submit(other, tfm: 2));
        });
        bench.Run();
        Assert.Equal(["r2 EINPROGRESS@2", "r1 0@2", "r2 0@4", "r3 0@6", "r4 0@8"], bench.Log);
        Assert.Equal("0 0 2 3", bench.Chain);
    }

    [Fact]
    public void A_chain_keeps_its_place_in_a_full_ring_until_nothing_of_it_waits()
    {
        using ChainBench bench = new(Queued with { Depth = 1 });
        bench.At(0, () =>
        {
            bench.SubmitAll(2);
            bench.Submit(ChainBench.NewIv(), tfm: 2, mayBacklog: true);
        });
        bench.Run();
        Assert.Equal(["r1 0@2", "r3 EINPROGRESS@4", "r2 0@4", "r3 0@6"], bench.Log);
    }

    [Theory]
    [InlineData(Dependency.None)]
    [InlineData(Dependency.SoftwareQueue)]
    [InlineData(Dependency.Hardware)]
    public void A_request_without_an_IV_pointer_depends_on_none(Dependency dependency)
    {
        using DriverBench bench = new(Bare with { Dependency = dependency, Engines = 2 });
        bench.At(0, () => bench.Submit(2, tfm: 1));
        bench.Run();
        Assert.Equal(["r1 0@2", "r2 0@2"], bench.Log);
    }

    [Theory]
    [InlineData(Dependency.None)]
    [InlineData(Dependency.SoftwareQueue)]
    public void Its_backlog_is_proved_to_lose_nothing(Dependency dependency) =>
        DriverScenes.Proved(DriverScenes.Explore(Bare with { Depth = 2, Dependency = dependency }, contexts: 2, requests: 2));
}
