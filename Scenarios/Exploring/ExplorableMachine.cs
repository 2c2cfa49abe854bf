using CryptoSim.Models;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>A machine as the explorer drives it.</summary>
internal sealed class ExplorableMachine : IExplorable
{
    private readonly List<TraceEvent> _trace = [];
    private readonly Machine _machine;

    private ExplorableMachine(MachineOptions options, ulong seed, bool traced) => _machine = Machine.Build(options, new MachineRunOptions
    {
        Seed = seed,
        KeepCheckpoints = false,
        OnTrace = traced ? _trace.Add : null,
    });

    /// <inheritdoc/>
    public Simulation Simulation => _machine.Simulation;

    /// <inheritdoc/>
    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <inheritdoc/>
    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    /// <inheritdoc/>
    public RunEnd DescribeEnd() => _machine.Result().End;

    /// <inheritdoc/>
    public void Dispose() => _machine.Dispose();

    /// <summary>Builds the same machine as often as asked: replication 0, no warm-up, no samples.</summary>
    public sealed class Factory(MachineOptions options, ulong seed) : IExplorableFactory
    {
        /// <inheritdoc/>
        public IExplorable Build(bool traced) => new ExplorableMachine(options, seed, traced);
    }
}
