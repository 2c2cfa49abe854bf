namespace CryptoSim.Simulator.Benchmarks;

/// <summary>MM1: a source, and a process for every customer of a server at load 0.9. One operation is one customer.</summary>
public sealed class Mm1 : EngineWorkload
{
    private readonly Exponentials _exponentials = new();
    private readonly Resource _server;
    private long _done;

    public Mm1() => _server = new Resource(Simulation, 1, "server");

    public override long Run(long operations)
    {
        Simulation.Reset();
        _exponentials.Restart();
        _done = 0;
        _ = SourceAsync(operations);
        Simulation.Run(new RunLimits());
        return _done;
    }

    private async Process SourceAsync(long customers)
    {
        for (long i = 0; i < customers; i++)
        {
            await Simulation.DelayPicoseconds(_exponentials.Next(1 / 0.9));
            _ = CustomerAsync();
        }
    }

    private async Process CustomerAsync()
    {
        await _server.AcquireAsync();
        await Simulation.DelayPicoseconds(_exponentials.Next());
        _server.Release();
        _done++;
    }
}
