using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>A failing schedule as a scenario that shows it in an ordinary run: the machine, the steps with their instants, and the end that is expected.</summary>
public static partial class ReproYaml
{
    private const int MostDelays = 20;

    /// <summary>The text of the scenario.</summary>
    /// <param name="resolved">One variant at one point with every default filled in: <see cref="Scenario.ResolvedYaml(Variant?, SweepPoint, bool)"/>.</param>
    /// <param name="origin">What it was found in, e.g. <c>caam-deadlock, variant caam-4.1</c>.</param>
    /// <param name="realisation">The steps with their instants.</param>
    /// <param name="end">How the run ends.</param>
    public static string Write(string resolved, string origin, Realisation realisation, RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(realisation);
        ArgumentNullException.ThrowIfNull(end);
        StringBuilder text = new();
        WriteStory(text, origin, realisation, end);
        text.Append('\n').Append(Replicate().Replace(resolved, "replicate: 1"));
        WriteTiming(text, realisation);
        WriteExpectation(text, end);
        return text.ToString();
    }

    private static void WriteStory(StringBuilder text, string origin, Realisation realisation, RunEnd end)
    {
        Comment(text, $"{FailureSignature.Describe(end)}: found by exploring the schedules of {origin}.");
        Comment(text, "");
        Comment(text, "timing gives the first steps of the run in the order that was found, each at an");
        Comment(text, "instant; after the last of them the run takes its ordinary course.");
        if (realisation.Stretched.Count == 0)
        {
            Comment(text, "Every delay is as modelled.");
            return;
        }

        Comment(text, "");
        Comment(text, "Delays that are not as modelled (0ns: ready at once, but not run at once):");
        foreach (StretchedDelay delay in realisation.Stretched.Take(MostDelays))
        {
            Comment(text, string.Create(CultureInfo.InvariantCulture, $"  step {delay.Step,-5} {delay.Process,-16} {delay.Modelled.ToExactString()} -> {delay.Needed.ToExactString()}"));
        }

        if (realisation.Stretched.Count > MostDelays)
        {
            Comment(text, string.Create(CultureInfo.InvariantCulture, $"  and {realisation.Stretched.Count - MostDelays} more"));
        }
    }

    private static void WriteTiming(StringBuilder text, Realisation realisation)
    {
        if (realisation.Steps.Count == 0)
        {
            return;
        }

        text.Append("\ntiming:\n");
        foreach (RealisedStep step in realisation.Steps)
        {
            text.Append("  - ").Append(YamlText.Scalar(step.Process)).Append(": ").Append(new Duration(step.At.Picoseconds).ToExactString()).Append('\n');
        }
    }

    private static void WriteExpectation(StringBuilder text, RunEnd end)
    {
        text.Append("\nexpect:\n  every:\n    ends: ").Append(end.Ends).Append('\n');
        if (end.Rule is not null)
        {
            text.Append("    rule: ").Append(YamlText.Scalar(end.Rule)).Append('\n');
        }

        BlockedRecord[] dead = [.. end.Blocked.Where(b => b.Reason is "nobody" or "cycle").DistinctBy(b => b.Process)];
        text.Append(dead.Length > 0 ? "    blocked:\n" : "");
        foreach (BlockedRecord blocked in dead)
        {
            text.Append("      ").Append(YamlText.Scalar(blocked.Process)).Append(": ").Append(YamlText.Scalar(blocked.WaitsOn)).Append('\n');
        }
    }

    private static void Comment(StringBuilder text, string line) => text.Append("# ".AsSpan(0, line.Length > 0 ? 2 : 1)).Append(line.ReplaceLineEndings(" ")).Append('\n');

    [GeneratedRegex(@"^replicate: \d+", RegexOptions.Multiline)]
    private static partial Regex Replicate();
}
