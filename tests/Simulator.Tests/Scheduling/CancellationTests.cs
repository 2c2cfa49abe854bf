using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Moving, interrupting and cancelling what is armed.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Rearming_stretches_a_delay_and_the_old_entry_is_skipped()
    {
        var sleeper = _simulation.Spawn("sleeper", SleepAsync("sleeper", 10));
        _simulation.Spawn("preempter", MoveAsync(sleeper, 4, 25));
        _simulation.Run();
        Assert.Equal(["sleeper Signalled@25"], _log);
        Assert.Equal(4, _simulation.Events);
    }

    [Fact]
    public void Rearming_a_process_that_has_no_timer_does_nothing()
    {
        var signal = new Signal(_simulation);
        var waiter = _simulation.Spawn("waiter", WaitAsync(signal), daemon: true);
        Assert.False(_simulation.Rearm(waiter, new VirtualTime(5)));
        _simulation.Run();
        Assert.False(_simulation.Rearm(default, new VirtualTime(5)));
    }

    [Fact]
    public void A_wait_with_a_timeout_says_which_came_first()
    {
        var early = new Signal(_simulation);
        var late = new Signal(_simulation);
        _simulation.Spawn("a", WaitAtMostAsync(early, 10));
        _simulation.Spawn("b", WaitAtMostAsync(late, 10));
        _simulation.Spawn("c", FireAsync(early, 6));
        _simulation.Spawn("d", FireAsync(late, 14));
        _simulation.Run();
        Assert.Equal(["Signalled@6", "TimedOut@10"], _log);
        Assert.True(late.IsSet);
    }

    [Fact]
    public void An_interrupted_waiter_leaves_the_queue_and_the_others_keep_their_order()
    {
        var signal = new Signal(_simulation);
        Process[] waiters = [.. Enumerable.Range(0, 4).Select(i => _simulation.Spawn($"w{i}", NamedWaitAsync(signal, $"w{i}")))];
        _simulation.Spawn("poker", PokeAsync(waiters[1], signal));
        _simulation.Run();
        Assert.Equal(["w1 Interrupted@3", "w0 Signalled@5", "w2 Signalled@6", "w3 Signalled@7"], _log);
    }

    [Fact]
    public void Interrupting_a_ready_process_does_nothing()
    {
        var signal = new Signal(_simulation);
        var waiter = _simulation.Spawn("w", NamedWaitAsync(signal, "w"));
        _simulation.Spawn("both", BothAsync(signal, waiter));
        _simulation.Run();
        Assert.Equal(["w Signalled@1"], _log);
    }

    [Fact]
    public void An_interrupted_put_takes_its_item_away_and_an_interrupted_get_gives_the_default()
    {
        var full = new Store<string>(_simulation, 1);
        var empty = new Store<string>(_simulation, 1);
        full.TryPut("first");
        var putter = _simulation.Spawn("putter", PutAsync(full, "second"));
        var getter = _simulation.Spawn("getter", GetAsync(empty));
        _simulation.Spawn("poker", InterruptAsync(putter, getter));
        _simulation.Run();
        Assert.Equal(["put Interrupted", "got (nothing) Interrupted"], _log);
        Assert.True(full.TryGet(out string only));
        Assert.Equal("first", only);
        Assert.False(full.TryGet(out _));
    }

    [Fact]
    public void Stale_entries_are_compacted_once_they_are_the_majority()
    {
        var sleeper = _simulation.Spawn("sleeper", SleepAsync("sleeper", 1_000_000));
        _simulation.Spawn("mover", MoveManyTimesAsync(sleeper, 10_000));
        _simulation.Run(new RunLimits(), 5_000);
        Assert.InRange(_simulation.ArmedEntries, 1, 140);
        _simulation.Run();
        Assert.Equal(["sleeper Signalled@1010000"], _log);
    }

    [Fact]
    public void Cancelled_and_moved_timers_fire_as_a_reference_says()
    {
        // Each triple: which of 40 sleepers, when the mover acts, and where to it moves (0: interrupts).
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(4711, 9, 300),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte Who, byte Gap, byte To)[]>(), moves => FiresAsReferenceSays(moves)));
    }

    private static bool FiresAsReferenceSays((byte Who, byte Gap, byte To)[] moves)
    {
        using var simulation = new Simulation();
        var ends = new long[40];
        var expected = Enumerable.Range(0, 40).Select(i => 100L + 7 * i).ToArray();
        long now = 0;
        foreach (var (who, gap, to) in moves)
        {
            now += gap % 8;
            int target = who % 40;
            if (expected[target] > now)
            {
                expected[target] = to == 0 ? now : now + to;
            }
        }

        Process[] sleepers = [.. Enumerable.Range(0, 40).Select(i => SleepUntilAsync(simulation, ends, i, 100 + 7 * i))];
        _ = MoveAllAsync(simulation, sleepers, moves);
        simulation.Run();
        return ends.SequenceEqual(expected);
    }

    private static async Process SleepUntilAsync(Simulation simulation, long[] ends, int index, long delay)
    {
        await simulation.DelayPicoseconds(delay);
        ends[index] = simulation.NowPicoseconds;
    }

    private static async Process MoveAllAsync(Simulation simulation, Process[] sleepers, (byte Who, byte Gap, byte To)[] moves)
    {
        foreach (var (who, gap, to) in moves)
        {
            if (gap % 8 != 0)
            {
                await simulation.DelayPicoseconds(gap % 8);
            }

            _ = to == 0
                ? simulation.Interrupt(sleepers[who % 40])
                : simulation.Rearm(sleepers[who % 40], new VirtualTime(simulation.NowPicoseconds + to));
        }
    }

    private async Process SleepAsync(string name, long delay)
    {
        var wake = await _simulation.DelayPicoseconds(delay);
        _log.Add($"{name} {wake}@{_simulation.NowPicoseconds}");
    }

    private async Process MoveAsync(Process target, long at, long to)
    {
        await _simulation.DelayPicoseconds(at);
        Assert.True(_simulation.Rearm(target, new VirtualTime(to)));
    }

    private async Process MoveManyTimesAsync(Process target, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await _simulation.DelayPicoseconds(1);
            _simulation.Rearm(target, new VirtualTime(_simulation.NowPicoseconds + 1_000_000));
        }
    }

    private async Process WaitAsync(Signal signal) => await signal.WaitAsync();

    private async Process WaitAtMostAsync(Signal signal, long timeout)
    {
        var wake = await signal.WaitAsync(new Duration(timeout));
        _log.Add($"{wake}@{_simulation.NowPicoseconds}");
    }

    private async Process NamedWaitAsync(Signal signal, string name)
    {
        var wake = await signal.WaitAsync();
        _log.Add($"{name} {wake}@{_simulation.NowPicoseconds}");
    }

    private async Process FireAsync(Signal signal, long at)
    {
        await _simulation.DelayPicoseconds(at);
        signal.Fire();
    }

    private async Process PokeAsync(Process target, Signal signal)
    {
        await _simulation.DelayPicoseconds(3);
        Assert.True(_simulation.Interrupt(target));
        await _simulation.DelayPicoseconds(2);
        for (int i = 0; i < 3; i++)
        {
            signal.Fire();
            await _simulation.DelayPicoseconds(1);
        }
    }

    private async Process BothAsync(Signal signal, Process waiter)
    {
        await _simulation.DelayPicoseconds(1);
        signal.Fire();
        Assert.False(_simulation.Interrupt(waiter));
    }

    private async Process PutAsync(Store<string> store, string item)
    {
        var wake = await store.PutAsync(item);
        _log.Add($"put {wake}");
    }

    private async Process GetAsync(Store<string> store)
    {
        string item = await store.GetAsync();
        _log.Add($"got {item ?? "(nothing)"} {_simulation.LastWake}");
    }

    private async Process InterruptAsync(params Process[] targets)
    {
        await _simulation.DelayPicoseconds(1);
        foreach (var target in targets)
        {
            _simulation.Interrupt(target);
        }
    }
}
