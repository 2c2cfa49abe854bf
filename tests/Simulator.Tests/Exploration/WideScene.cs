using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Walkers that only pass the time, and a checker that must not come before all of them: many states, and a failure that no ordinary schedule shows. The steps that pass the time touch nothing shared.</summary>
internal sealed class WideScene
{
    private readonly Simulation _simulation;
    private readonly Arrivals _arrivals;
    private readonly int _steps;
    private readonly bool _wakes;

    private WideScene(Simulation simulation, int steps, bool wakes) =>
        (_simulation, _arrivals, _steps, _wakes) = (simulation, new Arrivals(simulation), steps, wakes);

    private sealed class Arrivals(Simulation simulation)
    {
        public readonly Signal Signal = new(simulation, "arrived");
        public int Count;
    }

    /// <summary>The scene.</summary>
    /// <param name="walkers">How many walk.</param>
    /// <param name="steps">Steps of each, and of the checker.</param>
    /// <param name="isCorrect">Who arrives wakes the checker.</param>
    public static TinyFactory Of(int walkers, int steps, bool isCorrect) => new(model =>
    {
        var scene = new WideScene(model.Simulation, steps, isCorrect);
        for (int i = 0; i < walkers; i++)
        {
            model.Simulation.Spawn($"walker/{i}", scene.WalkAsync());
        }

        model.Simulation.Spawn("checker", scene.CheckAsync());
    });

    /// <summary>Exploration without runs by chance, on so much memory.</summary>
    public static ExplorationResult Explore(TinyFactory factory, long memory) => new Explorer(factory, new ExplorationOptions
    {
        RandomRuns = 0,
        PctRuns = 0,
        Symmetry = false,
        Fusion = false,
        MemoryLimit = memory,
    }).Run();

    private async Process WalkAsync()
    {
        for (int i = 0; i < _steps; i++)
        {
            await _simulation.Delay(Tiny.Ns(1));
        }

        _arrivals.Count++;
        if (_wakes)
        {
            _arrivals.Signal.Fire();
        }
    }

    private async Process CheckAsync()
    {
        for (int i = 0; i < _steps; i++)
        {
            await _simulation.Delay(Tiny.Ns(10));
        }

        if (_arrivals.Count == 0)
        {
            await _arrivals.Signal.WaitAsync();
        }
    }
}
