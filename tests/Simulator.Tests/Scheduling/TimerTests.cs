namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Timers: slots without a coroutine.</summary>
public sealed class TimerTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<long> _expiries = [];

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void It_expires_once_after_its_delay_and_can_rearm_itself()
    {
        var timer = new Probe(_simulation, _expiries) { Again = 2 };
        timer.Arm(new Duration(10));
        _simulation.Spawn("p", SleepAsync(100));
        _simulation.Run();
        Assert.Equal([10, 20, 30], _expiries);
        Assert.False(timer.IsArmed);
    }

    [Fact]
    public void Arming_again_moves_it_and_cancelling_takes_it_back()
    {
        var moved = new Probe(_simulation, _expiries);
        var cancelled = new Probe(_simulation, _expiries);
        moved.Arm(new Duration(10));
        moved.Arm(new Duration(40));
        cancelled.Arm(new Duration(20));
        cancelled.Cancel();
        _simulation.Spawn("p", SleepAsync(100));
        _simulation.Run();
        Assert.Equal([40], _expiries);
    }

    [Fact]
    public void A_zero_delay_expires_in_this_instant_and_can_still_be_cancelled()
    {
        var kept = new Probe(_simulation, _expiries);
        var cancelled = new Probe(_simulation, _expiries);
        kept.Arm(Duration.Zero);
        cancelled.Arm(Duration.Zero);
        cancelled.Cancel();
        cancelled.Arm(Duration.Zero);
        cancelled.Cancel();
        Assert.False(cancelled.IsArmed);
        _simulation.Spawn("p", SleepAsync(1));
        _simulation.Run();
        Assert.Equal([0], _expiries);
    }

    [Fact]
    public void An_armed_timer_alone_does_not_keep_a_run_going()
    {
        new Probe(_simulation, _expiries).Arm(new Duration(10));
        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Empty(_expiries);
    }

    [Fact]
    public void A_slot_is_held_only_while_something_is_scheduled()
    {
        var timer = new Probe(_simulation, _expiries);
        int before = SleepAsync(1).Slot;
        for (int i = 0; i < 10; i++)
        {
            timer.Arm(new Duration(5));
            timer.Cancel();
        }

        Assert.Equal(before + 1, SleepAsync(1).Slot);
    }

    [Fact]
    public void What_it_throws_ends_the_run_with_its_name()
    {
        new Thrower(_simulation).Arm(new Duration(10));
        _simulation.Spawn("p", SleepAsync(100));
        Assert.Equal("coalescing threw InvalidOperationException: boom", _simulation.Run().Message);
    }

    [Fact]
    public void A_reset_disarms_it()
    {
        var timer = new Probe(_simulation, _expiries);
        timer.Arm(new Duration(10));
        _simulation.Reset();
        Assert.False(timer.IsArmed);
        timer.Arm(new Duration(15));
        _simulation.Spawn("p", SleepAsync(100));
        _simulation.Run();
        Assert.Equal([15], _expiries);
    }

    private async Process SleepAsync(long delay) => await _simulation.DelayPicoseconds(delay);

    private sealed class Probe(Simulation simulation, List<long> expiries) : Timer(simulation, "probe")
    {
        public int Again { get; set; }

        protected override void OnExpired()
        {
            expiries.Add(Simulation.NowPicoseconds);
            if (Again-- > 0)
            {
                Arm(new Duration(10));
            }
        }
    }

    private sealed class Thrower(Simulation simulation) : Timer(simulation, "coalescing")
    {
        protected override void OnExpired() => throw new InvalidOperationException("boom");
    }
}
