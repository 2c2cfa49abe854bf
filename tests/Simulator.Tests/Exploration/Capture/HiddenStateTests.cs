using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Exploration.Phases;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>State that no capture can see: --check finds it by taking every transition twice.</summary>
public sealed class HiddenStateTests
{
    [NotState]
    private static int s_hidden;   // excused from the scan of statics, as if its author had been wrong

    [Theory]
    [InlineData("a static counter")]
    [InlineData("a field that is marked as no state")]
    [InlineData("a field that another process writes")]
    public void What_decides_and_is_no_state_is_found_by_running_each_transition_twice(string hidden)
    {
        var refused = Assert.Throws<NotCapturableException>(() => Explore(hidden, check: true));
        Assert.Contains("had two outcomes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_model_with_its_counter_in_the_state_passes() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore("nothing", check: true).Verdict);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_interrupt_of_a_process_in_a_delay_is_found_although_nobody_was_interrupted_before(bool matters)
    {
        var factory = new TinyFactory(model =>
        {
            var sleeper = model.Simulation.Spawn("sleeper", SleepAsync(model.Simulation, matters));
            model.Simulation.Spawn("poker", PokeAsync(model.Simulation, sleeper));
        });
        using var search = new SearchPhase(factory, new SearchLimits(new ExplorationOptions { Check = true }, null, default), fuse: false);
        search.Run(stopAtFailure: false, 1000);

        Assert.Equal(matters ? "deadlock" : null, search.Failure?.Found);
        Assert.True(search.CanComplete![0]);
    }

    private static async Process SleepAsync(Simulation simulation, bool matters)
    {
        var wake = await simulation.DelayPicoseconds(1);
        if (wake == Wake.Interrupted && matters)
        {
            await new Signal(simulation).WaitAsync();
        }
    }

    private static async Process PokeAsync(Simulation simulation, Process sleeper)
    {
        await simulation.DelayPicoseconds(1);
        simulation.Interrupt(sleeper);
    }

    private static ExplorationResult Explore(string hidden, bool check)
    {
        var factory = new TinyFactory(model =>
        {
            var scene = new Scene(model.Simulation, hidden);
            model.Simulation.Spawn("first", scene.FirstAsync());
            model.Simulation.Spawn("second", scene.SecondAsync());
        });
        var options = new ExplorationOptions { RandomRuns = 0, PctRuns = 0, Check = check, Fusion = false };
        return new Explorer(factory, options).Run();
    }

    private sealed class Scene(Simulation simulation, string hidden)
    {
        [NotState]
        private int _unseen;
        private int _seen;
        private int _sum;

        public async Process FirstAsync()
        {
            for (int i = 0; i < 3; i++)
            {
                await simulation.DelayPicoseconds(1);
                _sum = Next() % 7;
            }
        }

        public async Process SecondAsync()
        {
            for (int i = 0; i < 3; i++)
            {
                await simulation.DelayPicoseconds(1);
                _unseen += hidden == "a field that another process writes" ? 1 : 0;
            }
        }

        private int Next() => hidden switch
        {
            "a static counter" => s_hidden++,
            "a field that is marked as no state" => _unseen++,
            "a field that another process writes" => _unseen,
            _ => _seen++ + _sum,
        };
    }
}
