using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>A few processes to explore.</summary>
internal sealed class TinyModel : IExplorable
{
    private readonly List<TraceEvent> _trace = [];

    public Simulation Simulation { get; } = new();

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>What the scene wrote down, in order.</summary>
    public List<string> Order { get; } = [];

    public void Say(TraceKind kind, string function, string subject = "", string result = "", string detail = "", string target = "", string context = "process") =>
        _trace.Add(new TraceEvent(Simulation.NowPicoseconds, kind, Simulation.CurrentProcess.Name, context, function, target, subject, result, detail));

    public RunEnd DescribeEnd()
    {
        var outcome = Simulation.Outcome;
        return new RunEnd
        {
            Ends = outcome.End switch
            {
                End.Completed => "completed",
                End.Deadlock => "deadlock",
                End.Livelock => "livelock",
                End.TimeLimit => "time-limit",
                _ => "fault",
            },
            Rule = outcome.Rule,
            Message = outcome.Message,
            AtPicoseconds = outcome.At.Picoseconds,
            Events = Simulation.Events,
            Fingerprint = Simulation.Fingerprint,
            Blocked = [.. outcome.Blocked.Select(b => new BlockedRecord(
                b.Process, b.WaitsOn, b.Symbol, b.Since.Picoseconds, b.Source, b.IsDead ? "nobody" : "unknown", b.Owner, b.Chain))],
        };
    }

    public void Dispose() => Simulation.Dispose();
}

/// <summary>Builds a scene, and keeps what each run wrote down.</summary>
internal sealed class TinyFactory(Action<TinyModel> build) : IExplorableFactory
{
    public List<TinyModel> Built { get; } = [];

    /// <summary>What the runs wrote down, each order once, sorted.</summary>
    public string[] Orders => [.. Built.Where(m => m.Order.Count > 0).Select(m => string.Join(' ', m.Order)).Distinct().Order(StringComparer.Ordinal)];

    public IExplorable Build(bool traced)
    {
        var model = new TinyModel();
        build(model);
        Built.Add(model);
        return model;
    }

    public BuiltRuns Runs() => new(this);
}

internal static class Tiny
{
    public static Duration Ns(long nanoseconds) => Duration.FromNanoseconds(nanoseconds);

    /// <summary>A wait that is over before it begins.</summary>
    public static Suspension Nothing(Simulation simulation)
    {
        var signal = new Signal(simulation);
        signal.Fire();
        return signal.WaitAsync();
    }

    /// <summary>A reader that looks at a flag and only later goes to sleep; a writer that sets it and wakes sleepers. The wake-up is lost when the writer comes in between.</summary>
    /// <param name="noise">Processes that only pass the time.</param>
    /// <param name="looksAgain">The correct reader: looks once more before it sleeps.</param>
    public static TinyFactory LostWakeup(int noise = 0, bool looksAgain = false) => new(model =>
    {
        var race = new Race(model, looksAgain);
        model.Simulation.Spawn("reader/0", race.ReadAsync());
        model.Simulation.Spawn("writer", race.WriteAsync());
        for (int i = 0; i < noise; i++)
        {
            model.Simulation.Spawn($"noise/{i}", race.NoiseAsync());
        }
    });

    private sealed class Race(TinyModel model, bool looksAgain)
    {
        private readonly Signal _ready = new(model.Simulation, "ready");
        private bool _flag;
        private bool _sleeps;

        public async Process ReadAsync()
        {
            bool seen = _flag;
            model.Say(TraceKind.Call, "read_flag", "flag", detail: seen ? "SET" : "CLEAR");
            await model.Simulation.Delay(Ns(100));
            if (!seen && !(looksAgain && _flag))
            {
                model.Say(TraceKind.Wait, "wait_event", detail: "ready");
                _sleeps = true;
                await _ready.WaitAsync();
            }
        }

        public async Process WriteAsync()
        {
            await model.Simulation.Delay(Ns(150));
            _flag = true;
            model.Say(TraceKind.Return, "wake_up", "flag", _sleeps ? "0" : "ENOENT", context: "softirq");
            if (_sleeps)
            {
                _ready.Fire();
            }
        }

        public async Process NoiseAsync()
        {
            for (int i = 0; i < 6; i++)
            {
                await model.Simulation.Delay(Ns(10));
            }
        }
    }
}
