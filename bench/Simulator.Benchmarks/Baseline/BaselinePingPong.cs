namespace CryptoSim.Simulator.Benchmarks;

/// <summary><see cref="PingPong"/> on the baseline.</summary>
public sealed class BaselinePingPong : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly BaselineSignal _ping;
    private readonly BaselineSignal _pong;

    public BaselinePingPong()
    {
        _ping = new BaselineSignal(_simulation);
        _pong = new BaselineSignal(_simulation);
        _simulation.Spawn(Ping());
        _simulation.Spawn(Pong());
    }

    public long Run(long operations)
    {
        _simulation.Run(operations);
        return operations;
    }

    private IEnumerable<long> Ping()
    {
        while (true)
        {
            _ping.Fire();
            if (!_pong.Take())
            {
                yield return BaselineSimulation.Passive;
            }
        }
    }

    private IEnumerable<long> Pong()
    {
        while (true)
        {
            if (!_ping.Take())
            {
                yield return BaselineSimulation.Passive;
            }

            _pong.Fire();
        }
    }
}
