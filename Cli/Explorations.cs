using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;
using Explored = CryptoSim.Scenarios.Exploring.ExploredVariant;
using Reported = CryptoSim.Reports.Exploring.ExploredVariant;

namespace CryptoSim.Cli;

/// <summary>Hands explorations from Scenarios to Reports, which do not know each other.</summary>
internal static class Explorations
{
    /// <summary>The exploration as the reports take it.</summary>
    /// <param name="explored">What was explored.</param>
    /// <param name="files">The files of each variant, in the same order.</param>
    /// <param name="program">How the user started the command.</param>
    /// <param name="words">The words that explore it again.</param>
    public static Exploration Of(ExploredScenario explored, IReadOnlyList<ExplorationFiles> files, string program, IEnumerable<string> words) => new()
    {
        Scenario = explored.Scenario.Name,
        About = explored.Scenario.About,
        Path = explored.Scenario.Path,
        Version = ScenarioExplorer.Version,
        Command = program + " " + ShellText.Join(words),
        Program = program,
        Variants = [.. explored.Variants.Zip(files, Of)],
    };

    private static Reported Of(Explored variant, ExplorationFiles files) => new(variant.Target.Variant, variant.Result)
    {
        Mode = variant.Options.Mode,
        Size = variant.Target.Assignments,
        AsExpected = IsAsExpected(variant),
        Expected = variant.Claim?.Claim ?? "",
        Files = files,
    };

    /// <summary>Null where the scenario says nothing that could hold or break, or nothing has been answered.</summary>
    private static bool? IsAsExpected(Explored variant) => variant.Standing switch
    {
        ExploreStanding.Broken => false,
        ExploreStanding.AsExpected when variant.Claim is not null || variant.Result.Verdict == ExplorationVerdict.Failed => true,
        _ => null,
    };
}
