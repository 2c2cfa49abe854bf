using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Design C: the slot is taken at dispatch, and a hardware queue without one stops.</summary>
public sealed class RequeueTests
{
    private static readonly InlineCryptoOptions Toy = KeyslotScene.Toy with { NoKeyslot = NoKeyslot.Requeue };

    [Theory]
    [InlineData("ab-", 24, 24)]   // plain I/O
    [InlineData("aba", 24, 36)]   // a key that is in the slot: it finds it taken by b
    public void Everything_behind_a_request_without_a_slot_waits(string keys, int b, int behind)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy, new KeyslotTask(keys, IsPlugged: true));

        Assert.Equal([12, b, behind], scene.Ends);
    }

    [Fact]
    public void Another_hardware_queue_does_not_wait_with_it()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { HardwareQueues = 2 }, new KeyslotTask("ab", IsPlugged: true), new KeyslotTask("-", Cpu: 1));

        Assert.Equal([12, 24, 10], scene.Ends);
    }

    [Fact]
    public void Programming_keeps_the_dispatcher_and_what_it_would_dispatch_next()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { Keyslots = 3 }, new KeyslotTask("abc-", IsPlugged: true));

        Assert.Equal([12, 14, 16, 16], scene.Ends);
    }

    [Fact]
    public void Two_dispatchers_program_one_after_the_other()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { Keyslots = 2, HardwareQueues = 2 }, new KeyslotTask("a"), new KeyslotTask("b", Cpu: 1));

        Assert.Equal([12, 14], scene.Ends);
    }

    // a is on hctx0 from 0 to 12. b, on hctx1, tries at 0, and again once: the first run of a queue that stops is repeated at once.
    // Then it has nothing in the device whose end would run it. With the hook it programs at 12; without, 3 ms after it stopped.
    [Theory]
    [InlineData(WakeHook.None, 3014, 1)]
    [InlineData(WakeHook.SameHctx, 3014, 1)]
    [InlineData(WakeHook.AllHctxs, 24, 0)]
    public void A_slot_that_another_hardware_queue_frees_is_noticed_after_3_ms_without_the_hook(WakeHook hook, int end, int stalls)
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { HardwareQueues = 2, WakeHook = hook }, new KeyslotTask("a"), new KeyslotTask("b", Cpu: 1));

        Assert.Equal(12, scene.Ends[0]);
        Assert.Equal(end, scene.Ends[1]);
        Assert.Equal(stalls, scene.Host.Profile.Meter.Stalls);
    }

    [Fact]
    public void The_end_of_a_request_of_the_same_hardware_queue_runs_it_without_any_hook()
    {
        using KeyslotScene scene = KeyslotScene.Ran(Toy with { WakeHook = WakeHook.None }, new KeyslotTask("ab", IsPlugged: true));

        Assert.Equal([12, 24], scene.Ends);
        Assert.Equal(0, scene.Host.Profile.Meter.Stalls);
    }

    [Fact]
    public void A_request_whose_key_cannot_be_programmed_ends_with_an_error_and_those_behind_it_go_on()
    {
        using KeyslotScene scene = KeyslotScene.Ran(FailingKeyslotOptions.Toy(NoKeyslot.Requeue, fails: 'b'), new KeyslotTask("abc-", IsPlugged: true));

        Assert.Equal([12, 14, 26, 26], scene.Ends);
        Assert.Equal([false, true, false, false], scene.Errors);
    }

    [Theory]
    [InlineData(false, "DM-X2")]
    [InlineData(true, null)]
    public void A_host_that_sleeps_to_program_needs_blk_mq_f_blocking(bool isBlocking, string? rule)
    {
        using KeyslotScene scene = new(Toy with { Programming = KeyProgramming.Sleeping, Blocking = isBlocking }, [new KeyslotTask("ab-a", IsPlugged: true)]);
        scene.Simulation.Run();

        Assert.Equal(rule, scene.Simulation.Outcome.Rule);
        Assert.Equal(rule is null ? End.Completed : End.Fault, scene.Simulation.Outcome.End);
    }

    // Commands take 4 ms. a gives its slot up at 4.002, and b, on the other hardware queue, learns of it after the delay that is over
    // at 6; by then another a has the slot. At 9 it has it still: no slot has become idle since b looked. At 12.4 it is given up, and at 15 b is in luck.
    [Fact]
    public void A_queue_that_has_looked_since_a_slot_was_idle_does_not_stall_for_that_one_again()
    {
        InlineCryptoOptions host = Toy with { HardwareQueues = 2, WakeHook = WakeHook.None, Latency = new ConstantDuration(Scene.Us * 4000) };
        using KeyslotScene scene = KeyslotScene.Ran(
            host, new KeyslotTask("a"), new KeyslotTask("b", Cpu: 1), new KeyslotTask("a", At: Scene.Us * 4500), new KeyslotTask("a", At: Scene.Us * 8400));

        Assert.Equal([4002, 15_004 + 4000, 8500, 12_400], scene.Ends);
        Assert.Equal(2, scene.Host.Profile.Meter.Stalls);
    }
}
