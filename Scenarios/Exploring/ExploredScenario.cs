using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>What exploring the schedules of a scenario showed.</summary>
/// <param name="Scenario">What was explored.</param>
/// <param name="Variants">In the order of the file.</param>
public sealed record ExploredScenario(Scenario Scenario, IReadOnlyList<ExploredVariant> Variants)
{
    /// <summary>The claims about exploring, one for each variant that has one.</summary>
    public IReadOnlyList<ClaimOutcome> Claims => [.. Variants.Select(v => v.Claim).OfType<ClaimOutcome>()];

    /// <summary>The worst of the variants: broken before unanswered before as expected.</summary>
    public ExploreStanding Standing => Variants.Select(v => v.Standing).DefaultIfEmpty(ExploreStanding.AsExpected).Max();
}

/// <summary>What exploring one variant showed.</summary>
public sealed record ExploredVariant
{
    /// <summary>The variant and its size.</summary>
    public required ExploreTarget Target { get; init; }

    /// <summary>How it was explored.</summary>
    public required ExplorationOptions Options { get; init; }

    /// <summary>What was found.</summary>
    public required ExplorationResult Result { get; init; }

    /// <summary>The scenario's claim about exploring it; null if there is none.</summary>
    public ClaimOutcome? Claim { get; init; }

    /// <summary>Whether it is as the scenario says.</summary>
    public required ExploreStanding Standing { get; init; }

    /// <summary>The failing order as a scenario that an ordinary run takes in time; null when nothing fails or the order was not put in time.</summary>
    /// <param name="scenario">Name of the scenario.</param>
    public string? Repro(string scenario) => Result.Failure is { Realisation: { } realisation } failure
        ? ReproYaml.Write(Target.ResolvedYaml(), Target.Variant.Length > 0 ? $"{scenario}, variant {Target.Variant}" : scenario, realisation, failure.End)
        : null;

    /// <summary>[s] Wall time with building and phases.</summary>
    public double WallSeconds { get; init; }
}

/// <summary>Whether what was found is what a scenario says, in order of weight.</summary>
public enum ExploreStanding
{
    /// <summary>The claim holds; without one, nothing fails, or what fails is what <c>ends</c> says.</summary>
    AsExpected,

    /// <summary>Nothing fails, but a limit came before all states were visited.</summary>
    Unanswered,

    /// <summary>The claim does not hold; without one, something fails that <c>ends</c> does not say.</summary>
    Broken,
}

/// <summary>How far the exploration of a scenario is.</summary>
/// <param name="Variant">The variant that is being explored.</param>
/// <param name="VariantsDone">Variants before it.</param>
/// <param name="VariantsTotal">All variants.</param>
/// <param name="Progress">How far this variant is.</param>
public sealed record ExploreProgress(string Variant, int VariantsDone, int VariantsTotal, ExplorationProgress Progress);
