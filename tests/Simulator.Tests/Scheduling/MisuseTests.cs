namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>What a model author does wrong is said at once, with the process's name.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly Simulation _simulation = new();

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Awaiting_a_task_fails_at_once_with_the_process_name()
    {
        var never = new System.Threading.Tasks.TaskCompletionSource();
        _simulation.Spawn("kcryptd/0", AwaitTaskAsync());
        _simulation.Spawn("other", SleepAsync(100));
        var outcome = _simulation.Run();
        Assert.Equal(End.Fault, outcome.End);
        Assert.Equal("foreign-await", outcome.Rule);
        Assert.Equal("kcryptd/0", outcome.Process);
        Assert.Equal(2, outcome.At.Picoseconds);
        Assert.Contains("TaskAwaiter", outcome.Message, StringComparison.Ordinal);

        async Process AwaitTaskAsync()
        {
            await _simulation.DelayPicoseconds(2);
            await never.Task;
        }
    }

    [Fact]
    public void Awaiting_a_task_inside_an_operation_fails_too()
    {
        var never = new System.Threading.Tasks.TaskCompletionSource();
        _simulation.Spawn("kcryptd/0", OuterAsync());
        Assert.Equal("foreign-await", _simulation.Run().Rule);

        async Process OuterAsync() => await InnerAsync();

        async Operation InnerAsync() => await never.Task;
    }

    [Fact]
    public void A_wait_that_is_not_awaited_is_found_at_the_next_wait()
    {
        _simulation.Spawn("p", ForgetAsync());
        var outcome = _simulation.Run();
        Assert.Equal("p threw InvalidOperationException: a wait was begun before the last one was awaited: an await is missing", outcome.Message);

        async Process ForgetAsync()
        {
            _ = _simulation.DelayPicoseconds(5);
            await _simulation.DelayPicoseconds(5);
        }
    }

    [Fact]
    public void A_wait_that_is_not_awaited_is_found_at_the_end_of_the_process()
    {
        var signal = new Signal(_simulation);
        _simulation.Spawn("p", ForgetAsync());
        Assert.Contains("an await is missing", _simulation.Run().Message, StringComparison.Ordinal);

        async Process ForgetAsync()
        {
            await _simulation.DelayPicoseconds(5);
            _ = signal.WaitAsync();
        }
    }

    [Fact]
    public void An_operation_that_is_not_awaited_where_it_is_called_is_a_fault()
    {
        _simulation.Spawn("p", OuterAsync());
        var outcome = _simulation.Run();
        Assert.Equal("orphan-operation", outcome.Rule);
        Assert.Contains("InnerAsync", outcome.Message, StringComparison.Ordinal);

        async Process OuterAsync()
        {
            _ = InnerAsync();
            _simulation.Interrupt(default);
            await new Signal(_simulation).WaitAsync();
        }

        async Operation InnerAsync()
        {
            await new Passer(_simulation).PassAsync();
        }
    }

    [Fact]
    public void Waiting_outside_of_a_process_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => _simulation.DelayPicoseconds(1));

    [Fact]
    public void A_negative_delay_is_refused()
    {
        _simulation.Spawn("p", SleepAsync(-1));
        Assert.Equal("ArgumentOutOfRangeException", _simulation.Run().Rule);
    }

    [Fact]
    public void A_delay_beyond_the_end_of_the_clock_is_refused()
    {
        _simulation.Spawn("p", SleepTwiceAsync(long.MaxValue / 2));
        var outcome = _simulation.Run();
        Assert.Equal("p threw OverflowException: the virtual clock ends after about 106 days", outcome.Message);
    }

    [Fact]
    public void Releasing_more_than_was_acquired_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => new Resource(_simulation, 1).Release());

    [Fact]
    public void More_than_2_to_the_20_processes_are_refused_with_the_number()
    {
        _simulation.Spawn("parent", SpawnForeverAsync());
        var outcome = _simulation.Run(new RunLimits { EventsPerInstantLimit = long.MaxValue });
        Assert.Equal(RunState.Ended, outcome);
        Assert.Equal(
            "parent threw InvalidOperationException: more than 2^20 (1048576) processes and timers alive at one time", _simulation.Outcome.Message);

        async Process SpawnForeverAsync()
        {
            while (true)
            {
                _ = SleepAsync(1);
                if (_simulation.Events == long.MaxValue)
                {
                    await _simulation.DelayPicoseconds(1);
                }
            }
        }
    }

    [Fact]
    public void More_than_2_to_the_40_timed_events_are_refused()
    {
        _simulation.SkipSequenceNumbers((1UL << 40) - 2);
        _simulation.Spawn("p", SleepTwiceAsync(1));
        Assert.Equal("p threw InvalidOperationException: more than 2^40 timed events in one run", _simulation.Run().Message);
    }

    private async Process SleepAsync(long delay) => await _simulation.DelayPicoseconds(delay);

    private async Process SleepTwiceAsync(long delay)
    {
        await _simulation.DelayPicoseconds(delay);
        await _simulation.DelayPicoseconds(delay);
        await _simulation.DelayPicoseconds(delay);
    }

    /// <summary>Looks suspended without having registered anything.</summary>
    private sealed class Passer(Simulation simulation) : Waitable(simulation, "passer", "none")
    {
        internal Suspension PassAsync() => Simulation.Suspended;
    }
}
