namespace CryptoSim.Simulator.Benchmarks;

/// <summary>Work on a simulation of its own.</summary>
public abstract class EngineWorkload(SimulationOptions? options = null) : IWorkload, IDisposable
{
    /// <summary>The engine under test.</summary>
    protected Simulation Simulation { get; } = new(options);

    public abstract long Run(long operations);

    public void Dispose()
    {
        Simulation.Dispose();
        GC.SuppressFinalize(this);
    }
}
