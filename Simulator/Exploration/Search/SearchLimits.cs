namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Asked now and then whether a search must end, and told how far it is.</summary>
/// <param name="Options">The limits.</param>
/// <param name="Progress">Told now and then; null for nobody.</param>
/// <param name="Cancellation">Ends everything.</param>
internal sealed record SearchLimits(ExplorationOptions Options, IProgress<ExplorationProgress>? Progress, CancellationToken Cancellation)
{
    /// <summary>True when wall time is up. Throws when cancelled.</summary>
    internal bool IsTimeUp(string phase, long states, long frontier, long transitions, long bytes)
    {
        Cancellation.ThrowIfCancellationRequested();
        var elapsed = Options.Elapsed();
        Progress?.Report(new ExplorationProgress(phase, states, frontier, transitions, bytes, elapsed.TotalSeconds));
        return Options.TimeLimit is { } limit && elapsed > limit;
    }
}
