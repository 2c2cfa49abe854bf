using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>A failing trace as the record of a run, for the charts and writers that take one.</summary>
internal static class TraceRuns
{
    private const long Microsecond = 1_000_000;   // [ps]

    /// <summary>The failing schedule; the time of each event is the number of its step.</summary>
    public static RunRecord Failing(ExploredVariant explored, FailingTrace failure) =>
        Record(explored, failure.Steps, step => step.Number, Ending(failure, number => number, failure.Steps.Count));

    /// <summary>The passing sibling from the beginning; the time of each event is the number of its step.</summary>
    public static RunRecord Passing(ExploredVariant explored, FailingTrace failure, PassingSibling sibling)
    {
        TraceStep[] steps = [.. failure.Steps.Take(sibling.Common), .. sibling.Steps];
        int count = sibling.Common + sibling.Steps.Count;
        return Record(explored, steps, step => step.Number, new RunEnd { Ends = "completed", AtPicoseconds = count, Events = count, Fingerprint = 0 });
    }

    /// <summary>The failing schedule at its realised instants, or with one microsecond for each step.</summary>
    public static RunRecord Timed(ExploredVariant explored, FailingTrace failure)
    {
        long At(int number) => Instant(failure, number);
        return Record(explored, failure.Steps, step => At(step.Number), Ending(failure, At, At(failure.Steps.Count) + (failure.Realisation is null ? Microsecond : 0)));
    }

    /// <summary>[ps] When a step happens, in <see cref="Timed"/>.</summary>
    public static long Instant(FailingTrace failure, int number) =>
        failure.Realisation is { } real && real.Steps.Count >= failure.Steps.Count && number >= 1 && number <= real.Steps.Count
            ? real.Steps[number - 1].At.Picoseconds
            : number * Microsecond;

    /// <summary>Whether <see cref="Instant"/> is virtual time, and not just the order.</summary>
    public static bool IsRealised(FailingTrace failure) => failure.Realisation is { } real && real.Steps.Count >= failure.Steps.Count;

    private static RunEnd Ending(FailingTrace failure, Func<int, long> at, long end)
    {
        var digest = new TraceDigest(failure);
        BlockedRecord[] blocked = [.. failure.End.Blocked.Select(one => one with { SincePicoseconds = digest.LastStep(one.Process) is { } last ? at(last) : 0 })];
        return failure.End with { AtPicoseconds = end, Blocked = blocked };
    }

    private static RunRecord Record(ExploredVariant explored, IReadOnlyList<TraceStep> steps, Func<TraceStep, long> at, RunEnd end) => new()
    {
        Version = "",
        Identity = new RunIdentity
        {
            Scenario = explored.Result.Failure?.Schedule.Scenario ?? "",
            Sha256 = explored.Result.Failure?.Schedule.Sha256 ?? "",
            Resolved = "",
            Variant = explored.Variant,
            Seed = 0,
            Set = explored.Result.Failure?.Schedule.Set ?? [],
        },
        End = end,
        Metrics = [],
        Trace = [.. steps.SelectMany(step => step.Events.Select(one => one with { AtPicoseconds = at(step) }))],
    };
}
