using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Drivers;

/// <summary>Drivers with a crypto_queue (DM-P5, DM-P9, DM-P10), what mxs-dcp answers (DM-B20) and how its kthread sleeps (DM-B21).</summary>
public class CryptoQueueDriverTests
{
    private static CryptoQueueDriverOptions Of(QueueingDriver driver) => DriverBench.Timed(
        new CryptoQueueDriverOptions { Driver = driver, Wakeup = Duration.Zero, Setup = null!, Bandwidth = default });

    [Theory]
    [InlineData(QueueingDriver.Sahara, 1)]
    [InlineData(QueueingDriver.OmapAes, 1)]
    [InlineData(QueueingDriver.AtmelAes, 50)]
    [InlineData(QueueingDriver.MxsDcp, 50)]
    [InlineData(QueueingDriver.ImgHash, 20)]
    [InlineData(QueueingDriver.MvCesa, 50)]
    public void Each_driver_answers_EBUSY_from_its_own_limit_on(QueueingDriver driver, int limit)
    {
        using DriverBench bench = new(Of(driver));
        string answers = "";
        bench.At(100, () => answers = bench.Submit(limit + 2));
        bench.Run();
        // Where submissions start the hardware themselves, the first has left the queue already.
        int accepted = limit + (QueueProfileHasThread(driver) ? 0 : 1);
        Assert.Equal(accepted, answers.Split(' ').Count(answer => answer == "EINPROGRESS"));
        Assert.Equal(limit + 2, bench.Log.Count(line => line.Contains(" 0@", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_concurrent_request_of_sahara_is_backlogged_already()
    {
        using DriverBench bench = new(Of(QueueingDriver.Sahara));
        string answers = "";
        bench.At(100, () => answers = bench.Submit(3));
        bench.Run();
        Assert.Equal("EINPROGRESS EBUSY EBUSY", answers);
        Assert.Equal(["r2 EINPROGRESS@0.1", "r1 0@2.1", "r3 EINPROGRESS@2.1", "r2 0@4.1", "r3 0@6.1"], bench.Log);
    }

    [Fact]
    public void A_tasklet_calls_back_before_it_notifies_and_starts_the_next()
    {
        using DriverBench bench = new(Of(QueueingDriver.OmapAes));
        string answers = "";
        bench.At(100, () => answers = bench.Submit(4));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS EBUSY EBUSY", answers);
        Assert.Equal(["r1 0@2.1", "r3 EINPROGRESS@2.1", "r2 0@4.1", "r4 EINPROGRESS@4.1", "r3 0@6.1", "r4 0@8.1"], bench.Log);
    }

    [Theory]
    [InlineData(KernelVersion.V41, "EBUSY")]
    [InlineData(KernelVersion.V58, "ENOSPC")]
    [InlineData(KernelVersion.V618, "ENOSPC")]
    public void A_full_queue_without_MAY_BACKLOG_refuses_as_its_release_does(KernelVersion version, string answer)
    {
        using DriverBench bench = new(Of(QueueingDriver.OmapAes), version: version);
        string answers = "";
        bench.At(100, () => answers = bench.Submit(3, mayBacklog: false));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS " + answer, answers);
        Assert.Equal(2, bench.Log.Count);
    }

    [Fact]
    public void mxs_dcp_of_4_1_loses_what_its_full_queue_refuses()
    {
        CryptoQueueDriverOptions dcp = Of(QueueingDriver.MxsDcp) with { MaxQlen = 1, Wait = ThreadWait.StateTestSleep };
        using DriverBench bench = new(dcp, version: KernelVersion.V41);
        string answers = "";
        bench.At(100, () => answers = bench.Submit(2, mayBacklog: false));
        bench.Run();
        Assert.Equal("EINPROGRESS EINPROGRESS", answers);
        Assert.Equal(["r1 0@2.1"], bench.Log);
        Assert.Equal(("DM-C1", "nothing is under way, and requests accepted by drv0 without their final callback: 1"), bench.Driver.FindStandstill());
    }

    [Fact]
    public void mxs_dcp_of_4_1_calls_a_backlogged_request_back_with_an_EINPROGRESS_that_nobody_expects()
    {
        CryptoQueueDriverOptions dcp = Of(QueueingDriver.MxsDcp) with { MaxQlen = 1, Wait = ThreadWait.StateTestSleep };
        Assert.Equal((End.Fault, "DM-C5"), Submit(dcp, KernelVersion.V41));
        Assert.Equal((End.Completed, null), Submit(dcp, KernelVersion.V618));

        static (End, string?) Submit(CryptoQueueDriverOptions dcp, KernelVersion version)
        {
            using DriverBench bench = new(dcp, version: version);
            bench.At(100, () => bench.Submit(2));
            Simulator.Outcome outcome = bench.Run();
            return (outcome.End, outcome.Rule);
        }
    }

    [Theory]
    [InlineData(QueueingDriver.Sahara, KernelVersion.V41, true)]
    [InlineData(QueueingDriver.MxsDcp, KernelVersion.V41, true)]
    [InlineData(QueueingDriver.MvCesa, KernelVersion.V41, false)]
    [InlineData(QueueingDriver.Sahara, KernelVersion.V58, false)]
    [InlineData(QueueingDriver.OmapAes, KernelVersion.V41, false)]
    public void The_driver_and_the_release_decide_whether_the_queue_has_a_mutex(QueueingDriver driver, KernelVersion version, bool hasMutex)
    {
        using DriverBench bench = new(Of(driver), version: version);
        Assert.Equal(hasMutex, bench.Driver.SubmitsInSteps);
    }

    [Theory]
    [InlineData(QueueingDriver.OmapAes, EnqueueAnswer.AlwaysInProgress)]
    [InlineData(QueueingDriver.MxsDcp, EnqueueAnswer.AlwaysInProgress)]
    public void Exploration_finds_the_swallowed_answer(QueueingDriver driver, EnqueueAnswer answer) =>
        DriverScenes.Fails("fault", "DM-C5", DriverScenes.Explore(Of(driver) with { MaxQlen = 1, Answer = answer }, contexts: 1, requests: 3));

    [Fact]
    public void A_submission_that_holds_the_mutex_makes_the_kthread_sleep_after_it_has_set_its_state()
    {
        CryptoQueueDriverOptions sahara = Of(QueueingDriver.Sahara) with { Wait = ThreadWait.MutexAfterState };
        Assert.StartsWith("do not call blocking ops when !TASK_RUNNING; state=1", DriverScenes.Fails("fault", "DM-X7", DriverScenes.Explore(sahara, 1, 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QueueingDriver.Sahara, 2, 2)]
    [InlineData(QueueingDriver.Sahara, 3, 1)]
    [InlineData(QueueingDriver.OmapAes, 2, 2)]
    [InlineData(QueueingDriver.OmapAes, 3, 1)]
    public void The_queue_of_one_is_proved(QueueingDriver driver, int contexts, int requests) =>
        DriverScenes.Proved(DriverScenes.Explore(Of(driver), contexts, requests));

    [Fact]
    public void A_tasklet_driver_with_a_way_for_its_kthread_to_sleep_is_refused() =>
        Assert.Contains("has no kthread", Assert.Single(Problems(Of(QueueingDriver.OmapAes) with { Wait = ThreadWait.StateTestSleep })).Message, StringComparison.Ordinal);

    [Fact]
    public void As_many_notifications_as_EBUSY_answers_in_their_order() => Properties.Check(
        (from driver in Gen.Elements(Enum.GetValues<QueueingDriver>())
         from limit in Gen.Choose(1, 3)
         from instants in Gen.Choose(1, 200).NonEmptyListOf()
         select (driver, limit, instants)).ToArbitrary(),
        scene =>
        {
            using DriverBench bench = new(Of(scene.driver) with { MaxQlen = scene.limit });
            string[] answers = new string[scene.instants.Count];
            for (int i = 0; i < answers.Length; i++)
            {
                int place = i;
                bench.At(scene.instants[i] * 100L, () => answers[place] = bench.Submit(1));
            }

            bench.Run();
            int[] notified = [.. bench.Log.Where(line => line.Contains("EINPROGRESS", StringComparison.Ordinal)).Select(Number)];
            Assert.Equal(answers.Count(answer => answer == "EBUSY"), notified.Length);
            Assert.Equal(notified.Order(), notified);
            Assert.Equal(answers.Length, bench.Log.Count(line => line.Contains(" 0@", StringComparison.Ordinal)));
        });

    private static bool QueueProfileHasThread(QueueingDriver driver) => driver is QueueingDriver.Sahara or QueueingDriver.MxsDcp or QueueingDriver.MvCesa;

    private static List<OptionProblem> Problems(CryptoQueueDriverOptions options) => [.. options.FindProblems("drv0", 4)];

    private static int Number(string line) => int.Parse(line[1..line.IndexOf(' ', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
}
