using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>A reader that looks at a flag and only later goes to sleep, a writer that sets it and wakes sleepers, and processes that only pass the time. It hangs only when the writer comes in between, so its failing schedules need a preemption.</summary>
public sealed class LostWakeup : IExplorable
{
    private const int Noise = 9;

    private LostWakeup()
    {
        var race = new Race(Simulation);
        Simulation.Spawn("reader", race.ReadAsync());
        Simulation.Spawn("writer", race.WriteAsync());
        for (int i = 0; i < Noise; i++)
        {
            Simulation.Spawn("noise", race.PassAsync());
        }
    }

    public Simulation Simulation { get; } = new();

    public IReadOnlyList<TraceEvent> Trace => [];

    public RunEnd DescribeEnd()
    {
        var outcome = Simulation.Outcome;
        return new RunEnd
        {
            Ends = outcome.End == End.Completed ? "completed" : outcome.End == End.Deadlock ? "deadlock" : "fault",
            AtPicoseconds = outcome.At.Picoseconds,
            Events = Simulation.Events,
            Fingerprint = Simulation.Fingerprint,
            Blocked = [.. outcome.Blocked.Select(b => new BlockedRecord(
                b.Process, b.WaitsOn, b.Symbol, b.Since.Picoseconds, b.Source, b.IsDead ? "nobody" : "unknown", b.Owner, b.Chain))],
        };
    }

    public void Dispose() => Simulation.Dispose();

    public sealed class Factory : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new LostWakeup();
    }

    private sealed class Race(Simulation simulation)
    {
        private readonly Signal _ready = new(simulation, "ready");
        private bool _flag;
        private bool _sleeps;

        public async Process ReadAsync()
        {
            bool seen = _flag;
            await simulation.DelayPicoseconds(100);
            if (!seen)
            {
                _sleeps = true;
                await _ready.WaitAsync();
            }
        }

        public async Process WriteAsync()
        {
            await simulation.DelayPicoseconds(150);
            _flag = true;
            if (_sleeps)
            {
                _ready.Fire();
            }
        }

        public async Process PassAsync()
        {
            for (int i = 0; i < 6; i++)
            {
                await simulation.DelayPicoseconds(10);
            }
        }
    }
}
