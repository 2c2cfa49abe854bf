using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.InlineCrypto.Hosts;

/// <summary>A resume takes 5 ms, a read 100 us, programming 2.85 us, each call of runtime PM 0.1 us, and nothing else anything.</summary>
public sealed class RuntimePmTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static UfsOptions Ufs(PmGetSync getSync = PmGetSync.ProgramAndEvict, NoKeyslot design = NoKeyslot.SleepAtRequest) => new()
    {
        Wakeup = Duration.Zero,
        NoKeyslot = design,
        RuntimePm = new RuntimePmOptions { GetSync = getSync },
    };

    private static PoweredBench Ran(InlineCryptoHostOptions options, Action<PoweredBench> act)
    {
        PoweredBench bench = new(options);
        act(bench);
        Outcome outcome = bench.Run();
        Assert.Equal((End.Completed, null), (outcome.End, outcome.Message));
        return bench;
    }

    private static Outcome Failed(InlineCryptoHostOptions options, Action<PoweredBench> act)
    {
        using PoweredBench bench = new(options);
        act(bench);
        Outcome outcome = bench.Run();
        Assert.Equal(End.Fault, outcome.End);
        return outcome;
    }

    // ── requests keep it awake ──────────────────────────────────────────

    [Fact]
    public void A_bio_waits_for_the_resume_and_the_host_is_suspended_2_s_after_it()
    {
        using PoweredBench bench = Ran(Ufs(), b => b.Io(0));

        Assert.Equal([5100m], bench.Took);
        Assert.Equal(["RPM_ACTIVE @5000", "RPM_SUSPENDED @2005100"], bench.Power);
    }

    [Fact]
    public void Those_who_come_while_it_resumes_wait_for_the_same_resume()
    {
        using PoweredBench bench = Ran(Ufs(), b => b.Io(0).Io(1000).Evict(2000, "a"));

        Assert.Equal([3000m + 0.1m, 5100m, 4100m], bench.Took);
        Assert.Equal(1, bench.Metric("ufs0.pm.resumes"));
    }

    [Fact]
    public void A_bio_soon_after_another_finds_it_awake_and_puts_the_suspend_off()
    {
        using PoweredBench bench = Ran(Ufs(), b => b.Io(0).Io(1_000_000));

        Assert.Equal([5100m, 100m], bench.Took);
        Assert.Equal(["RPM_ACTIVE @5000", "RPM_SUSPENDED @3000100"], bench.Power);
    }

    // ── who asks for an awake host: the mail's idea and what landed ─────

    [Theory]
    [InlineData(PmGetSync.ProgramAndEvict, 5000 + 0.1 + 2.85 + 0.1 + 100, 1)]
    [InlineData(PmGetSync.Evict, 5000 + 2.85 + 100, 0)]
    public void Moving_it_to_evict_saves_programming_two_calls_and_no_resume(PmGetSync getSync, double took, int calls)
    {
        using PoweredBench bench = Ran(Ufs(getSync), b => b.Io(0, "a"));

        Assert.Equal([(decimal)took], bench.Took);
        Assert.Equal((calls, 0), (bench.Metric("ufs0.pm.get_syncs"), bench.Metric("ufs0.pm.get_syncs_that_resumed")));
    }

    [Theory]
    [InlineData(PmGetSync.ProgramAndEvict)]
    [InlineData(PmGetSync.Evict)]
    public void Evicting_a_key_resumes_a_suspended_host(PmGetSync getSync)
    {
        using PoweredBench bench = Ran(Ufs(getSync), b => b.Io(0, "a").Evict(3_000_000, "a"));

        Assert.Equal(5000m + 2.85m + 0.1m, bench.Took[1]);
        Assert.Equal(1, bench.Metric("ufs0.pm.get_syncs_that_resumed"));
        Assert.Equal("RPM_ACTIVE @3005000, RPM_SUSPENDED @5005000", string.Join(", ", bench.Power.TakeLast(2)));   // put does not mark it busy
    }

    [Fact]
    public void Evicting_without_it_touches_a_suspended_host()
    {
        Outcome outcome = Failed(Ufs(PmGetSync.Program), b => b.Io(0, "a").Evict(3_000_000, "a"));

        Assert.Equal("KS-55", outcome.Rule);
        Assert.Equal("synchronous external abort: fscrypt touches the keyslots of ufs0, which is runtime-suspended. Call trace: ufshcd_program_key <- __blk_crypto_evict_key.", outcome.Message);
    }

    [Fact]
    public void Evicting_without_it_goes_well_while_the_host_happens_to_be_awake()
    {
        using PoweredBench bench = Ran(Ufs(PmGetSync.Program), b => b.Io(0, "a").Evict(10_000, "a"));

        Assert.Equal(2.85m, bench.Took[1]);
    }

    [Fact]
    public void The_move_needs_the_request_so_it_is_no_use_where_a_bio_takes_its_slot_before_it_enters_the_queue()
    {
        Assert.Equal("KS-55", Failed(Ufs(PmGetSync.Evict, NoKeyslot.SleepAtSubmit), b => b.Io(0, "a")).Rule);

        using PoweredBench bench = Ran(Ufs(PmGetSync.ProgramAndEvict, NoKeyslot.SleepAtSubmit), b => b.Io(0, "a"));
        Assert.Equal([5000m + 2.85m + 0.1m + 100m], bench.Took);
        Assert.Equal(1, bench.Metric("ufs0.pm.get_syncs_that_resumed"));
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void At_dispatch_the_put_may_sleep_although_the_host_is_awake_and_the_move_mends_it(NoKeyslot design)
    {
        Outcome outcome = Failed(Ufs(PmGetSync.ProgramAndEvict, design), b => b.Io(0, "a"));
        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains("would sleep in pm_runtime_put_sync", outcome.Message, StringComparison.Ordinal);

        using PoweredBench moved = Ran(Ufs(PmGetSync.Evict, design), b => b.Io(0, "a"));
        Assert.Equal([5102.85m], moved.Took);
        using PoweredBench blocking = Ran(Ufs(PmGetSync.ProgramAndEvict, design) with { Blocking = true }, b => b.Io(0, "a"));
        Assert.Equal([5103.05m], blocking.Took);
    }

    // ── what a resume does ──────────────────────────────────────────────

    [Theory]
    [InlineData(KeysInSuspend.Kept, 5100, 0)]
    [InlineData(KeysInSuspend.Lost, 5105.7, 2)]
    public void A_resume_programs_all_keys_again_that_the_suspend_lost(KeysInSuspend keys, double took, int reprograms)
    {
        UfsOptions options = Ufs() with { RuntimePm = new RuntimePmOptions { Keys = keys } };
        using PoweredBench bench = Ran(options, b => b.Io(0, "a").Io(10_000, "b").Io(3_000_000, "a"));

        Assert.Equal((decimal)took, bench.Took[2]);
        Assert.Equal((2, reprograms), (bench.Metric("ufs0.keyslot.programs"), bench.Metric("ufs0.keyslot.reprograms")));
    }

    [Theory]
    [InlineData(1, 5000 + 50 + 10 + 100)]
    [InlineData(100, 5000 + 5000 + 10 + 100)]
    public void The_self_test_of_the_crypto_engine_is_part_of_the_resume(int polls, int took)
    {
        using PoweredBench bench = Ran(new UfsQcomOptions { Wakeup = Duration.Zero, BistPolls = polls, RuntimePm = new RuntimePmOptions() }, b => b.Io(0));

        Assert.Equal([(decimal)took], bench.Took);
    }

    [Fact]
    public void Clocks_come_on_with_the_host_and_are_gated_before_it_is_suspended()
    {
        using PoweredBench bench = Ran(Ufs() with { ClockGating = new ClockGatingOptions() }, b => b.Io(0));

        Assert.Equal([5100m], bench.Took);
        Assert.Equal(["CLKS_ON @5000", "REQ_CLKS_OFF @5000", "CLKS_ON @5000", "REQ_CLKS_OFF @5100", "CLKS_OFF @156100"], bench.Clocks);
        Assert.Equal("RPM_SUSPENDED @2005100", bench.Power.Last());
    }

    [Fact]
    public void A_suspend_before_the_gate_work_turns_the_clocks_off()
    {
        UfsOptions options = Ufs() with { ClockGating = new ClockGatingOptions(), RuntimePm = new RuntimePmOptions { Autosuspend = Duration.FromMilliseconds(50) } };
        using PoweredBench bench = Ran(options, b => b.Io(0));

        Assert.Equal(["CLKS_ON @5000", "REQ_CLKS_OFF @5000", "CLKS_ON @5000", "REQ_CLKS_OFF @5100", "CLKS_OFF @55100"], bench.Clocks);
        Assert.Equal("RPM_SUSPENDED @55100", bench.Power.Last());
    }

    [Fact]
    public void A_suspend_while_the_gate_work_runs_is_put_off()
    {
        UfsOptions options = Ufs() with { ClockGating = new ClockGatingOptions(), RuntimePm = new RuntimePmOptions { Autosuspend = Duration.FromMicroseconds(150_500) } };
        using PoweredBench bench = Ran(options, b => b.Io(0));   // gate_work from 155100 to 156100

        Assert.Equal("CLKS_OFF @156100", bench.Clocks.Last());
        Assert.Equal("RPM_SUSPENDED @306100", bench.Power.Last());
    }

    [Fact]
    public void An_eMMC_sleeps_too()
    {
        using PoweredBench bench = Ran(new CqhciOptions { Wakeup = Duration.Zero, RuntimePm = new RuntimePmOptions() }, b => b.Io(0, "a"));

        Assert.Equal([5000m + 0.1m + 1.9m + 0.1m + 200m], bench.Took);
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest, PmGetSync.ProgramAndEvict, "a b", false)]
    [InlineData(NoKeyslot.SleepAtSubmit, PmGetSync.ProgramAndEvict, "a b", false)]
    [InlineData(NoKeyslot.Park, PmGetSync.Evict, "a b", false)]
    [InlineData(NoKeyslot.SleepAtRequest, PmGetSync.Evict, "a b", true)]
    public void No_order_of_suspending_and_resuming_loses_a_bio(NoKeyslot design, PmGetSync getSync, string tasks, bool areLost)
    {
        UfsOptions options = Ufs(getSync, design) with
        {
            Keyslots = 1,
            RuntimePm = new RuntimePmOptions { GetSync = getSync, Call = Duration.Zero, Keys = areLost ? KeysInSuspend.Lost : KeysInSuspend.Kept },
        };
        ExplorationResult result = KeyslotScene.Explore(options, [.. tasks.Split(' ').Select((task, number) => new KeyslotTask(task, Cpu: number))]);
        output.WriteLine($"{design}: {result.Counts.States} states {result.Message}");

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    /// <summary>An armed timer is fixed, and its number is none of those of the objects that come and go: with few of these the search once looked for it among them.</summary>
    [Fact]
    public void A_machine_with_more_timers_than_work_is_explored()
    {
        MachineOptions machine = new()
        {
            Hardware = new HardwareOptions { Cpus = 2, Devices = [new NamedPart<DeviceOptions>("ufs0", Ufs() with { Keyslots = 1 })] },
            Workload = [new NamedPart<WorkloadOptions>("reader", new JobOptions { Device = "ufs0", NumberIos = 2, Size = DataSize.FromKibibytes(32), Key = "a" })],
        };

        Assert.Equal(ExplorationVerdict.Proved, ExploredMachine.Explore(machine, new ExplorationOptions()).Verdict);
    }
}
