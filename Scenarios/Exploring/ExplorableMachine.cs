using CryptoSim.Models;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>A machine as the explorer drives it.</summary>
internal sealed class ExplorableMachine : IExplorable
{
    private readonly Machine _machine;

    private ExplorableMachine(MachineOptions options, ulong seed, bool traced) => _machine = Machine.Build(options, new MachineRunOptions
    {
        Seed = seed,
        KeepCheckpoints = false,
        TraceKept = traced ? int.MaxValue : 0,
        TraceSources = traced,
    });

    /// <inheritdoc/>
    public Simulation Simulation => _machine.Simulation;

    /// <inheritdoc/>
    public IReadOnlyList<TraceEvent> Trace => _machine.Trace;

    /// <inheritdoc/>
    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    /// <inheritdoc/>
    public EndProblem? CheckEnd()
    {
        if (_machine.FindLeaks() is { } leak)
        {
            return new EndProblem("fault", leak.Rule, leak.Sentence);
        }

        IWorkload? failed = _machine.Workloads.FirstOrDefault(workload => workload.HasErrors);
        if (failed is not null)
        {
            return new EndProblem("io-error", _machine.RuleOfErrors, $"I/Os of {failed.Name} ended with EIO");
        }

        return _machine.FindBroken() is { } broken ? new EndProblem("fault", broken.Rule, broken.Sentence) : null;
    }

    /// <inheritdoc/>
    public bool HasFailed() => _machine.Simulation.Outcome.End switch
    {
        End.TimeLimit => false,
        End.Completed => CheckEnd() is not null,
        _ => true,
    };

    /// <inheritdoc/>
    public RunEnd DescribeEnd() => _machine.DescribeEnd();

    /// <inheritdoc/>
    public void Dispose() => _machine.Dispose();

    /// <summary>Builds the same machine as often as asked: replication 0, no warm-up, no samples.</summary>
    public sealed class Factory(MachineOptions options, ulong seed) : IExplorableFactory
    {
        /// <inheritdoc/>
        public IExplorable Build(bool traced) => new ExplorableMachine(options, seed, traced);
    }
}
