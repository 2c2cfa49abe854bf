namespace CryptoSim.Simulator.Benchmarks;

/// <summary>MM1 in two processes: arrivals go through a store to the server. One operation is one customer.</summary>
public sealed class Mm1TwoProcess : EngineWorkload
{
    private readonly Exponentials _exponentials = new();
    private readonly Store<long> _queue;
    private long _done;
    private long _time;

    public Mm1TwoProcess() => _queue = new Store<long>(Simulation, 1 << 16, "queue");

    /// <summary>Time that all customers have spent [ps].</summary>
    public long Time => _time;

    public override long Run(long operations)
    {
        Simulation.Reset();
        _exponentials.Restart();
        _done = 0;
        _ = ArriveAsync(operations);
        _ = ServeAsync(operations);
        Simulation.Run(new RunLimits());
        return _done;
    }

    private async Process ArriveAsync(long customers)
    {
        for (long i = 0; i < customers; i++)
        {
            await Simulation.DelayPicoseconds(_exponentials.Next(1 / 0.9));
            await _queue.PutAsync(Simulation.NowPicoseconds);
        }
    }

    private async Process ServeAsync(long customers)
    {
        while (_done < customers)
        {
            long arrived = await _queue.GetAsync();
            await Simulation.DelayPicoseconds(_exponentials.Next());
            _time = unchecked(_time + Simulation.NowPicoseconds - arrived);
            _done++;
        }
    }
}
