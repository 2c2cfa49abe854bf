namespace CryptoSim.Simulator.Tests.Diagnosis;

/// <summary>Who waits for whom.</summary>
public sealed class BlockedGraphTests : IDisposable
{
    private readonly Simulation _simulation = new();

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Two_processes_that_wait_for_each_other_are_a_cycle_with_both_names()
    {
        var a = new Signal(_simulation, "lock a");
        var b = new Signal(_simulation, "lock b");
        var first = _simulation.Spawn("first", WaitAsync(a));
        var second = _simulation.Spawn("second", WaitAsync(b));
        a.Owner = new TestHolder("a's owner", null, second);
        b.Owner = new TestHolder("b's owner", null, first);
        var outcome = _simulation.Run();
        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Equal(["first", "second"], outcome.Cycle);
        Assert.All(outcome.Blocked, blocked => Assert.Equal(BlockedReason.Cycle, blocked.Reason));
        Assert.Equal(["first", "lock a", "a's owner", "second", "lock b", "b's owner", "first"], outcome.Blocked[0].Chain);
    }

    [Fact]
    public void A_process_that_waits_for_a_cycle_it_is_not_in_is_told_so()
    {
        var self = new Signal(_simulation, "self");
        var outer = new Signal(_simulation, "outer");
        var inner = _simulation.Spawn("inner", WaitAsync(self));
        self.Owner = new TestHolder("self's owner", null, inner);
        outer.Owner = new TestHolder("outer's owner", null, inner);
        _simulation.Spawn("watcher", WaitAsync(outer));
        var blocked = _simulation.Run().Blocked;
        Assert.Equal(BlockedReason.Cycle, blocked[1].Reason);
        Assert.Equal(["inner"], blocked[1].Cycle);
    }

    [Fact]
    public void A_cycle_through_a_shared_holder_is_found()
    {
        var signal = new Signal(_simulation, "slot");
        var holder = new TestHolder("ring", null, _simulation.Spawn("p", WaitAsync(signal)));
        signal.Owner = holder;
        var outer = new Signal(_simulation, "entry") { Owner = holder };
        _simulation.Spawn("q", WaitAsync(outer));
        Assert.All(_simulation.Run().Blocked, blocked => Assert.Equal(BlockedReason.Cycle, blocked.Reason));
    }

    [Fact]
    public void Holders_that_only_hold_each_other_are_nobody()
    {
        var left = new TestHolder("left", null);
        var right = new TestHolder("right", null);
        left.Holders.Add(right);
        right.Holders.Add(left);
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "s") { Owner = left }));
        Assert.Equal(BlockedReason.Nobody, Assert.Single(_simulation.Run().Blocked).Reason);
    }

    [Fact]
    public void One_owner_that_can_still_run_is_enough()
    {
        var alive = _simulation.Spawn("disk", SleepAsync(1000));
        var either = new TestHolder("bio", null, alive);
        either.Holders.Add(new TestHolder("req#1", "is in no queue"));
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "s") { Owner = either }));
        _simulation.Run(new RunLimits(), 2);
        var blocked = Assert.Single(BlockedGraph.Analyze(_simulation));
        Assert.Equal(BlockedReason.Alive, blocked.Reason);
        Assert.Equal(["p", "s", "bio", "disk"], blocked.Chain);
        Assert.False(blocked.IsDead);
    }

    [Fact]
    public void An_idle_daemon_will_not_come_by_itself()
    {
        var work = new Signal(_simulation, "work") { Idle = true };
        var engine = _simulation.Spawn("jr0", WaitAsync(work), daemon: true);
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "done") { Owner = new TestHolder("req#4", null, engine) }));
        var blocked = Assert.Single(_simulation.Run().Blocked);
        Assert.Equal(BlockedReason.Nobody, blocked.Reason);
        Assert.Equal("jr0 idles in work and will not come by itself", blocked.Owner);
        Assert.Equal(["p", "done", "req#4", "jr0", "(nobody)"], blocked.Chain);
    }

    [Fact]
    public void An_armed_timer_is_alive_and_an_unarmed_one_is_not()
    {
        var timer = new Quiet(_simulation);
        var holder = new TestHolder("coalescing", null);
        holder.Timers.Add(timer);
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "irq") { Owner = holder }));
        timer.Arm(new Duration(50));
        _simulation.Run(new RunLimits(), 1);
        Assert.Equal(BlockedReason.Alive, Assert.Single(BlockedGraph.Analyze(_simulation)).Reason);
        timer.Cancel();
        Assert.Equal("irq timer is not armed", Assert.Single(BlockedGraph.Analyze(_simulation)).Owner);
    }

    [Fact]
    public void An_owner_that_was_not_said_is_unknown_until_nothing_is_scheduled()
    {
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "s")));
        _simulation.Spawn("other", SleepAsync(1000));
        _simulation.Run(new RunLimits(), 2);
        Assert.Equal(BlockedReason.Unknown, Assert.Single(BlockedGraph.Analyze(_simulation)).Reason);
        Assert.Equal(BlockedReason.Nobody, Assert.Single(_simulation.Run().Blocked).Reason);
    }

    [Fact]
    public void An_owner_that_has_ended_is_nobody()
    {
        var gone = _simulation.Spawn("gone", SleepAsync(1));
        _simulation.Spawn("p", WaitAsync(new Signal(_simulation, "s") { Owner = new TestHolder("bio", null, gone) }));
        Assert.Equal("the process that should have has ended", Assert.Single(_simulation.Run().Blocked).Owner);
    }

    [Fact]
    public void Those_that_nobody_wakes_come_first_then_those_that_wait_longest()
    {
        var lost = new TestHolder("req#4", "is in no queue");
        var alive = new TestHolder("disk", null, _simulation.Spawn("disk", SleepAsync(1000)));
        _simulation.Spawn("alive", WaitAsync(new Signal(_simulation, "a") { Owner = alive }));
        _simulation.Spawn("late", WaitLaterAsync(new Signal(_simulation, "b") { Owner = lost }, 20));
        _simulation.Spawn("early", WaitLaterAsync(new Signal(_simulation, "c") { Owner = lost }, 10));
        _simulation.Run(new RunLimits { TimeLimit = new VirtualTime(100) });
        Assert.Equal(["early", "late", "alive"], _simulation.Outcome.Blocked.Select(blocked => blocked.Process));
    }

    private static async Process WaitAsync(Signal signal) => await signal.WaitAsync();

    private async Process WaitLaterAsync(Signal signal, long delay)
    {
        await _simulation.DelayPicoseconds(delay);
        await signal.WaitAsync();
    }

    private async Process SleepAsync(long delay) => await _simulation.DelayPicoseconds(delay);

    private sealed class Quiet(Simulation simulation) : Timer(simulation, "irq timer")
    {
        protected override void OnExpired()
        {
        }
    }
}
