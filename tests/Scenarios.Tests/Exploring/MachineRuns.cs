using CryptoSim.Models;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Tests.Exploring;

/// <summary>Machines of a scenario, to be stepped by hand.</summary>
internal sealed class MachineRuns(Scenario scenario, string? variant) : IExplorableFactory
{
    private readonly ResolvedRun _resolved = scenario.ResolveRun(variant is null ? null : scenario.FindVariant(variant), scenario.Sweep.Points()[0]);

    public IExplorable Build(bool traced)
    {
        RunPlan plan = new(null, scenario.Sweep.Points()[0], 0, _resolved);
        return new Model(Machine.Build(_resolved.Machine, SingleRun.RunOptions(plan, _resolved.Header.Seed, samples: false, traced) with { TraceSources = traced }));
    }

    private sealed class Model(Machine machine) : IExplorable
    {
        public Simulation Simulation => machine.Simulation;

        public IReadOnlyList<TraceEvent> Trace => machine.Kernel.Tracer?.Head ?? [];

        public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

        public RunEnd DescribeEnd() => machine.DescribeEnd();

        public void Dispose() => machine.Dispose();
    }
}
