using CryptoSim.Models.Options;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A machine whose schedules are explored.</summary>
internal sealed class ExploredMachine(MachineOptions options) : IExplorableFactory
{
    /// <summary>Explores it without runs by chance.</summary>
    public static ExplorationResult Explore(MachineOptions options, ExplorationOptions how) =>
        new Explorer(new ExploredMachine(options), how with { RandomRuns = 0, PctRuns = 0, StepLimit = 5_000 }).Run();

    public IExplorable Build(bool traced) => new Model(Machine.Build(
        options, new MachineRunOptions { Seed = 1, KeepCheckpoints = false, TraceKept = traced ? 10_000 : 0, TraceSources = traced }));

    private sealed class Model(Machine machine) : IExplorable
    {
        public Simulation Simulation => machine.Simulation;

        public IReadOnlyList<TraceEvent> Trace => machine.Trace;

        public EndProblem? CheckEnd() => (machine.FindLeaks() ?? FindError() ?? machine.FindBroken()) is { } problem
            ? new EndProblem(machine.FindLeaks() is null && FindError() is not null ? "io-error" : "fault", problem.Rule.Length == 0 ? null : problem.Rule, problem.Sentence)
            : null;

        private (string Rule, string Sentence)? FindError() =>
            machine.Workloads.Any(workload => workload.HasErrors) ? (machine.RuleOfErrors ?? "", "I/Os ended with EIO") : null;

        public RunEnd DescribeEnd() => machine.DescribeEnd();

        public void Dispose() => machine.Dispose();
    }
}
