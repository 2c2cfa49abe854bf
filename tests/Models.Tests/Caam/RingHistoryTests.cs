using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Caam;

/// <summary>What the job ring's driver did over the years, and what follows from the kernel release alone.</summary>
public sealed class RingHistoryTests
{
    private static readonly JobRingOptions Quick = new Scene().Ring;

    [Fact]
    public void A_caller_that_sleeps_in_enqueue_gets_on_in_steps_of_100_ms()
    {
        Scene scene = new() { Ring = Quick with { Usable = 1, WhenFull = WhenFull.SleepAndRetry } };
        MachineResult result = scene.With("w", Scene.WriteUnits(4)).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(3, result.Metric("jr0.msleeps"));
        Assert.InRange(result.Metric("w.latency.min"), 300_000_000, 300_010_000);
    }

    [Fact]
    public void In_softirq_that_sleep_is_a_fault()
    {
        using RingBench bench = new(Quick with { Usable = 1, WhenFull = WhenFull.SleepAndRetry });
        bench.Submit(1);
        bench.Simulation.Spawn("caller", SubmitInSoftirq(bench));
        Outcome outcome = bench.Run();

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.StartsWith("BUG: scheduling while atomic: caller is in softirq context and would sleep in msleep. Call trace", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InputRoom.Cached, "deadlock", "DM-C5")]
    [InlineData(InputRoom.ReadEachTime, "completed", null)]
    public void A_smaller_input_ring_is_a_second_limit(InputRoom room, string ends, string? rule)
    {
        Scene scene = new() { Ring = Quick with { Usable = 7, InputRing = 2, InputRoom = room } };
        MachineResult result = scene.With("w", Scene.WriteUnits(8)).Run();

        Assert.Equal((ends, rule), (result.End.Ends, result.End.Rule));
        Assert.True(result.Metric("jr0.ebusy") > 0);
        Assert.InRange(result.Metric("jr0.ring.max"), 2, 4);
    }

    [Fact]
    public void An_input_ring_as_large_as_the_drivers_never_refuses()
    {
        Scene scene = new() { Ring = Quick with { Depth = 8 } };
        MachineResult plain = scene.With("w", Scene.WriteUnits(64, number: 4, iodepth: 4)).Run();
        MachineResult cached = (scene with { Ring = scene.Ring with { InputRing = 8 } }).With("w", Scene.WriteUnits(64, number: 4, iodepth: 4)).Run();

        Assert.Equal(plain.End.Fingerprint, cached.End.Fingerprint);
    }

    [Theory]
    [InlineData(WriteBarrier.Full, 10_000, null)]
    [InlineData(WriteBarrier.Weak, 0, null)]
    [InlineData(WriteBarrier.Weak, 10_000, "DM-J18")]
    public void A_weak_barrier_shows_when_memory_is_slower_than_the_hardwares_fetch(WriteBarrier barrier, int storeNs, string? rule)
    {
        Scene scene = new() { Ring = Quick with { WriteBarrier = barrier, StoreDelay = Duration.FromNanoseconds(storeNs), Interrupt = new InterruptOptions() } };
        MachineResult result = scene.With("w", Scene.WriteUnits(4)).Run();

        Assert.Equal(rule, result.End.Rule);
        Assert.Equal(
            rule is null ? null : "kernel BUG in caam_jr_dequeue: a finished descriptor has no entry in entinfo: jr0 was told of req#1 before its entry was visible, and fetched what stood there before",
            result.End.Message);
    }

    [Theory]
    [InlineData(KernelVersion.V2632, Front.None, WhenFull.DropRequest)]
    [InlineData(KernelVersion.V41, Front.None, WhenFull.DropRequest)]
    [InlineData(KernelVersion.V58, Front.Engine, WhenFull.Reject)]
    [InlineData(KernelVersion.V59, Front.Engine, WhenFull.Reject)]
    [InlineData(KernelVersion.V511, Front.EngineRetry, WhenFull.Reject)]
    [InlineData(KernelVersion.V65, Front.EngineRetry, WhenFull.Reject)]
    [InlineData(KernelVersion.V618, Front.EngineRetry, WhenFull.Reject)]
    public void The_kernel_release_chooses_what_the_scenario_leaves_open(KernelVersion kernel, Front front, WhenFull whenFull)
    {
        JobRingOptions filled = JobRingHistory.Fill(Quick with { WhenFull = null, Driver = Driver.ByKernel }, kernel);

        Assert.Equal((front, whenFull), (filled.Front, filled.EffectiveWhenFull));
        Assert.Equal(kernel >= KernelVersion.V65 ? Notify.AfterDispatch : Notify.BeforeDispatch, filled.Notify);
        Assert.Equal(kernel >= KernelVersion.V65 ? BacklogMark.StepsBack : BacklogMark.Stays, filled.EffectiveBacklogMark);
    }

    [Fact]
    public void What_the_scenario_sets_stays_whatever_the_release()
    {
        JobRingOptions set = Quick with { WhenFull = WhenFull.Backlog, Driver = Driver.ByKernel, Notify = Notify.AfterDispatch, EdescGfp = EdescGfp.MaySleep };
        JobRingOptions filled = JobRingHistory.Fill(set, KernelVersion.V41);

        Assert.Equal((Front.None, WhenFull.Backlog, Notify.AfterDispatch, EdescGfp.MaySleep), (filled.Front, filled.EffectiveWhenFull, filled.Notify, filled.EdescGfp));
        Assert.Same(Quick, JobRingHistory.Fill(Quick, KernelVersion.V41));
    }

    [Theory]
    [InlineData(KernelVersion.V41, "deadlock", "DM-C5")]
    [InlineData(KernelVersion.V58, "completed", null)]
    [InlineData(KernelVersion.V511, "fault", "DM-J16")]
    [InlineData(KernelVersion.V65, "completed", null)]
    [InlineData(KernelVersion.V618, "completed", null)]
    public void One_scenario_goes_through_the_history_of_the_driver(KernelVersion kernel, string ends, string? rule)
    {
        Scene scene = new() { Ring = Quick with { WhenFull = null, Depth = 16, Driver = Driver.ByKernel, EngineQlen = 4 } };
        MachineOptions options = scene.With("w", Scene.WriteUnits(32, number: 2)).Options with { Kernel = kernel };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(10) });
        machine.Run();

        Assert.Equal((ends, rule), (machine.DescribeEnd().Ends, machine.DescribeEnd().Rule));
    }

    [Fact]
    public void A_ring_too_small_for_the_engines_queue_is_refused_by_kernel_too() => Assert.Single(
        (Quick with { WhenFull = null, Depth = 8, Driver = Driver.ByKernel }).FindProblems("jr0", 4), p => p.Path == "jr0.front");

    private static async Process SubmitInSoftirq(RingBench bench)
    {
        bench.Kernel.Enter(CpuContext.Softirq);
        await bench.Simulation.Delay(Duration.FromNanoseconds(1));
        await bench.Cipher.SubmitAsync(bench.Request());
    }
}
