using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>Whether a run ended the way the scenario says.</summary>
/// <param name="Text">For people; empty if there is nothing to say.</param>
/// <param name="Tone">How a terminal shows it.</param>
/// <param name="Good">Nothing is wrong.</param>
internal sealed record Verdict(string Text, Tone Tone, bool Good)
{
    /// <summary>How a run ends that did all its work.</summary>
    public const string Completed = "completed";

    private static readonly string[] EndClaims = ["ends", "blocked", "rule", "outputs"];

    /// <summary>Compares the end of a run with the claims about it.</summary>
    public static Verdict Of(IReadOnlyList<ClaimOutcome> claims, RunRecord record)
    {
        bool claimed = false;
        bool holds = true;
        string point = RunJson.Point(record.Identity);
        foreach (ClaimOutcome claim in claims)
        {
            if (IsAboutEnd(claim) && claim.Variant == record.Identity.Variant && claim.Point == point)
            {
                claimed = true;
                holds &= claim.Holds;
            }
        }

        return (claimed, holds) switch
        {
            (true, true) => new Verdict("as expected", Tone.Good, true),
            (true, false) => new Verdict("NOT as expected", Tone.Bad, false),
            _ when record.End.Ends == Completed => new Verdict("", Tone.Plain, true),
            _ => new Verdict("NOT completed", Tone.Bad, false),
        };
    }

    /// <summary>A claim about how a run ends, not about what it measured.</summary>
    public static bool IsAboutEnd(ClaimOutcome claim) => Array.Exists(EndClaims, word => claim.Claim.StartsWith(word + ":", StringComparison.Ordinal)
        || claim.Claim.StartsWith(word + " ", StringComparison.Ordinal));
}
