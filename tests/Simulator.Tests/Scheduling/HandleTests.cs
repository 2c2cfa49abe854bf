namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Handles, names, slots.</summary>
public sealed class HandleTests : IDisposable
{
    private readonly Simulation _simulation = new();

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void A_kept_handle_never_means_the_next_process_of_its_slot()
    {
        var first = _simulation.Spawn("first", SleepAsync(5));
        Process second = default;
        _simulation.Spawn("parent", LaterAsync());
        _simulation.Run();
        Assert.Equal(first.Slot, second.Slot);
        Assert.NotEqual(first, second);
        Assert.False(first.IsAlive);

        async Process LaterAsync()
        {
            await _simulation.DelayPicoseconds(10);
            second = _simulation.Spawn("second", SleepAsync(5));
            Assert.True(second.IsAlive);
            Assert.False(first.IsAlive);
            Assert.Equal("", first.Name);
            Assert.False(_simulation.Interrupt(first));
            Assert.Equal("second", second.Name);
        }
    }

    [Fact]
    public void Handles_from_before_a_reset_are_dead()
    {
        var old = _simulation.Spawn("old", SleepAsync(5));
        _simulation.Reset();
        Assert.False(old.IsAlive);
        var young = _simulation.Spawn("young", SleepAsync(5));
        Assert.Equal(old.Slot, young.Slot);
        Assert.False(old.IsAlive);
        Assert.True(young.IsAlive);
    }

    [Fact]
    public void A_process_without_a_name_has_that_of_its_method()
    {
        Assert.Equal("SleepAsync", SleepAsync(5).Name);
        Assert.Equal("LocalAsync", LocalAsync().Name);

        async Process LocalAsync() => await _simulation.DelayPicoseconds(1);
    }

    [Fact]
    public void The_current_process_is_known_inside_a_step_and_nowhere_else()
    {
        Process seen = default;
        var spawned = _simulation.Spawn("p", LookAsync());
        Assert.False(_simulation.CurrentProcess.Exists);
        _simulation.Run();
        Assert.Equal(spawned, seen);
        Assert.Equal(-1, _simulation.CurrentSlot);

        async Process LookAsync()
        {
            seen = _simulation.CurrentProcess;
            await _simulation.DelayPicoseconds(1);
        }
    }

    [Fact]
    public void Two_simulations_on_one_thread_do_not_mix_when_each_is_current_while_it_is_built()
    {
        using var other = new Simulation();
        var there = SleepOnAsync(other, 5);
        other.Run();
        Assert.False(there.IsAlive);
        Assert.Equal(5, other.NowPicoseconds);
        Assert.Equal(0, _simulation.NowPicoseconds);
    }

    [Fact]
    public void A_process_of_another_simulation_is_refused()
    {
        using var other = new Simulation();
        var there = SleepAsync(5);
        Assert.Contains("MakeCurrent", Assert.Throws<ArgumentException>(() => _simulation.Spawn("p", there)).Message, StringComparison.Ordinal);
        _simulation.MakeCurrent();
        Assert.True(_simulation.Spawn("p", SleepAsync(5)).IsAlive);
    }

    private static async Process SleepOnAsync(Simulation simulation, long delay) => await simulation.DelayPicoseconds(delay);

    private async Process SleepAsync(long delay) => await _simulation.DelayPicoseconds(delay);
}
