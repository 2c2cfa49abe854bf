namespace CryptoSim.Scenarios.Planning;

/// <summary>What the runs of one point showed.</summary>
/// <param name="Point">The point.</param>
/// <param name="Values">Of each figure one value for each replication; empty if a run did not complete, or none was done.</param>
/// <param name="Problem">How the first run ended that did not complete, and why; null if there was none.</param>
public sealed record KeyslotCell(KeyslotPoint Point, IReadOnlyDictionary<KeyslotFigure, IReadOnlyList<double>> Values, string? Problem)
{
    /// <summary>Replications that were done.</summary>
    public int Replications => Values.Count == 0 ? 0 : Values[KeyslotFigure.NoSlot].Count;

    /// <summary>[1/s] Keys that would be programmed if the slots always held the keys that are asked for most; null if nothing is known about the keys.</summary>
    public double? ProgramsFloor { get; init; }

    /// <summary>[1/s] Keys that would be programmed if the victim were the least recently used key and nobody had to wait (Che's approximation).</summary>
    public double? ProgramsLru { get; init; }

    /// <summary>Of the runs of a point.</summary>
    internal static KeyslotCell Of(KeyslotPoint point, IReadOnlyList<KeyslotObservation> runs, IReadOnlyList<KeyslotObservation> baselines)
    {
        int done = Math.Min(runs.Count, baselines.Count);
        string? problem = runs.Concat(baselines).FirstOrDefault(run => run.Ends != "completed") is { } failed ? $"{failed.Ends}{(failed.Message is { } why ? ": " + why : "")}" : null;
        Dictionary<KeyslotFigure, IReadOnlyList<double>> values = [];
        foreach (KeyslotFigure figure in problem is null && done > 0 ? Enum.GetValues<KeyslotFigure>() : [])
        {
            values.Add(figure, [.. runs.Take(done).Zip(baselines, (run, baseline) => run.Value(figure, baseline))]);
        }

        return new KeyslotCell(point, values, problem);
    }

    /// <summary>The mean of a figure over the replications; null if there are none.</summary>
    public double? Mean(KeyslotFigure figure) => Values.TryGetValue(figure, out IReadOnlyList<double>? values) ? values.Average() : null;

    /// <summary>The same beside the closed forms for the popularity of its keys.</summary>
    internal KeyslotCell WithTheory(double zipf)
    {
        if (Replications == 0 || Point.Keys is not { } keys)
        {
            return this;
        }

        KeyPopularity popularity = new(keys, zipf);
        double iops = Mean(KeyslotFigure.EncryptedIops) ?? 0;
        return this with { ProgramsFloor = iops * popularity.LeastMisses(Point.Slots), ProgramsLru = iops * popularity.LruMisses(Point.Slots) };
    }
}
