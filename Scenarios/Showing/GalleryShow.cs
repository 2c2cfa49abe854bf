using System.Diagnostics;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Scenarios.Showing;

/// <summary>Shows entries of the gallery: runs every variant, explores those about whose schedules something is claimed, and evaluates all claims.</summary>
public sealed class GalleryShow
{
    private readonly IReadOnlyList<Scenario> _entries;

    /// <summary>Prepares it.</summary>
    /// <param name="entries">Scenarios that have a <c>gallery:</c> block.</param>
    /// <exception cref="ArgumentException">One has none.</exception>
    public GalleryShow(IReadOnlyList<Scenario> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.FirstOrDefault(entry => entry.Gallery is null) is { } other)
        {
            throw new ArgumentException($"{other.Path} has no gallery block", nameof(entries));
        }

        _entries = entries;
    }

    /// <summary>Shows all entries, each on one thread. The results are in the order of the entries and independent of the number of threads.</summary>
    /// <param name="jobs">Threads, at least 1.</param>
    /// <param name="progress">Told now and then, from any of the threads: how many entries are done and which has just been begun.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotExplorableException">No state can be made of a model.</exception>
    public IReadOnlyList<ShownEntry> Run(int jobs, Action<int, string>? progress, CancellationToken cancellation)
    {
        ShownEntry[] shown = new ShownEntry[_entries.Count];
        int done = 0;
        SharedWork.For(_entries.Count, jobs, i =>
        {
            progress?.Invoke(Volatile.Read(ref done), _entries[i].Name);
            shown[i] = Show(_entries[i], cancellation);
            Interlocked.Increment(ref done);
        }, cancellation);
        return shown;
    }

    private static ShownEntry Show(Scenario scenario, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        ExperimentResult runs = new Experiment(scenario, new ExperimentOptions { KeepTrace = true }).Run(null, cancellation);
        string[] claimed = [.. scenario.Variants.Select(variant => variant.Name).Where(name => IsClaimed(scenario, name))];
        ExploredScenario explored = claimed.Length == 0
            ? new ExploredScenario(scenario, [])
            : new ScenarioExplorer(scenario, new ScenarioExplorerOptions { Variants = claimed }).Run(cancellation: cancellation);
        return new ShownEntry(scenario.Gallery!, runs, explored) { WallSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
    }

    private static bool IsClaimed(Scenario scenario, string variant) =>
        scenario.Expect.Any(expectation => (expectation.Variant == variant || expectation.Variant == Expectation.Every) && expectation.Explore is not null);
}
