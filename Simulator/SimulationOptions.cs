namespace CryptoSim.Simulator;

/// <summary>How a <see cref="Simulation"/> is set up; none of it changes what a model does.</summary>
public sealed record SimulationOptions
{
    /// <summary>Room for processes at the start [1]; grows by itself.</summary>
    public int InitialProcesses { get; init; } = 64;

    /// <summary>False leaves out the order hash of the events: <see cref="Simulation.Fingerprint"/> then says nothing.</summary>
    public bool Fingerprint { get; init; } = true;
}
