using System.Runtime.ExceptionServices;
using CryptoSim.Scenarios.Claims;

namespace CryptoSim.Scenarios.Running;

/// <summary>Runs the variants of a scenario at every point of its sweep with all replications, and evaluates its claims.</summary>
public sealed class Experiment
{
    private readonly Scenario _scenario;
    private readonly ExperimentOptions _options;
    private readonly MachineFactory _factory;

    /// <summary>Prepares an experiment.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="options">How.</param>
    public Experiment(Scenario scenario, ExperimentOptions options)
        : this(scenario, options, RealMachine.Build)
    {
    }

    internal Experiment(Scenario scenario, ExperimentOptions options, MachineFactory factory)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1, nameof(options));
        (_scenario, _options, _factory) = (scenario, options, factory);
    }

    /// <summary>Runs everything on <see cref="ExperimentOptions.Jobs"/> threads. The order of the runs and everything in them is independent of that number.</summary>
    /// <param name="progress">Told of progress from the running threads, one call at a time.</param>
    /// <param name="cancellation">Stops between chunks of events.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    /// <exception cref="ArgumentException">A chosen variant does not exist.</exception>
    public ExperimentResult Run(IProgress<ExperimentProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<RunPlan> plans = RunPlan.Of(_scenario, _options.Variants);
        CompletedRun[] runs = RunAll(plans, new ProgressMeter(progress, plans), cancellation);
        Verdict verdict = new(_scenario, plans, runs);
        IReadOnlyList<ClaimOutcome> claims = verdict.Evaluate();
        return new ExperimentResult(_scenario, runs, claims, claims.All(c => c.Holds)) { NotEvaluated = verdict.NotEvaluated };
    }

    private CompletedRun[] RunAll(IReadOnlyList<RunPlan> plans, ProgressMeter meter, CancellationToken cancellation)
    {
        CompletedRun[] runs = new CompletedRun[plans.Count];
        ExperimentTexts texts = ExperimentTexts.Of(_scenario);
        int next = 0;
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next) - 1; i < plans.Count && failure is null; i = Interlocked.Increment(ref next) - 1)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int run = i;
                    SingleRun single = new(_scenario, plans[i], _options, texts, _factory);
                    runs[i] = single.Run((at, events) => meter.Advance(run, at, events), cancellation);
                    meter.Finish(i, runs[i].Record.End.AtPicoseconds);
                }
            }
            catch (Exception e)
            {
                failure ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        Share(Work, Math.Min(_options.Jobs, plans.Count));
        failure?.Throw();
        return runs;
    }

    /// <summary>Does the work on so many threads, the calling one among them. The simulator keeps its current simulation for each thread, so a run never changes its thread.</summary>
    private static void Share(Action work, int jobs)
    {
        Thread[] helpers = new Thread[jobs - 1];
        for (int i = 0; i < helpers.Length; i++)
        {
            helpers[i] = new Thread(() => work()) { IsBackground = true, Name = "cryptosim-run" };
            helpers[i].Start();
        }

        work();
        foreach (Thread helper in helpers)
        {
            helper.Join();
        }
    }
}
