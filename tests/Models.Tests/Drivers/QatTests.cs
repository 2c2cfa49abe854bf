using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>qat's watermark and backlog (DM-P6), before the backlog (DM-B10), and the lost wake-up (DM-B11).</summary>
public class QatTests
{
    private static readonly QatOptions Small = DriverBench.Timed(new QatOptions { Ring = 3, NearlyFull = 1, Setup = null!, Bandwidth = default });

    [Fact]
    public void Requests_beyond_the_watermark_are_backlogged_and_each_completion_sends_them_in_order()
    {
        using DriverBench bench = new(Small);
        string answers = "";
        bench.At(0, () => answers = bench.Submit(5));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY EBUSY", answers);
        // One engine of 2us. The first completion fills the ring beyond the watermark: only adf_send_message stops the drain.
        Assert.Equal(
            ["r1 0@2", "r3 EINPROGRESS@2", "r4 EINPROGRESS@2", "r2 0@4", "r5 EINPROGRESS@4", "r3 0@6", "r4 0@8", "r5 0@10"],
            bench.Log);
    }

    [Fact]
    public void Who_comes_while_the_backlog_holds_requests_goes_to_its_end()
    {
        using DriverBench bench = new(Small with { Ring = 2, Engines = 1 });
        string late = "";
        bench.At(0, () => bench.Submit(4));
        bench.At(2100, () => late = bench.Submit(1));
        bench.Run();
        Assert.Equal("EBUSY", late);
        Assert.Equal("r5 EINPROGRESS@6", bench.Log.Single(line => line.StartsWith("r5 E", StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_full_ring_is_tried_twenty_times_more_and_then_answers_ENOSPC()
    {
        using DriverBench bench = new(Small with { Setup = Scene.Service(Scene.Us * 20) });
        bench.At(0, () => bench.Submit(3, mayBacklog: false));
        bench.SubmitInStepsAt(1, mayBacklog: false);
        bench.Run();
        // Twenty waits of 0.5us after the first attempt.
        Assert.Equal(["r1 answered ENOSPC@10.001", "r2 0@20", "r3 0@40", "r4 0@60"], bench.Log);
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_request_is_sent_when_a_place_is_freed_in_time()
    {
        using DriverBench bench = new(Small);
        bench.SubmitInStepsAt(1, mayBacklog: false);
        bench.At(0, () => bench.Submit(3, mayBacklog: false));
        bench.Run();
        Assert.Contains("r1 answered EINPROGRESS@2.001", bench.Log);
    }

    [Theory]
    [InlineData(KernelVersion.V41, true, "EBUSY", 0)]
    [InlineData(KernelVersion.V41, false, "EBUSY", 0)]
    [InlineData(KernelVersion.V65, true, "EBUSY", 1)]
    [InlineData(KernelVersion.V65, false, "ENOSPC", 0)]
    [InlineData(KernelVersion.V618, true, "EBUSY", 1)]
    [InlineData(KernelVersion.V618, false, "ENOSPC", 0)]
    public void The_release_decides_what_a_full_ring_answers_and_whether_it_keeps(KernelVersion version, bool mayBacklog, string answer, int kept)
    {
        using DriverBench bench = new(Small with { Ring = 1, NearlyFull = 0 }, version: version);
        string answers = "";
        int held = -1;
        bench.At(0, () =>
        {
            answers = bench.Submit(2, mayBacklog);
            held = ((QatDriver)bench.Driver).Kept;
        });
        bench.Run();
        Assert.Equal("EINPROGRESS " + answer, answers);
        Assert.Equal(kept, held);
    }

    [Fact]
    public void An_interrupt_between_the_decision_and_the_lock_leaves_the_backlog_undrained()
    {
        using DriverBench bench = new(Small with { NearlyFull = 0, Backlog = QatBacklog.DecidedBeforeLock, LockWait = Scene.Us * 3 });
        bench.At(0, () => bench.Submit(1));
        bench.SubmitInStepsAt(1000);
        bench.SubmitInStepsAt(10_000);
        bench.Run();
        // Not even a request that comes later to an idle ring is sent: it sees a backlog.
        Assert.Equal(["r3 0@2", "r1 answered EBUSY@4", "r2 answered EBUSY@13"], bench.Log);
        Assert.Equal(("DM-C5", "backlog of drv0 holds 2 requests and none is in flight whose callback would drain it"), bench.Driver.FindStandstill());
    }

    [Fact]
    public void Looking_again_under_the_lock_sends_the_request()
    {
        using DriverBench bench = new(Small with { NearlyFull = 0, LockWait = Scene.Us * 3 });
        bench.At(0, () => bench.Submit(1));
        bench.SubmitInStepsAt(1000);
        bench.Run();
        Assert.Equal(["r2 0@2", "r1 answered EINPROGRESS@4", "r1 0@6"], bench.Log);
        Assert.Null(bench.Driver.FindStandstill());
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Some_schedule_loses_the_wake_up_of_a_backlog_decided_before_the_lock(int contexts, int requests)
    {
        ExplorationResult result = DriverScenes.Fails("deadlock", "DM-C5", DriverScenes.Explore(
            Small with { Ring = 2, NearlyFull = 0, Backlog = QatBacklog.DecidedBeforeLock }, contexts, requests));
        Assert.Matches("^backlog of drv0 holds [12] requests? and none is in flight whose callback would drain it$", result.Message);
    }

    [Theory]
    [InlineData(1, 3, 2, 0)]
    [InlineData(2, 2, 2, 0)]
    [InlineData(2, 2, 2, 1)]
    [InlineData(3, 1, 2, 0)]
    public void No_schedule_loses_it_when_the_decision_is_made_again_under_the_lock(int contexts, int requests, int ring, int nearlyFull) =>
        DriverScenes.Proved(DriverScenes.Explore(Small with { Ring = ring, NearlyFull = nearlyFull }, contexts, requests));

    [Fact]
    public void Without_a_backlog_a_full_ring_hangs_dm_crypt() =>
        DriverScenes.Fails("deadlock", "DM-C5", DriverScenes.Explore(Small with { Ring = 1, NearlyFull = 0, Backlog = QatBacklog.None }, contexts: 1, requests: 2));

    [Fact]
    public void As_many_notifications_as_EBUSY_answers_in_their_order_each_before_its_result() => Properties.Check(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        instants =>
        {
            using DriverBench bench = new(Small);
            string[] answers = new string[instants.Get.Length];
            for (int i = 0; i < answers.Length; i++)
            {
                int place = i;
                bench.At(instants.Get[i] * 100L, () => answers[place] = bench.Submit(1));
            }

            bench.Run();
            string[] notified = [.. bench.Log.Where(line => line.Contains("EINPROGRESS", StringComparison.Ordinal)).Select(Name)];
            Assert.Equal(answers.Count(answer => answer == "EBUSY"), notified.Length);
            Assert.Equal(notified.OrderBy(name => int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture)), notified);
            Assert.Equal(answers.Length, bench.Log.Count(line => line.Contains(" 0@", StringComparison.Ordinal)));
        });

    private static string Name(string line) => line[..line.IndexOf(' ', StringComparison.Ordinal)];
}
