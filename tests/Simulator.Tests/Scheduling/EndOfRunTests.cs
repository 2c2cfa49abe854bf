namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Each way a run can end.</summary>
public sealed class EndOfRunTests : IDisposable
{
    private readonly Simulation _simulation = new();

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Nothing_to_do_is_completed_at_time_zero() => Assert.Equal(End.Completed, _simulation.Run().End);

    [Fact]
    public void An_idle_daemon_is_no_deadlock()
    {
        var idle = new Signal(_simulation, "work") { Idle = true };
        _simulation.Spawn("engine", WaitAsync(idle), daemon: true);
        _simulation.Spawn("job", SleepAsync(5));
        var outcome = _simulation.Run();
        Assert.Equal(End.Completed, outcome.End);
        Assert.Empty(outcome.Blocked);
    }

    [Fact]
    public void A_daemon_that_works_is_no_reason_to_go_on()
    {
        _simulation.Spawn("clock", TickAsync(10), daemon: true);
        _simulation.Spawn("job", SleepAsync(35));
        Assert.Equal(35, _simulation.Run().At.Picoseconds);
    }

    [Fact]
    public void A_daemon_stuck_in_the_middle_of_its_work_is_a_deadlock()
    {
        var stuck = new Signal(_simulation, "ctx->restart");
        _simulation.Spawn("kcryptd/0", WaitAsync(stuck), daemon: true);
        _simulation.Spawn("job", SleepAsync(5));
        var outcome = _simulation.Run();
        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Equal("kcryptd/0", Assert.Single(outcome.Blocked).Process);
    }

    [Fact]
    public void A_daemon_that_is_still_busy_may_finish_after_the_last_process()
    {
        var soon = new Signal(_simulation, "soon");
        _simulation.Spawn("kcryptd/0", WaitAsync(soon), daemon: true);
        _simulation.Spawn("device", FireAsync(soon, 9), daemon: true);
        _simulation.Spawn("job", SleepAsync(5));
        var outcome = _simulation.Run();
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(9, outcome.At.Picoseconds);
    }

    [Fact]
    public void The_model_can_say_that_the_work_is_done()
    {
        _simulation.Spawn("endless", TickAsync(10));
        _simulation.Spawn("judge", CompleteAsync(25));
        var outcome = _simulation.Run();
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(25, outcome.At.Picoseconds);
    }

    [Fact]
    public void Saying_that_the_work_is_done_does_not_hide_a_lost_wake_up()
    {
        var lost = new Signal(_simulation, "ctx->restart") { Owner = new TestHolder("req#4", "was answered EBUSY and is in no queue") };
        _simulation.Spawn("kcryptd/0", WaitAsync(lost));
        _simulation.Spawn("judge", CompleteAsync(25));
        Assert.Equal(End.Deadlock, _simulation.Run().End);
    }

    [Fact]
    public void The_time_limit_is_the_last_instant_that_still_happens()
    {
        _simulation.Spawn("endless", TickAsync(10));
        Assert.Equal(RunState.Ended, _simulation.Run(new RunLimits { TimeLimit = new VirtualTime(30) }));
        Assert.Equal(End.TimeLimit, _simulation.Outcome.End);
        Assert.Equal(30, _simulation.Outcome.At.Picoseconds);
        Assert.Equal(4, _simulation.Events);
    }

    [Fact]
    public void The_event_limit_is_exact()
    {
        _simulation.Spawn("endless", TickAsync(10));
        _simulation.Run(new RunLimits { EventLimit = 17 });
        Assert.Equal(End.TimeLimit, _simulation.Outcome.End);
        Assert.Equal("the limit of 17 events was reached", _simulation.Outcome.Message);
        Assert.Equal(17, _simulation.Events);
    }

    [Fact]
    public void At_the_time_limit_a_lost_wake_up_is_a_deadlock_although_others_go_on()
    {
        var lost = new Signal(_simulation, "ctx->restart") { Owner = new TestHolder("req#4", "was answered EBUSY and is in no queue") };
        _simulation.Spawn("writer/0", WaitAsync(lost));
        _simulation.Spawn("writer/1", TickAsync(10));
        _simulation.Run(new RunLimits { TimeLimit = new VirtualTime(1000) });
        Assert.Equal(End.Deadlock, _simulation.Outcome.End);
        Assert.Equal("writer/0 waits for ctx->restart in wait_for_completion since 0ns: req#4 was answered EBUSY and is in no queue", _simulation.Outcome.Message);
    }

    [Fact]
    public void A_process_hung_for_120_s_ends_the_run_while_others_go_on()
    {
        var lost = new Signal(_simulation, "ctx->restart") { Owner = new TestHolder("req#4", "is in no queue") };
        _simulation.Spawn("writer/0", WaitLaterAsync(lost, Duration.FromSeconds(7)));
        _simulation.Spawn("writer/1", TickAsync(Duration.FromMilliseconds(100).Picoseconds));
        var outcome = _simulation.Run();
        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Equal(Duration.FromSeconds(127).Picoseconds, outcome.At.Picoseconds);
        Assert.Equal("writer/0", outcome.Process);
    }

