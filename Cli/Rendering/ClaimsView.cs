using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Rendering;

/// <summary>The claims of an experiment: every broken one, and the measured ones as long as they are few or the scenario reports <c>claims</c>.</summary>
internal sealed class ClaimsView(Screen screen)
{
    private const int ShownWhenHolding = 8;
    private const int ShownWhenBroken = 30;

    /// <summary>Writes the claims that are worth a line, and a blank line after them.</summary>
    public void Write(ExperimentResult result)
    {
        List<ClaimOutcome> broken = [.. result.Claims.Where(claim => !claim.Holds)];
        List<ClaimOutcome> measured = [.. result.Claims.Where(claim => claim.Holds && !Verdict.IsAboutEnd(claim))];
        if (measured.Count > ShownWhenHolding && !result.Scenario.Reports.Any(report => report.Name == "claims"))
        {
            measured.Clear();
        }

        foreach (ClaimOutcome claim in measured)
        {
            Write(claim);
        }

        foreach (ClaimOutcome claim in broken.Take(ShownWhenBroken))
        {
            Write(claim);
        }

        if (broken.Count > ShownWhenBroken)
        {
            screen.Write(new Line().Add($"and {broken.Count - ShownWhenBroken} more broken claims; --json has all of them", Tone.Bad));
        }

        if (measured.Count + broken.Count > 0)
        {
            screen.Blank();
        }
    }

    /// <summary><c>12 of 12 claims hold</c>.</summary>
    public static string Summary(ExperimentResult result)
    {
        int holding = result.Claims.Count(claim => claim.Holds);
        return result.Claims.Count switch
        {
            0 when result.Holds => "no claims; every run completed",
            0 => "no claims; a run did not complete",
            1 => result.Holds ? "1 of 1 claim holds" : "0 of 1 claim holds",
            _ => $"{holding} of {result.Claims.Count} claims hold",
        };
    }

    private void Write(ClaimOutcome claim)
    {
        var line = new Line().Column(claim.Holds ? "holds" : "BROKEN", 8, claim.Holds ? Tone.Good : Tone.Bad);
        string subject = claim.Variant.Length > 0 ? claim.Variant + ": " : "";
        line.Add(subject, Tone.Strong).Add(claim.Claim);
        if (claim.Point.Length > 0)
        {
            line.Add("  at " + claim.Point, Tone.Dim);
        }

        line.Add("  ").Add("found " + claim.Value);
        if (claim.Interval is { } interval)
        {
            line.Add($"  (95 %: {interval})", Tone.Dim);
        }

        screen.Write(line, hang: 8);
    }
}
