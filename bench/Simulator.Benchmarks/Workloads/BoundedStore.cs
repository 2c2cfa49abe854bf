namespace CryptoSim.Simulator.Benchmarks;

/// <summary>STORE: a producer that is always ready, a store of 16, a consumer that takes 1 ns. One operation is one item.</summary>
public sealed class BoundedStore : EngineWorkload
{
    private readonly Store<int> _store;
    private long _done;
    private long _sum;

    public BoundedStore() => _store = new Store<int>(Simulation, 16, "store");

    /// <summary>Sum of the items.</summary>
    public long Sum => _sum;

    public override long Run(long operations)
    {
        Simulation.Reset();
        _done = 0;
        _ = ProduceAsync(operations);
        _ = ConsumeAsync(operations);
        Simulation.Run(new RunLimits());
        return _done;
    }

    private async Process ProduceAsync(long items)
    {
        for (long i = 0; i < items; i++)
        {
            await _store.PutAsync((int)(i & 0xFFFF));
        }
    }

    private async Process ConsumeAsync(long items)
    {
        while (_done < items)
        {
            _sum = unchecked(_sum + await _store.GetAsync());
            await Simulation.DelayPicoseconds(1000);
            _done++;
        }
    }
}