    [Fact]
    public void A_long_wait_that_somebody_will_end_is_not_hung()
    {
        var slow = new Signal(_simulation, "slow") { Owner = new TestHolder("disk", null, TickAsync(Duration.FromSeconds(1).Picoseconds)) };
        _simulation.Spawn("writer/0", WaitAsync(slow));
        _simulation.Run(new RunLimits { TimeLimit = VirtualTime.Zero + Duration.FromSeconds(1000) });
        Assert.Equal(End.TimeLimit, _simulation.Outcome.End);
    }

    [Fact]
    public void Processes_that_wake_each_other_while_the_clock_stands_are_a_livelock_with_their_names()
    {
        var ping = new Signal(_simulation);
        var pong = new Signal(_simulation);
        _simulation.Spawn("a", EchoAsync(ping, pong));
        _simulation.Spawn("b", EchoAsync(pong, ping));
        ping.Fire();
        _simulation.Run(new RunLimits { EventsPerInstantLimit = 1000 });
        Assert.Equal(End.Livelock, _simulation.Outcome.End);
        Assert.Equal(["a", "b"], _simulation.Outcome.Cycle.Order());
        Assert.Equal(VirtualTime.Zero, _simulation.Outcome.At);
    }

    [Fact]
    public void Many_events_at_one_instant_below_the_limit_are_no_livelock()
    {
        for (int i = 0; i < 999; i++)
        {
            _simulation.Spawn("p", SleepAsync(10));
        }

        _simulation.Run(new RunLimits { EventsPerInstantLimit = 1000 });
        Assert.Equal(End.Completed, _simulation.Outcome.End);
    }

    [Fact]
    public void A_rule_a_model_finds_broken_ends_the_run_with_the_way_into_it()
    {
        _simulation.Spawn("kcryptd/0", OuterAsync());
        var outcome = _simulation.Run();
        Assert.Equal(End.Fault, outcome.End);
        Assert.Equal("DM-C5", outcome.Rule);
        Assert.Equal("EBUSY promises a callback", outcome.Message);
        Assert.Equal("kcryptd/0", outcome.Process);
        Assert.Equal(["InnerAsync", "MiddleAsync"], outcome.Operations);
        Assert.Equal(3, outcome.At.Picoseconds);

        async Process OuterAsync() => await MiddleAsync();

        async Operation MiddleAsync() => await InnerAsync();

        async Operation InnerAsync()
        {
            await _simulation.DelayPicoseconds(3);
            _simulation.Fail("DM-C5", "EBUSY promises a callback");
            await _simulation.DelayPicoseconds(3);
        }
    }

    [Fact]
    public void An_exception_in_a_nested_operation_names_the_operations_it_came_through()
    {
        _simulation.Spawn("kcryptd/0", OuterAsync());
        var outcome = _simulation.Run();
        Assert.Equal("kcryptd/0 threw DivideByZeroException: no", outcome.Message);
        Assert.Equal("DivideByZeroException", outcome.Rule);
        Assert.Equal(["InnerAsync", "MiddleAsync"], outcome.Operations);

        async Process OuterAsync() => await MiddleAsync();

        async Operation<int> MiddleAsync() => await InnerAsync() + 1;

        async Operation<int> InnerAsync()
        {
            await _simulation.DelayPicoseconds(3);
            throw new DivideByZeroException("no");
        }
    }

    [Fact]
    public void An_ended_run_stays_ended()
    {
        _simulation.Spawn("job", SleepAsync(5));
        var outcome = _simulation.Run();
        Assert.Equal(RunState.Ended, _simulation.Run(new RunLimits()));
        Assert.Same(outcome, _simulation.Outcome);
    }

    [Fact]
    public void A_run_in_pieces_is_the_same_run()
    {
        _simulation.Spawn("a", TickAsync(7));
        _simulation.Spawn("b", TickAsync(11));
        while (_simulation.Run(new RunLimits { EventLimit = 1000 }, 3) == RunState.Running)
        {
        }

        using var whole = new Simulation();
        whole.Spawn("a", TickOnAsync(whole, 7));
        whole.Spawn("b", TickOnAsync(whole, 11));
        whole.Run(new RunLimits { EventLimit = 1000 });
        Assert.Equal(whole.Fingerprint, _simulation.Fingerprint);
    }

    private static async Process TickOnAsync(Simulation simulation, long period)
    {
        while (true)
        {
            await simulation.DelayPicoseconds(period);
        }
    }

    private static async Process EchoAsync(Signal from, Signal to)
    {
        while (true)
        {
            await from.WaitAsync();
            to.Fire();
        }
    }

    private static async Process WaitAsync(Signal signal) => await signal.WaitAsync();

    private Process TickAsync(long period) => TickOnAsync(_simulation, period);

    private async Process SleepAsync(long delay) => await _simulation.DelayPicoseconds(delay);

    private async Process WaitLaterAsync(Signal signal, Duration delay)
    {
        await _simulation.Delay(delay);
        await signal.WaitAsync();
    }

    private async Process FireAsync(Signal signal, long at)
    {
        await _simulation.DelayPicoseconds(at);
        signal.Fire();
    }

    private async Process CompleteAsync(long at)
    {
        await _simulation.DelayPicoseconds(at);
        _simulation.Complete();
    }
}
