namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Small scenes on the virtual clock.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Processes_run_in_order_of_time_then_of_arming()
    {
        _ = Tick("late", 20);
        _ = Tick("first", 10);
        _ = Tick("second", 10);
        var outcome = _simulation.Run();
        Assert.Equal(["first@10", "second@10", "late@20"], _log);
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(20, outcome.At.Picoseconds);
        Assert.Equal(6, _simulation.Events);
    }

    [Fact]
    public void A_wake_up_never_runs_inside_its_completer()
    {
        var signal = new Signal(_simulation);
        _ = Wait(signal, "waiter");
        _ = FireAndLog(signal);
        _simulation.Run();
        Assert.Equal(["fired", "waiter"], _log);

        async Process FireAndLog(Signal target)
        {
            await _simulation.DelayPicoseconds(5);
            target.Fire();
            _log.Add("fired");
        }
    }

    [Fact]
    public void A_zero_delay_lets_what_is_ready_go_first()
    {
        var signal = new Signal(_simulation);
        _ = Wait(signal, "woken");
        _ = Yielder();
        _simulation.Run();
        Assert.Equal(["woken", "yielder"], _log);

        async Process Yielder()
        {
            signal.Fire();
            await _simulation.Delay(Duration.Zero);
            _log.Add("yielder");
        }
    }

    [Fact]
    public void A_store_hands_items_over_in_order_and_blocks_when_full()
    {
        var store = new Store<int>(_simulation, 2);
        _ = Produce();
        _ = Consume();
        var outcome = _simulation.Run();
        Assert.Equal(["put 0", "put 1", "got 0@10", "put 2", "got 1@20", "put 3", "got 2@30", "got 3@40"], _log);
        Assert.Equal(End.Completed, outcome.End);

        async Process Produce()
        {
            for (int i = 0; i < 4; i++)
            {
                await store.PutAsync(i);
                _log.Add($"put {i}");
            }
        }

        async Process Consume()
        {
            for (int i = 0; i < 4; i++)
            {
                await _simulation.DelayPicoseconds(10);
                int item = await store.GetAsync();
                _log.Add($"got {item}@{_simulation.NowPicoseconds}");
            }
        }
    }

    [Fact]
    public void An_operation_runs_inside_its_process_and_returns_a_value()
    {
        _ = Outer();
        _simulation.Run();
        Assert.Equal(["3@7"], _log);
        Assert.Equal(3, _simulation.Events);

        async Process Outer()
        {
            int sum = await Add(1, 2);
            _log.Add($"{sum}@{_simulation.NowPicoseconds}");
        }

        async Operation<int> Add(int a, int b)
        {
            await _simulation.DelayPicoseconds(3);
            await Inner();
            return a + b;
        }

        async Operation Inner() => await _simulation.DelayPicoseconds(4);
    }

    [Fact]
    public void An_exception_in_an_operation_reaches_the_caller_that_awaits_it()
    {
        _ = Outer();
        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["caught boom@3"], _log);

        async Process Outer()
        {
            try
            {
                await Throw();
            }
            catch (InvalidOperationException thrown)
            {
                _log.Add($"caught {thrown.Message}@{_simulation.NowPicoseconds}");
            }
        }

        async Operation Throw()
        {
            await _simulation.DelayPicoseconds(3);
            throw new InvalidOperationException("boom");
        }
    }

    [Fact]
    public void A_process_that_waits_for_a_signal_nobody_fires_is_a_deadlock()
    {
        var signal = new Signal(_simulation, "ctx->restart");
        _simulation.Spawn("kcryptd/0", Wait(signal, "never"));
        var outcome = _simulation.Run();
        Assert.Equal(End.Deadlock, outcome.End);
        var blocked = Assert.Single(outcome.Blocked);
        Assert.Equal("kcryptd/0", blocked.Process);
        Assert.Equal("ctx->restart", blocked.WaitsOn);
        Assert.Equal("wait_for_completion", blocked.Symbol);
        Assert.StartsWith("ProcessTests.cs:", blocked.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_throws_ends_the_run_as_a_fault_with_its_name_and_time()
    {
        _simulation.Spawn("kcryptd/0", Throw());
        var outcome = _simulation.Run();
        Assert.Equal(End.Fault, outcome.End);
        Assert.Equal("kcryptd/0", outcome.Process);
        Assert.Equal(4, outcome.At.Picoseconds);
        Assert.Equal("kcryptd/0 threw InvalidOperationException: boom", outcome.Message);

        async Process Throw()
        {
            await _simulation.DelayPicoseconds(4);
            throw new InvalidOperationException("boom");
        }
    }

    [Fact]
    public void An_interrupt_is_a_result_and_takes_the_process_out_of_its_delay()
    {
        var sleeper = Sleep();
        _ = Poke();
        _simulation.Run();
        Assert.Equal(["Interrupted@5"], _log);

        async Process Sleep()
        {
            var wake = await _simulation.DelayPicoseconds(100);
            _log.Add($"{wake}@{_simulation.NowPicoseconds}");
        }

        async Process Poke()
        {
            await _simulation.DelayPicoseconds(5);
            Assert.True(_simulation.Interrupt(sleeper));
        }
    }

    private async Process Tick(string name, long at)
    {
        await _simulation.DelayPicoseconds(at);
        _log.Add($"{name}@{_simulation.NowPicoseconds}");
    }

    private async Process Wait(Signal signal, string name)
    {
        await signal.WaitAsync();
        _log.Add(name);
    }
}
