using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Every order of small machines: no wake-up is lost, or the schedule that loses it.</summary>
public sealed class DesignExplorationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static InlineCryptoOptions Host(NoKeyslot design, int slots = 1, int tags = 32, int queues = 1) =>
        KeyslotScene.Toy with { NoKeyslot = design, Keyslots = slots, QueueDepth = tags, HardwareQueues = queues };

    private static KeyslotTask[] Tasks(string keys) =>
        [.. keys.Split(' ').Select((task, number) => new KeyslotTask(task, Cpu: number))];

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit, 1, 32, 1, "a b a")]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 32, 1, "a b a")]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 2, 1, "a b -")]
    [InlineData(NoKeyslot.SleepAtRequest, 1, 1, 2, "a b a")]
    [InlineData(NoKeyslot.SleepAtRequest, 2, 32, 1, "a b c")]
    [InlineData(NoKeyslot.SleepAtRequest, 2, 32, 2, "a b c a")]
    [InlineData(NoKeyslot.Requeue, 1, 32, 1, "a b a")]
    [InlineData(NoKeyslot.Requeue, 1, 32, 2, "a b a")]
    [InlineData(NoKeyslot.Park, 1, 32, 1, "a b a")]
    [InlineData(NoKeyslot.Park, 1, 2, 1, "a b -")]
    [InlineData(NoKeyslot.Park, 1, 1, 2, "a b a")]
    [InlineData(NoKeyslot.Park, 2, 32, 1, "a b c")]
    [InlineData(NoKeyslot.Park, 2, 32, 2, "a b c a")]
    public void No_order_loses_a_wake_up(NoKeyslot design, int slots, int tags, int queues, string tasks)
    {
        ExplorationResult result = KeyslotScene.Explore(Host(design, slots, tags, queues), Tasks(tasks));
        output.WriteLine($"{design} {slots} slots {tags} tags {queues} hctxs {tasks}: {result.Counts.States} states {result.Message}");

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    [Theory]
    [InlineData(2, 32, 1, "a b a")]
    [InlineData(1, 32, 1, "a b c")]
    [InlineData(1, 1, 2, "a b -")]
    public void No_order_loses_a_wake_up_under_an_age_limit(int slots, int tags, int queues, string tasks)
    {
        ExplorationResult result = KeyslotScene.Explore(Host(NoKeyslot.Park, slots, tags, queues) with { AgeLimit = Scene.Us * 30 }, Tasks(tasks));
        output.WriteLine($"{result.Counts.States} states {result.Message}");

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    [Theory]
    [InlineData(WakeHook.None, 1, null)]
    [InlineData(WakeHook.None, 2, "KS-C3")]
    [InlineData(WakeHook.SameHctx, 2, "KS-C3")]
    [InlineData(WakeHook.AllHctxs, 2, null)]
    public void A_slot_that_another_hardware_queue_frees_is_noticed_after_3_ms_unless_all_are_woken(WakeHook hook, int queues, string? rule)
    {
        InlineCryptoOptions host = Host(NoKeyslot.Requeue, queues: queues) with { WakeHook = hook, KeyslotStall = KeyslotStall.Report };
        ExplorationResult result = KeyslotScene.Explore(host, Tasks("a b"));
        output.WriteLine($"{result.Counts.States} states {result.Message}");

        Assert.Equal((rule is null ? ExplorationVerdict.Proved : ExplorationVerdict.Failed, rule), (result.Verdict, result.Rule));
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit, PlugOnSleep.Flush, null)]
    [InlineData(NoKeyslot.SleepAtSubmit, PlugOnSleep.Keep, "deadlock")]
    [InlineData(NoKeyslot.SleepAtRequest, PlugOnSleep.Flush, null)]
    [InlineData(NoKeyslot.SleepAtRequest, PlugOnSleep.Keep, "deadlock")]
    [InlineData(NoKeyslot.Requeue, PlugOnSleep.Keep, null)]
    [InlineData(NoKeyslot.Park, PlugOnSleep.Keep, null)]
    public void A_task_that_sleeps_for_the_slot_of_what_it_has_plugged_hangs_unless_the_plug_is_flushed(NoKeyslot design, PlugOnSleep plug, string? found)
    {
        ExplorationResult result = KeyslotScene.Explore(Host(design) with { PlugOnSleep = plug }, new KeyslotTask("ab", IsPlugged: true));
        output.WriteLine($"{result.Counts.States} states {result.Message}");

        Assert.Equal((found is null ? ExplorationVerdict.Proved : ExplorationVerdict.Failed, found), (result.Verdict, result.Found));
    }
}
