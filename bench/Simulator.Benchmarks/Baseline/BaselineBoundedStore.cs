namespace CryptoSim.Simulator.Benchmarks;

/// <summary><see cref="BoundedStore"/> on the baseline.</summary>
public sealed class BaselineBoundedStore : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly BaselineStore<int> _store;
    private long _done;
    private long _sum;

    public BaselineBoundedStore() => _store = new BaselineStore<int>(_simulation, 16);

    /// <summary>Sum of the items.</summary>
    public long Sum => _sum;

    public long Run(long operations)
    {
        _simulation.Clear();
        _store.Clear();
        _done = 0;
        _simulation.Spawn(Produce(operations));
        _simulation.Spawn(Consume(operations));
        _simulation.Run(long.MaxValue);
        return _done;
    }

    private IEnumerable<long> Produce(long items)
    {
        for (long i = 0; i < items; i++)
        {
            while (!_store.Put((int)(i & 0xFFFF)))
            {
                yield return BaselineSimulation.Passive;
            }
        }
    }

    private IEnumerable<long> Consume(long items)
    {
        while (_done < items)
        {
            int item;
            while (!_store.Get(out item))
            {
                yield return BaselineSimulation.Passive;
            }

            _sum = unchecked(_sum + item);
            yield return 1000;
            _done++;
        }
    }
}
