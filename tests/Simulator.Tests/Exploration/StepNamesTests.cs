using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>How schedules name processes.</summary>
public sealed class StepNamesTests
{
    [Fact]
    public void Processes_alive_with_one_name_are_told_apart_in_the_order_of_their_slots()
    {
        using var simulation = new Simulation();
        simulation.Spawn("kworker", IdleAsync(simulation));
        simulation.Spawn("jr0", IdleAsync(simulation));
        simulation.Spawn("kworker", IdleAsync(simulation));
        simulation.Spawn("kworker", IdleAsync(simulation));
        var run = new SteppedRun(simulation);
        string[] names = [.. Enumerable.Range(0, run.Count).Select(i => StepNames.At(run, i))];
        Assert.Equal(["kworker", "jr0", "kworker~2", "kworker~3"], names);
        Assert.Equal([0, 1, 2, 3], names.Select(name => StepNames.IndexOf(run, name)));
        Assert.Equal(-1, StepNames.IndexOf(run, "kworker~4"));
        Assert.Equal(-1, StepNames.IndexOf(run, "kworker~1"));
        Assert.Equal(-1, StepNames.IndexOf(run, "kwork"));
    }

    [Fact]
    public void The_second_of_a_name_is_the_first_once_the_first_has_ended()
    {
        using var simulation = new Simulation();
        simulation.Spawn("kworker", EndAsync(simulation));
        simulation.Spawn("kworker", IdleAsync(simulation));
        var run = new SteppedRun(simulation);
        run.Step(0);
        Assert.Equal("kworker", StepNames.At(run, 0));
    }

    private static async Process IdleAsync(Simulation simulation) => await simulation.Delay(Tiny.Ns(1));

    private static async Process EndAsync(Simulation simulation) => await Tiny.Nothing(simulation);
}
