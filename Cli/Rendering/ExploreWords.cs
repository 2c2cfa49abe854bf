using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Rendering;

/// <summary>The words of the JSON and of a grid for what an exploration says; they are never mixed.</summary>
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
}
