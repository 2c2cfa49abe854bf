namespace CryptoSim.Simulator.Benchmarks;

/// <summary>PINGPONG: two processes that signal each other. One operation is one signal and the wait that it ends.</summary>
public sealed class PingPong : EngineWorkload
{
    private readonly Signal _ping;
    private readonly Signal _pong;

    public PingPong(bool fingerprint = true)
        : base(new SimulationOptions { Fingerprint = fingerprint })
    {
        _ping = new Signal(Simulation, "ping");
        _pong = new Signal(Simulation, "pong");
        _ = PingAsync();
        _ = PongAsync();
    }

    public override long Run(long operations)
    {
        Simulation.Run(new RunLimits { EventsPerInstantLimit = long.MaxValue }, operations);
        return operations;
    }

    private async Process PingAsync()
    {
        while (true)
        {
            _ping.Fire();
            await _pong.WaitAsync();
        }
    }

    private async Process PongAsync()
    {
        while (true)
        {
            await _ping.WaitAsync();
            _pong.Fire();
        }
    }
}
