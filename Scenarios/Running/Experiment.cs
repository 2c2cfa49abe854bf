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
        SharedWork.For(plans.Count, _options.Jobs, run =>
        {
            SingleRun single = new(_scenario, plans[run], _options, texts, _factory);
            runs[run] = single.Run((at, events) => meter.Advance(run, at, events), cancellation);
            meter.Finish(run, runs[run].Record.End.AtPicoseconds);
        }, cancellation);
        return runs;
    }
}
