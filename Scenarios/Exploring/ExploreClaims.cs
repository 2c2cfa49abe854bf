using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Holds what was found against what a scenario says about a variant.</summary>
internal static class ExploreClaims
{
    /// <summary>The claim about exploring, evaluated, and where the variant stands.</summary>
    public static (ClaimOutcome? Claim, ExploreStanding Standing) Evaluate(Scenario scenario, string variant, ExplorationResult result)
    {
        Expectation? own = scenario.Expect.FirstOrDefault(e => e.Variant == variant);
        Expectation? every = scenario.Expect.FirstOrDefault(e => e.Variant == Expectation.Every);
        if ((own?.Explore ?? every?.Explore) is not { } claimed)
        {
            return (null, Unclaimed(own?.Ends ?? every?.Ends, result));
        }

        bool holds = claimed == ExploreVerdict.Proved ? result.Verdict == ExplorationVerdict.Proved : result.Found == Word(claimed);
        var outcome = new ClaimOutcome($"explore: {Word(claimed)}", variant, "", holds, Value(result), null);
        bool open = claimed == ExploreVerdict.Proved && result.Verdict != ExplorationVerdict.Failed;
        return (outcome, holds ? ExploreStanding.AsExpected : open ? ExploreStanding.Unanswered : ExploreStanding.Broken);
    }

    /// <summary>What was found as a claim would say it; for people.</summary>
    public static string Value(ExplorationResult result) => result.Verdict switch
    {
        ExplorationVerdict.Failed => result.Found ?? "a failure",
        ExplorationVerdict.Proved => Word(ExploreVerdict.Proved),
        _ => $"no failure ({string.Join(": ", ((string[])[result.Verdict.ToString().ToUpperInvariant(), result.Bound]).Where(text => text.Length > 0))})",
    };

    private static ExploreStanding Unclaimed(Ending? ends, ExplorationResult result) => result.Verdict switch
    {
        ExplorationVerdict.Failed => IsClaimed(ends, result.Found) ? ExploreStanding.AsExpected : ExploreStanding.Broken,
        ExplorationVerdict.Proved => ExploreStanding.AsExpected,
        _ => ExploreStanding.Unanswered,
    };

    /// <summary>A run in which a wake-up is lost ends as a deadlock.</summary>
    private static bool IsClaimed(Ending? ends, string? found) => ends is { } ending
        && (found == CaseRules.Value(ending.ToString()) || (ending == Ending.Deadlock && found == Word(ExploreVerdict.LostWakeup)));

    private static string Word(ExploreVerdict verdict) => CaseRules.Value(verdict.ToString());
}
