using System.Globalization;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>The words of a verdict and of its figures: the same in the terminal, on the page and for CI.</summary>
public static class ExplorationWords
{
    /// <summary>The verdict in capitals: <c>PROVED</c>. A failure is called by what it is: <c>DEADLOCK</c>.</summary>
    public static string Word(ExplorationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Verdict switch
        {
            ExplorationVerdict.Proved => "PROVED",
            ExplorationVerdict.Covered => "COVERED",
            ExplorationVerdict.Bounded => "BOUNDED",
            ExplorationVerdict.Sampled => "SAMPLED",
            _ => (result.Found ?? "failed").ToUpperInvariant(),
        };
    }

    /// <summary>What the verdict says and what it does not, in one clause.</summary>
    public static string Meaning(ExplorationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Verdict switch
        {
            ExplorationVerdict.Proved => "no schedule fails: every state was visited and kept",
            ExplorationVerdict.Covered => $"no schedule found that fails; a state was missed with p <= {Probability(result.OmissionProbability)} (64-bit fingerprints)",
            ExplorationVerdict.Bounded => $"no answer: nothing fails within {(result.Bound.Length > 0 ? result.Bound : "the limit")}; beyond it nothing is known",
            ExplorationVerdict.Sampled => $"no proof: {Count(result.Counts.Schedules, "run")}, none of which failed",
            _ => Failure(result),
        };
    }

    /// <summary>The failure in one sentence: the broken rule, or who waits for what.</summary>
    public static string Failure(ExplorationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string what = result.Message ?? result.Failure?.End.Message ?? "a schedule fails";
        return result.Rule is null ? what : $"{result.Rule}: {what}";
    }

    /// <summary>How much was visited: <c>8,217 states, 21,034 transitions, 5,100 steps fused</c>; empty if nothing was.</summary>
    public static string Size(ExplorationCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.States == 0)
        {
            return counts.Schedules == 0 ? "" : Count(counts.Schedules, "run");
        }

        string fused = counts.Fused > 0 ? $", {Count(counts.Fused, "step")} fused" : "";
        return $"{Count(counts.States, "state")}, {Count(counts.Transitions, "transition")}{fused}";
    }

    /// <summary>States per second: <c>37,300 states/s</c>; empty if no clock ran.</summary>
    public static string Speed(ExplorationCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return counts.Seconds > 0 && counts.States > 0
            ? ((long)(counts.States / counts.Seconds)).ToString("#,0", CultureInfo.InvariantCulture) + " states/s" : "";
    }

    /// <summary>Memory for states at the peak: <c>1.9 MiB</c>; empty if none was used.</summary>
    public static string Memory(ExplorationCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return counts.PeakBytes switch
        {
            0 => "",
            < 1 << 10 => counts.PeakBytes.ToString(CultureInfo.InvariantCulture) + " B",
            < 1 << 20 => ValueText.Digits(counts.PeakBytes / 1024.0) + " KiB",
            < 1 << 30 => ValueText.Digits(counts.PeakBytes / 1048576.0) + " MiB",
            _ => ValueText.Digits(counts.PeakBytes / 1073741824.0) + " GiB",
        };
    }

    /// <summary>Wall time: <c>2 ms</c>, <c>0.22 s</c>; empty if no clock ran.</summary>
    /// <param name="seconds">[s]</param>
    public static string Wall(double seconds) => seconds switch
    {
        <= 0 => "",
        < 0.001 => "< 1 ms",
        < 0.1 => (seconds * 1000).ToString("0", CultureInfo.InvariantCulture) + " ms",
        < 9.995 => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        _ => seconds.ToString("#,0", CultureInfo.InvariantCulture) + " s",
    };

    /// <summary><c>18 steps, 0 preemptions; 12 of 40 states (30 %) already doomed</c>.</summary>
    public static string Shape(FailingTrace failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        string shape = $"{Count(failure.Steps.Count, "step")}, {Count(failure.Preemptions, "preemption")}";
        return failure is { Doomed: { } doomed, DoomedOf: > 0 and var all }
            ? shape + string.Create(CultureInfo.InvariantCulture, $"; {doomed:#,0} of {all:#,0} states ({100.0 * doomed / all:0} %) already doomed") : shape;
    }

    /// <summary>What could be reordered, and so for which timings a proof holds.</summary>
    public static string Mode(ExplorationMode mode) => mode switch
    {
        ExplorationMode.Untimed => "untimed: for every timing",
        ExplorationMode.Jitter => "jitter: for delays within their intervals, not for others",
        _ => "timed: for these delays only, whatever the order within an instant",
    };

    /// <summary>For what the verdict of a variant holds: <c>jr0.depth=4, untimed: for every timing</c>.</summary>
    public static string Scope(ExploredVariant explored)
    {
        ArgumentNullException.ThrowIfNull(explored);
        string size = explored.Size.Count > 0 ? string.Join(" ", explored.Size) : "the scenario as it stands";
        bool proves = explored.Result.Verdict is ExplorationVerdict.Proved or ExplorationVerdict.Covered;
        return $"{size}, {(proves ? Mode(explored.Mode) : explored.Mode.ToString().ToLowerInvariant())}";
    }

    /// <summary><c>1 step</c>, <c>2,000 steps</c>.</summary>
    public static string Count(long count, string noun) =>
        count.ToString("#,0", CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");

    private static string Probability(double p) => p.ToString(p is 0 or >= 0.001 ? "0.####" : "0.0e+0", CultureInfo.InvariantCulture);
}
