namespace CryptoSim.Simulator.Benchmarks;

/// <summary>HOLD: a number of processes, each waiting for a random while again and again. One operation is one wait.</summary>
public sealed class Hold : EngineWorkload
{
    private readonly Exponentials _exponentials = new();

    public Hold(int processes, bool fingerprint = true)
        : base(new SimulationOptions { Fingerprint = fingerprint })
    {
        for (int i = 0; i < processes; i++)
        {
            _ = HoldAsync();
        }
    }

    public override long Run(long operations)
    {
        Simulation.Run(new RunLimits(), operations);
        return operations;
    }

    private async Process HoldAsync()
    {
        while (true)
        {
            await Simulation.DelayPicoseconds(_exponentials.Next());
        }
    }
}
