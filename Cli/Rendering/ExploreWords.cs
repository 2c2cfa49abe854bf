using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>The words for what an exploration says; they are never mixed.</summary>
internal static class ExploreWords
{
    /// <summary><c>PROVED | COVERED | BOUNDED | SAMPLED | FAILED</c>.</summary>
    public static string Of(ExplorationVerdict verdict) => verdict switch
    {
        ExplorationVerdict.Proved => "PROVED",
        ExplorationVerdict.Covered => "COVERED",
        ExplorationVerdict.Bounded => "BOUNDED",
        ExplorationVerdict.Sampled => "SAMPLED",
        _ => "FAILED",
    };

    /// <summary>The verdict with what limits it and the size it is about: <c>PROVED at writer.size=8KiB</c>.</summary>
    public static string Sentence(ExploredVariant variant)
    {
        ExplorationResult result = variant.Result;
        string detail = result.Verdict switch
        {
            ExplorationVerdict.Failed => " " + string.Join(", ", ((string?[])[result.Found, result.Rule]).OfType<string>()),
            ExplorationVerdict.Covered => FormattableString.Invariant($" p(missed state) <= {result.OmissionProbability:0.#e+0}"),
            _ when result.Bound.Length > 0 => $" ({result.Bound})",
            _ => "",
        };
        return Of(result.Verdict) + detail + (variant.Target.Size.Length > 0 ? " at " + variant.Target.Size : "");
    }

    /// <summary>Where a variant stands against what the scenario says, and how a terminal shows it.</summary>
    public static (string Text, Tone Tone) Of(ExploredVariant variant) => variant.Standing switch
    {
        ExploreStanding.Broken => (variant.Claim is null ? "NOT expected" : "NOT as expected", Tone.Bad),
        ExploreStanding.Unanswered => ("no answer", Tone.Accent),
        _ when variant.Claim is null && variant.Result.Verdict == ExplorationVerdict.Proved => ("", Tone.Plain),
        _ => ("as expected", Tone.Good),
    };
}
