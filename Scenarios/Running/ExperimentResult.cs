using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>What an experiment showed.</summary>
/// <param name="Scenario">What was run.</param>
/// <param name="Runs">Variants in the order of the file, then points, then replications.</param>
/// <param name="Claims">Each claim at each point; a run without a claim about its end that did not complete counts as a broken claim.</param>
/// <param name="Holds">Every claim holds: exit code 0, else 1.</param>
public sealed record ExperimentResult(Scenario Scenario, IReadOnlyList<CompletedRun> Runs, IReadOnlyList<ClaimOutcome> Claims, bool Holds)
{
    /// <summary>What the scenario claims that a run cannot tell: <c>explore: proved</c> and the like, each with its variant.</summary>
    public IReadOnlyList<string> NotEvaluated { get; init; } = [];
}

/// <summary>One finished run.</summary>
/// <param name="Record">What it left behind.</param>
/// <param name="WallSeconds">[s] How long it took here; not part of the record.</param>
public sealed record CompletedRun(RunRecord Record, double WallSeconds);

/// <summary>A claim, evaluated.</summary>
/// <param name="Claim">As the scenario spells it.</param>
/// <param name="Variant">The variant; empty for a claim between variants or a scenario without them.</param>
/// <param name="Point">The sweep point as <c>path=value</c>; empty without a sweep.</param>
/// <param name="Holds">Whether it holds on the mean over the replications.</param>
/// <param name="Value">What was found, for people; where a claim could not be evaluated, why.</param>
/// <param name="Interval">95 % interval over the replications, e.g. <c>1.52 to 1.61</c>; null with a single one.</param>
public sealed record ClaimOutcome(string Claim, string Variant, string Point, bool Holds, string Value, string? Interval)
{
    /// <summary>The numbers behind a comparison of metrics; null for a claim about how runs end, whose <see cref="Value"/> is a word.</summary>
    public ClaimFigures? Figures { get; init; }
}

/// <summary>What a comparison of metrics found, in the units of metrics: ns, B, B/s, per second. Everything is null where the claim could not be evaluated.</summary>
/// <param name="Mean">Mean over the replications of the claim's metric, of the left one of two, without its factor.</param>
/// <param name="Interval">95 % interval of <paramref name="Mean"/>; null with a single replication.</param>
/// <param name="Ratio">Mean of the left metric over that of the right one; null unless there are two, both above zero.</param>
/// <param name="RatioInterval">95 % interval of the ratio over pairs of replications; null with a single one.</param>
public sealed record ClaimFigures(
    double? Mean, (double Low, double High)? Interval, double? Ratio, (double Low, double High)? RatioInterval);

/// <summary>How far an experiment is.</summary>
/// <param name="RunsDone">Finished runs.</param>
/// <param name="RunsTotal">All runs.</param>
/// <param name="Fraction">0 to 1, counting running runs by their virtual time.</param>
/// <param name="Events">Simulator events so far.</param>
public sealed record ExperimentProgress(int RunsDone, int RunsTotal, double Fraction, long Events);
