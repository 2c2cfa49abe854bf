using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.InlineCrypto.Hosts;

public sealed class ClockGatingTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static UfsOptions Ufs(ClockHold? hold, NoKeyslot design = NoKeyslot.SleepAtRequest, int blocked = 1) => new()
    {
        Wakeup = Duration.Zero,
        NoKeyslot = design,
        ClockGating = new ClockGatingOptions { Hold = hold, MaxHostBlocked = blocked },
    };

    private static PoweredBench Ran(UfsOptions options, Action<PoweredBench> act, KernelVersion kernel = KernelVersion.V618)
    {
        PoweredBench bench = new(options, kernel);
        act(bench);
        Outcome outcome = bench.Run();
        Assert.Equal((End.Completed, null), (outcome.End, outcome.Message));
        return bench;
    }

    [Theory]
    [InlineData(ClockHold.Sync)]
    [InlineData(ClockHold.Async)]
    public void The_clocks_go_on_for_a_command_and_off_150_ms_after_it(ClockHold hold)
    {
        using PoweredBench bench = Ran(Ufs(hold), b => b.Io(0));

        Assert.Equal([1100m], bench.Took);
        Assert.Equal(["REQ_CLKS_ON @0", "CLKS_ON @1000", "REQ_CLKS_OFF @1100", "CLKS_OFF @152100"], bench.Clocks);
    }

    [Fact]
    public void A_hold_before_the_gate_work_runs_cancels_it_and_is_immediate()
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Sync), b => b.Io(0).Io(2000));

        Assert.Equal([1100m, 100m], bench.Took);
        Assert.Equal(["REQ_CLKS_ON @0", "CLKS_ON @1000", "REQ_CLKS_OFF @1100", "CLKS_ON @2000", "REQ_CLKS_OFF @2100", "CLKS_OFF @153100"], bench.Clocks);
        Assert.Equal((1, 1), (bench.Metric("ufs0.clocks.gate_cancelled"), bench.Metric("ufs0.clocks.gated")));
    }

    [Theory]
    [InlineData(ClockHold.Sync)]
    [InlineData(ClockHold.Async)]
    public void A_hold_while_the_gate_work_runs_waits_for_its_end_and_for_the_ungate_work(ClockHold hold)
    {
        using PoweredBench bench = Ran(Ufs(hold), b => b.Io(0).Io(151_600));   // gate_work from 151100 to 152100

        Assert.Equal([1100m, 500m + 1000m + 100m], bench.Took);
        Assert.Equal(["REQ_CLKS_ON @0", "CLKS_ON @1000", "REQ_CLKS_OFF @1100", "REQ_CLKS_ON @151600", "CLKS_ON @153100", "REQ_CLKS_OFF @153200", "CLKS_OFF @304200"], bench.Clocks);
    }

    [Theory]
    [InlineData(ClockHold.Sync)]
    [InlineData(ClockHold.Async)]
    public void A_hold_while_the_clocks_come_on_joins_the_one_that_asked(ClockHold hold)
    {
        using PoweredBench bench = Ran(Ufs(hold), b => b.Io(0).Io(400));

        Assert.Equal([1100m, 700m], bench.Took);
        Assert.Equal(1, bench.Metric("ufs0.clocks.ungated"));
    }

    [Fact]
    public void Commands_in_flight_keep_the_clocks_on()
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Sync), b => b.Io(0).Io(1050));

        Assert.Equal(["REQ_CLKS_ON @0", "CLKS_ON @1000", "REQ_CLKS_OFF @1150", "CLKS_OFF @152150"], bench.Clocks);
    }

    [Fact]
    public void Waiting_costs_one_hop_more_than_HOST_BUSY_for_a_single_command()
    {
        UfsOptions sync = Ufs(ClockHold.Sync) with { Wakeup = Scene.Us * 5 };
        using PoweredBench waits = Ran(sync, b => b.Io(0));
        using PoweredBench busy = Ran(sync with { ClockGating = new ClockGatingOptions { Hold = ClockHold.Async } }, b => b.Io(0));

        Assert.Equal(5 + 1000 + 5 + 100, waits.Took[0]);   // to the ungate work and back to the task
        Assert.Equal(5 + 1000 + 100, busy.Took[0]);        // the ungate work dispatches it
    }

    [Theory]
    [InlineData(KernelVersion.V58, 1, 0)]
    [InlineData(KernelVersion.V511, 1, 0)]
    [InlineData(KernelVersion.V65, 0, 1)]
    [InlineData(KernelVersion.V618, 0, 1)]
    public void A_command_is_put_back_before_6_5_and_waits_since(KernelVersion kernel, int hostBusy, int sleeps)
    {
        using PoweredBench bench = Ran(Ufs(hold: null), b => b.Io(0), kernel);

        Assert.Equal((hostBusy, sleeps), (bench.Metric("ufs0.clocks.host_busy"), bench.Metric("ufs0.clocks.sleeps")));
        Assert.Equal(sleeps > 0, bench.Host.Queue.IsBlocking);
    }

    [Fact]
    public void Waiting_without_BLK_MQ_F_BLOCKING_sleeps_in_atomic()
    {
        using PoweredBench bench = new(Ufs(ClockHold.Sync) with { Blocking = false });
        Outcome outcome = bench.Io(0).Run();

        Assert.Equal((End.Fault, "DM-X2"), (outcome.End, outcome.Rule));
        Assert.Contains("would sleep in flush_work. Call trace of task: flush_work <- ufshcd_hold <- ufshcd_queuecommand <- ", outcome.Message, StringComparison.Ordinal);
    }

    /// <summary>7 dispatches with nothing in flight: at 0 again, at 1 ms when the host is unblocked, then every 3 ms; the seventh goes through.</summary>
    [Theory]
    [InlineData(1, 1100)]
    [InlineData(2, 1100)]
    [InlineData(3, 4100)]
    [InlineData(7, 16_100)]
    public void A_host_that_was_busy_stays_blocked_for_max_host_blocked_dispatches(int blocked, int end)
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Async, blocked: blocked), b => b.Io(0));

        Assert.Equal([(decimal)end], bench.Took);
    }

    [Fact]
    public void The_end_of_a_command_unblocks_the_host()
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Async, blocked: 7), b => b.Io(0).Io(20_000));

        Assert.Equal([16_100m, 100m], bench.Took);
    }

    [Theory]
    [InlineData(ClockHold.Async, 1, new[] { 900, 1000 })]
    [InlineData(ClockHold.Sync, 0, new[] { 1000, 900 })]
    public void Hardware_queues_are_run_in_their_own_order_and_not_in_that_of_the_commands(ClockHold hold, int overtaken, int[] took)
    {
        UfsOptions options = Ufs(hold) with { HardwareQueues = 2, Latency = new ConstantDuration(Duration.Zero) };
        using PoweredBench bench = Ran(options, b => b.Io(0, cpu: 1).Io(100, cpu: 0));

        Assert.Equal(overtaken, bench.Metric("ufs0.overtaken"));
        Assert.Equal(took.Select(us => (decimal)us), bench.Took);
    }

    [Theory]
    [InlineData(ClockHold.Async)]
    [InlineData(ClockHold.Sync)]
    public void Programming_for_a_request_waits_for_the_clocks_in_all_releases(ClockHold hold)
    {
        using PoweredBench bench = Ran(Ufs(hold), b => b.Io(0, "a"));

        Assert.Equal([1000m + 2.85m + 100m], bench.Took);
        Assert.Equal((1, 0), (bench.Metric("ufs0.clocks.sleeps"), bench.Metric("ufs0.clocks.host_busy")));
        Assert.Equal(["REQ_CLKS_ON @0", "CLKS_ON @1000", "REQ_CLKS_OFF @1002.85", "CLKS_ON @1002.85", "REQ_CLKS_OFF @1102.85", "CLKS_OFF @152102.85"], bench.Clocks);
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void Programming_at_dispatch_is_put_off_until_the_clocks_are_on(NoKeyslot design)
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Async, design), b => b.Io(0, "a").Io(0, "b"));

        Assert.Equal([1000m + 2.85m + 100m, 1000m + 5.7m + 100m], bench.Took);
        Assert.Equal((0, 2), (bench.Metric("ufs0.clocks.sleeps"), bench.Metric("ufs0.keyslot.programs")));
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void Programming_at_dispatch_that_waits_for_them_needs_BLK_MQ_F_BLOCKING(NoKeyslot design)
    {
        using PoweredBench bench = Ran(Ufs(ClockHold.Sync, design), b => b.Io(0, "a"));
        Assert.Equal([1102.85m], bench.Took);

        using PoweredBench without = new(Ufs(ClockHold.Sync, design) with { Blocking = false });
        Outcome outcome = without.Io(0, "a").Run();
        Assert.Equal((End.Fault, "DM-X2"), (outcome.End, outcome.Rule));
        Assert.Contains("flush_work <- ufshcd_hold <- ufshcd_program_key", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClockHold.Sync, NoKeyslot.SleepAtRequest, "a b")]
    [InlineData(ClockHold.Async, NoKeyslot.SleepAtRequest, "a b")]
    [InlineData(ClockHold.Sync, NoKeyslot.Requeue, "a b")]
    [InlineData(ClockHold.Async, NoKeyslot.Requeue, "a b")]
    [InlineData(ClockHold.Sync, NoKeyslot.Park, "a b")]
    [InlineData(ClockHold.Async, NoKeyslot.Park, "a b")]
    [InlineData(ClockHold.Async, NoKeyslot.Park, "a- b")]
    public void No_order_of_gating_and_holding_loses_a_command(ClockHold hold, NoKeyslot design, string tasks)
    {
        ExplorationResult result = KeyslotScene.Explore(Ufs(hold, design) with { Keyslots = 1 }, [.. tasks.Split(' ').Select((task, number) => new KeyslotTask(task, Cpu: number))]);
        output.WriteLine($"{hold} {design}: {result.Counts.States} states {result.Message}");

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }
}
