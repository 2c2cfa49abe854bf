namespace CryptoSim.Simulator.Benchmarks;

/// <summary><see cref="Hold"/> on the baseline.</summary>
public sealed class BaselineHold : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly Exponentials _exponentials = new();

    public BaselineHold(int processes)
    {
        for (int i = 0; i < processes; i++)
        {
            _simulation.Spawn(Process());
        }
    }

    public long Run(long operations)
    {
        _simulation.Run(operations);
        return operations;
    }

    private IEnumerable<long> Process()
    {
        while (true)
        {
            yield return _exponentials.Next();
        }
    }
}
