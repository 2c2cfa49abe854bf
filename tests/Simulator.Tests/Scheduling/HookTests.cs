namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>The trace hook, the chooser, priorities.</summary>
public sealed class HookTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<int> _log = [];

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_trace_sees_every_event_and_changes_nothing()
    {
        Scene.Build(_simulation, 3, 100);
        var trace = new Counting();
        var chooser = default(NoChooser);
        _simulation.Run(new RunLimits(), ref trace, ref chooser);
        using var plain = new Simulation();
        Scene.Build(plain, 3, 100);
        plain.Run();
        Assert.Equal(plain.Fingerprint, _simulation.Fingerprint);
        Assert.Equal(plain.Events, trace.Events);
    }

    [Fact]
    public void A_chooser_picks_among_all_that_is_due_at_an_instant_and_only_then()
    {
        for (int i = 0; i < 4; i++)
        {
            _ = SleepAsync(i, 10);
        }

        _ = SleepAsync(9, 20);
        var trace = default(NoTrace);
        var chooser = new Last();
        _simulation.Run(new RunLimits(), ref trace, ref chooser);
        Assert.Equal([0, 1, 2, 3, 9], _log.Order());
        Assert.Equal(9, _log[^1]);
        Assert.Equal(7, chooser.Asked);
    }

    [Fact]
    public void A_chooser_that_always_takes_the_first_runs_the_plain_order()
    {
        Scene.Build(_simulation, 8, 100);
        var trace = default(NoTrace);
        var chooser = new First();
        _simulation.Run(new RunLimits(), ref trace, ref chooser);
        using var plain = new Simulation();
        Scene.Build(plain, 8, 100);
        plain.Run();
        Assert.Equal(plain.Fingerprint, _simulation.Fingerprint);
    }

    [Fact]
    public void Events_of_one_instant_run_by_priority_and_the_default_lies_in_the_middle()
    {
        _ = SleepAsync(8, 10);
        _ = UrgentAsync(15, 10, 15);
        _ = UrgentAsync(0, 10, 0);
        _ = UrgentAsync(3, 10, 3);
        _simulation.Run();
        Assert.Equal([0, 3, 8, 15], _log);
    }

    [Fact]
    public void At_zero_delay_a_high_priority_goes_before_what_is_ready_and_a_low_one_after()
    {
        _ = StarterAsync();
        _simulation.Run();
        Assert.Equal([1, 2, 3], _log);

        async Process StarterAsync()
        {
            await _simulation.DelayPicoseconds(5);
            _ = UrgentAsync(3, 0, 15);
            _ = UrgentAsync(1, 0, 0);
            await _simulation.Delay(Duration.Zero);
            await _simulation.Delay(Duration.Zero);
            _log.Add(2);
        }
    }

    [Fact]
    public void Without_the_order_hash_the_run_is_the_same()
    {
        Scene.Build(_simulation, 3, 100);
        _simulation.Run();
        using var unhashed = new Simulation(new SimulationOptions { Fingerprint = false });
        Scene.Build(unhashed, 3, 100);
        unhashed.Run();
        Assert.Equal(unhashed.Events, _simulation.Events);
        Assert.Equal(unhashed.Now, _simulation.Now);
        Assert.NotEqual(unhashed.Fingerprint, _simulation.Fingerprint);
    }

    private async Process SleepAsync(int number, long delay)
    {
        await _simulation.DelayPicoseconds(delay);
        _log.Add(number);
    }

    private async Process UrgentAsync(int number, long delay, int priority)
    {
        await _simulation.DelayPicoseconds(delay, priority);
        _log.Add(number);
    }

    private struct Counting : ITrace
    {
        public int Events { get; private set; }

        public void OnEvent(long picoseconds, int slot) => Events++;
    }

    private struct Last : IChooser
    {
        public int Asked { get; private set; }

        public int Choose(in ReadySet ready)
        {
            Assert.True(ready.Count >= 2);
            Assert.True(ready[ready.Count - 1].IsAlive);
            Asked++;
            return ready.Count - 1;
        }
    }

    private struct First : IChooser
    {
        public readonly int Choose(in ReadySet ready) => 0;
    }
}
