using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>A machine to explore.</summary>
internal sealed class ExploredMachine(Machine machine) : IExplorable
{
    public Simulator.Simulation Simulation => machine.Simulation;

    public IReadOnlyList<TraceEvent> Trace => machine.Trace;

    public static MachineOptions Options(WorkloadOptions law) =>
        new() { Hardware = new HardwareOptions(), Workload = [new NamedPart<WorkloadOptions>("law", law)] };

    public static Machine Build(MachineOptions options, bool traced = false) =>
        Machine.Build(options, new MachineRunOptions { Seed = 1, KeepCheckpoints = false, TraceKept = traced ? int.MaxValue : 0 });

    public static ExplorationResult Explore(WorkloadOptions law, ExplorationOptions options) => new Explorer(new Factory(Options(law)), options).Run();

    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    public RunEnd DescribeEnd() => machine.DescribeEnd();

    public void Dispose() => machine.Dispose();

    internal sealed class Factory(MachineOptions options) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new ExploredMachine(ExploredMachine.Build(options, traced));
    }
}
