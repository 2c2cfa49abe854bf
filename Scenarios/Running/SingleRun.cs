using System.Diagnostics;
using CryptoSim.Models;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>Does one run in chunks of events and makes its record.</summary>
internal sealed class SingleRun(Scenario scenario, RunPlan plan, ExperimentOptions options, ExperimentTexts texts, MachineFactory factory)
{
    private const long ChunkEvents = 65_536;
    private const int BiosKept = 200_000;
    private const int RequestsKept = 64;
    private const int StepsKept = 20_000;
    private const int TraceKept = 20_000;

    /// <summary>Runs to the end.</summary>
    /// <param name="onProgress">Told the virtual time and the events after every chunk.</param>
    /// <param name="cancellation">Looked at between chunks.</param>
    public CompletedRun Run(Action<long, long> onProgress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        MachineResult result = RunMachine(onProgress, cancellation);
        RunRecord record = new()
        {
            Version = texts.Version,
            Identity = Identity(),
            End = result.End,
            Metrics = result.Metrics,
            Outputs = result.Outputs,
            Latencies = result.Latencies,
            Steps = result.Steps,
            Requests = result.Requests,
            Trace = result.Trace,
            TraceTail = result.TraceTail,
            TraceOmitted = result.TraceOmitted,
            Checkpoints = result.Checkpoints,
            CheckpointInterval = Machine.CheckpointInterval,
        };
        return new CompletedRun(record, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>How the machine of a plan is seeded, limited and recorded.</summary>
    public static MachineRunOptions RunOptions(RunPlan plan, ulong seed, bool samples, bool trace) => new()
    {
        Seed = seed,
        Replication = plan.Replication,
        Warmup = plan.Resolved.Header.Warmup,
        TimeLimit = plan.Resolved.Header.TimeLimit,
        BiosKept = samples ? BiosKept : 0,
        RequestsKept = samples ? RequestsKept : 0,
        StepsKept = samples ? StepsKept : 0,
        TraceKept = trace ? TraceKept : 0,
        Timing = plan.Resolved.Timing,
    };

    /// <summary>The message of a run whose model threw.</summary>
    public static string ModelFailed(Exception e) => $"the model failed: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";

    private ulong Seed => options.Seed ?? plan.Resolved.Header.Seed;

    private MachineResult RunMachine(Action<long, long> onProgress, CancellationToken cancellation)
    {
        bool first = plan.Replication == 0;
        IRunningMachine? machine = null;
        try
        {
            machine = factory(plan.Resolved.Machine, RunOptions(plan, Seed, first && options.KeepSamples, first && options.KeepTrace));
            while (!machine.Run(ChunkEvents))
            {
                cancellation.ThrowIfCancellationRequested();
                onProgress(machine.NowPicoseconds, machine.Events);
            }

            onProgress(machine.NowPicoseconds, machine.Events);
            return machine.Result();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(e, machine);
        }
        finally
        {
            machine?.Dispose();
        }
    }

    /// <summary>A model that throws is a fault of that run; the others go on.</summary>
    private static MachineResult Failed(Exception e, IRunningMachine? machine)
    {
        RunEnd end = new()
        {
            Ends = "fault",
            Message = ModelFailed(e),
            AtPicoseconds = machine?.NowPicoseconds ?? 0,
            Events = machine?.Events ?? 0,
            Fingerprint = 0,
        };
        return new MachineResult(end, [], [], [], [], [], 0, []);
    }

    private RunIdentity Identity() => new()
    {
        Scenario = scenario.Name,
        About = scenario.About,
        Path = scenario.Path,
        Sha256 = texts.Sha256,
        Resolved = texts.Resolved,
        Variant = plan.Variant?.Name ?? "",
        Point = plan.Point.Coordinates,
        Replication = plan.Replication,
        Seed = Seed,
        Set = scenario.Set,
    };
}
