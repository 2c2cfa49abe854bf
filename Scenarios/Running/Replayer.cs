using CryptoSim.Models;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>Runs a recorded run again and compares the two, event by event.</summary>
public static class Replayer
{
    private const long ChunkEvents = 4096;

    /// <summary>Runs the record's resolved scenario again; stops at the first event that differs.</summary>
    /// <param name="record">What was recorded.</param>
    /// <param name="cancellation">Stops between chunks of events.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReplayResult Replay(RunRecord record, CancellationToken cancellation) => Replay(record, RealMachine.Build, cancellation);

    internal static ReplayResult Replay(RunRecord record, MachineFactory factory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(record);
        string? version = record.Version == ExperimentTexts.ThisVersion ? null : record.Version;
        (RunPlan? plan, IReadOnlyList<ScenarioError> errors) = RecordedPlan.Of(record.Identity);
        if (plan is null)
        {
            return new ReplayResult { Errors = errors, RecordedVersion = version };
        }

        TraceComparison trace = new(record);
        MachineRunOptions options = SingleRun.RunOptions(plan, record.Identity.Seed, samples: record.Steps.Count > 0, trace: trace.IsRecorded) with
        {
            OnTrace = trace.IsRecorded ? trace.OnTrace : null,
        };
        return Run(record, plan, options, trace, factory, cancellation) with { RecordedVersion = version };
    }

    private static ReplayResult Run(
        RunRecord record, RunPlan plan, MachineRunOptions options, TraceComparison trace, MachineFactory factory, CancellationToken cancellation)
    {
        IRunningMachine? machine = null;
        try
        {
            machine = factory(plan.Resolved.Machine, options);
            MachineResult? result = RunToDivergence(machine, trace, cancellation);
            return new ReplayResult
            {
                Divergence = trace.Divergence ?? trace.AtEnd() ?? ResultComparison.First(record, result!),
                Events = machine.Events,
                Fingerprint = result?.End.Fingerprint ?? 0,
                TraceCompared = trace.Compared,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string got = SingleRun.ModelFailed(e);
            bool same = record.End.Message == got;
            return new ReplayResult { Divergence = same ? null : new Divergence("end", 0, ResultComparison.Describe(record.End), got), Events = machine?.Events ?? 0 };
        }
        finally
        {
            machine?.Dispose();
        }
    }

    private static MachineResult? RunToDivergence(IRunningMachine machine, TraceComparison trace, CancellationToken cancellation)
    {
        bool ended = false;
        while (!ended && trace.Divergence is null)
        {
            cancellation.ThrowIfCancellationRequested();
            ended = machine.Run(ChunkEvents);
        }

        return ended ? machine.Result() : null;
    }
}
