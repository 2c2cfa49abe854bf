using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Showing;

/// <summary>What running and exploring one entry of the gallery showed.</summary>
/// <param name="Entry">The bug.</param>
/// <param name="Runs">All variants, run once through the sweep.</param>
/// <param name="Explored">The variants about whose schedules something is claimed; empty if nothing is.</param>
public sealed record ShownEntry(GalleryEntry Entry, ExperimentResult Runs, ExploredScenario Explored)
{
    private const string Completed = "completed";
    private const string TimeLimit = "time-limit";

    /// <summary>The scenario.</summary>
    public Scenario Scenario => Runs.Scenario;

    /// <summary>[s] Wall time of both.</summary>
    public double WallSeconds { get; init; }

    /// <summary>How the buggy variant ends: in the run or, where that completes or its watchdog says nothing more, in the schedule that exploring found; <c>completed</c> if nothing fails, as with a bug of speed.</summary>
    public string BuggyEnds => Ends(Entry.Buggy);

    /// <summary>How the mended variant ends.</summary>
    public string FixedEnds => Ends(Entry.Fixed);

    /// <summary>Whether the mended variant is proved; null where the scenario claims a metric of it instead.</summary>
    public bool? Proved => Of(Entry.Fixed) is { } explored ? explored.Result.Verdict == ExplorationVerdict.Proved : null;

    /// <summary>Whether the buggy variant fails only in another order than that of the run.</summary>
    public bool IsFoundByExploringOnly => RunEnds(Entry.Buggy) == Completed && BuggyEnds != Completed;

    /// <summary>Whether every claim of the scenario holds, about runs and about schedules.</summary>
    public bool AsExpected => Standing == ExploreStanding.AsExpected;

    /// <summary>A broken claim of the runs counts like one of the schedules.</summary>
    public ExploreStanding Standing => Runs.Holds ? Explored.Standing : ExploreStanding.Broken;

    /// <summary>Cause and fix or, where no commit is known, the mail or the rule that tells of the bug.</summary>
    public string Source
    {
        get
        {
            string[] parts = [.. ((string?[])[Named("cause", Entry.Cause), Named("fix", Entry.Fix), Named("mail", Scenario.SourceMail)]).OfType<string>()];
            return parts.Length > 0 ? string.Join(", ", parts) : Entry.Rule;
        }
    }

    /// <summary>What exploring showed of a variant; null if it was not explored.</summary>
    public ExploredVariant? Of(string variant) => Explored.Variants.FirstOrDefault(one => one.Target.Variant == variant);

    /// <summary>The first run of a variant that did not complete, or else its first run.</summary>
    public RunRecord RunOf(string variant)
    {
        RunRecord[] records = [.. Runs.Runs.Select(run => run.Record).Where(record => record.Identity.Variant == variant)];
        return records.FirstOrDefault(record => record.End.Ends != Completed) ?? records[0];
    }

    private string RunEnds(string variant) => RunOf(variant).End.Ends;

    private string Ends(string variant)
    {
        string ends = RunEnds(variant);
        return ends is Completed or TimeLimit && Of(variant)?.Result.Found is { } found ? found : ends;
    }

    private static string? Named(string word, string? what) => what is null ? null : $"{word} {what}";
}
