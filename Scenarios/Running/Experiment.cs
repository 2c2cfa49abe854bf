namespace CryptoSim.Scenarios.Running;

/// <summary>Runs the variants of a scenario at every point of its sweep with all replications, and evaluates its claims.</summary>
/// <param name="scenario">What to run.</param>
/// <param name="options">How.</param>
public sealed class Experiment(Scenario scenario, ExperimentOptions options)
{
    /// <summary>Runs everything on <see cref="ExperimentOptions.Jobs"/> threads. The order of the runs and everything in them is independent of that number.</summary>
    /// <param name="progress">Told of progress from the running threads, one call at a time.</param>
    /// <param name="cancellation">Stops between chunks of events.</param>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left behind.</exception>
    public ExperimentResult Run(IProgress<ExperimentProgress>? progress, CancellationToken cancellation) =>
        throw new NotImplementedException(scenario.Name + options);
}
