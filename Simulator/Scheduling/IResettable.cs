namespace CryptoSim.Simulator;

/// <summary>Something with state that must be as new after <see cref="Simulation.Reset"/>.</summary>
public interface IResettable
{
    /// <summary>Goes back to the state of construction; allocates nothing.</summary>
    void Reset();
}
