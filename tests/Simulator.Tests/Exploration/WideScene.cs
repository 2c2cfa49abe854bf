using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Walkers that only pass the time, and a checker that must not come before all of them: many states, and a failure that no ordinary schedule shows.</summary>
/// <param name="model">Where they live.</param>
/// <param name="steps">Steps of each.</param>
/// <param name="isCorrect">The checker waits only if somebody is left to wake it.</param>
internal sealed class WideScene(TinyModel model, int steps, bool isCorrect)
{
    private readonly Signal _arrived = new(model.Simulation, "arrived");
    private int _there;

    /// <summary>The scene.</summary>
    public static TinyFactory Of(int walkers, int steps, bool isCorrect) => new(model =>
    {
        var scene = new WideScene(model, steps, isCorrect);
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
        for (int i = 0; i < steps; i++)
        {
            await model.Simulation.Delay(Tiny.Ns(1));
        }

        _there++;
        if (isCorrect)
        {
            _arrived.Fire();
        }
    }

    private async Process CheckAsync()
    {
        for (int i = 0; i < steps; i++)
        {
            await model.Simulation.Delay(Tiny.Ns(10));
        }

        if (_there == 0)
        {
            await _arrived.WaitAsync();
        }
    }
}
