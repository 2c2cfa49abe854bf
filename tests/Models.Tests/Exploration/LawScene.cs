using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>Conversions of the law against any driver, as the explorer drives them.</summary>
internal sealed class LawScene : IExplorable
{
    private readonly RingLaw _law;
    private readonly CryptoProvider _driver;
    private readonly Func<int> _entriesInUse;

    private LawScene(LawOptions options, Func<LinuxKernel, (CryptoProvider, Func<int>)> driver, bool traced)
    {
        List<TraceEvent> trace = [];
        LinuxKernel kernel = new(Simulation, 1, traced ? new Tracer(0, 0, trace.Add, sources: true) : null);
        Trace = trace;
        (_driver, _entriesInUse) = driver(kernel);
        _law = new RingLaw(kernel, "law", options, _driver, new LatencyRecorder("law", Duration.Zero, null, 0));
    }

    public Simulation Simulation { get; } = new();

    public IReadOnlyList<TraceEvent> Trace { get; }

    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    /// <summary>A leak is what a driver owes although all work is done.</summary>
    public EndProblem? CheckEnd() => Blame() is { } blame ? new EndProblem("fault", blame.Rule, blame.Sentence)
        : _law.HasErrors ? new EndProblem("io-error", null, "requests ended with an error") : null;

    public RunEnd DescribeEnd()
    {
        Outcome outcome = Simulation.Outcome;
        (string ends, string? rule, string? message) = outcome.End switch
        {
            End.Deadlock => ("deadlock", Blame()?.Rule, Blame()?.Sentence ?? outcome.Message),
            End.Fault => (outcome.Rule == DataRule.Id ? "corruption" : "fault", outcome.Rule, outcome.Message),
            End.Completed => CheckEnd() is { } problem ? (problem.Found, problem.Rule, problem.Message) : ("completed", null, null),
            _ => (outcome.End == End.Livelock ? "livelock" : "time-limit", null, outcome.Message),
        };
        return new RunEnd
        {
            Ends = ends,
            Rule = rule,
            Message = message,
            AtPicoseconds = outcome.At.Picoseconds,
            Events = Simulation.Events,
            Fingerprint = Simulation.Fingerprint,
            Blocked = [.. outcome.Blocked.Select(b => new BlockedRecord(
                b.Process, b.WaitsOn, b.Symbol, b.Since.Picoseconds, b.Source, b.IsDead ? "nobody" : "unknown", b.Owner, b.Chain))],
        };
    }

    public void Dispose() => Simulation.Dispose();

    private (string Rule, string Sentence)? Blame() => _driver is AcceleratorDriver ? _driver.FindStandstill() : Standstill.Blame(_driver, _entriesInUse());

    /// <summary>Builds the scene as often as asked.</summary>
    /// <param name="options">The conversions.</param>
    /// <param name="driver">Makes the driver and says how to tell its entries in use.</param>
    public sealed class Factory(LawOptions options, Func<LinuxKernel, (CryptoProvider, Func<int>)> driver) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new LawScene(options, driver, traced);
    }
}
