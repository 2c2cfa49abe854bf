using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>A whole machine as the explorer drives it.</summary>
internal sealed class MachineScene(Machine machine) : IExplorable
{
    public Simulation Simulation => machine.Simulation;

    public IReadOnlyList<TraceEvent> Trace => machine.Trace;

    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    public EndProblem? CheckEnd() => machine.FindLeaks() is { } leak ? new EndProblem("fault", leak.Rule, leak.Sentence) : null;

    public RunEnd DescribeEnd() => machine.DescribeEnd();

    public void Dispose() => machine.Dispose();

    /// <summary>Builds the machine as often as asked.</summary>
    public sealed class Factory(MachineOptions options) : IExplorableFactory
    {
        public IExplorable Build(bool traced)
        {
            Assert.Empty(MachineValidator.Validate(options));
            return new MachineScene(Machine.Build(options, new MachineRunOptions { Seed = 1, KeepCheckpoints = false, TraceKept = traced ? int.MaxValue : 0 }));
        }
    }
}
