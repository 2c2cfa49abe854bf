namespace CryptoSim.Simulator.Benchmarks;

/// <summary><see cref="Mm1"/> on the baseline.</summary>
public sealed class BaselineMm1 : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly Exponentials _exponentials = new();
    private readonly BaselineResource _server;
    private long _done;

    public BaselineMm1() => _server = new BaselineResource(_simulation, 1);

    public long Run(long operations)
    {
        _simulation.Clear();
        _server.Clear();
        _exponentials.Restart();
        _done = 0;
        _simulation.Spawn(Source(operations));
        _simulation.Run(long.MaxValue);
        return _done;
    }

    private IEnumerable<long> Source(long customers)
    {
        for (long i = 0; i < customers; i++)
        {
            yield return _exponentials.Next(1 / 0.9);
            _simulation.Spawn(Customer());
        }
    }

    private IEnumerable<long> Customer()
    {
        if (!_server.Take())
        {
            yield return BaselineSimulation.Passive;
        }

        yield return _exponentials.Next();
        _server.Release();
        _done++;
    }
}

/// <summary><see cref="Mm1TwoProcess"/> on the baseline.</summary>
public sealed class BaselineMm1TwoProcess : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly Exponentials _exponentials = new();
    private readonly BaselineStore<long> _queue;
    private long _done;
    private long _time;

    public BaselineMm1TwoProcess() => _queue = new BaselineStore<long>(_simulation, 1 << 16);

    /// <summary>Time that all customers have spent [ps].</summary>
    public long Time => _time;

    public long Run(long operations)
    {
        _simulation.Clear();
        _queue.Clear();
        _exponentials.Restart();
        _done = 0;
        _simulation.Spawn(Arrive(operations));
        _simulation.Spawn(Serve(operations));
        _simulation.Run(long.MaxValue);
        return _done;
    }

    private IEnumerable<long> Arrive(long customers)
    {
        for (long i = 0; i < customers; i++)
        {
            yield return _exponentials.Next(1 / 0.9);
            while (!_queue.Put(_simulation.Now))
            {
                yield return BaselineSimulation.Passive;
            }
        }
    }

    private IEnumerable<long> Serve(long customers)
    {
        while (_done < customers)
        {
            long arrived;
            while (!_queue.Get(out arrived))
            {
                yield return BaselineSimulation.Passive;
            }

            yield return _exponentials.Next();
            _time = unchecked(_time + _simulation.Now - arrived);
            _done++;
        }
    }
}
