using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Claims;

/// <summary>The runs of one variant at one point, by replication.</summary>
/// <param name="Variant">Name of the variant; empty without variants.</param>
/// <param name="Records">In the order of the replications, at least one.</param>
internal sealed record Replications(string Variant, IReadOnlyList<RunRecord> Records);

/// <summary>The values of one side of a claim, one for each replication.</summary>
/// <param name="Values">In the unit <paramref name="Unit"/>; empty if there is a problem.</param>
/// <param name="Unit">Unit of the metric or of the number.</param>
/// <param name="Problem">Why there are no values; null if there are.</param>
internal sealed record SideValues(double[] Values, string Unit, string? Problem)
{
    /// <summary>Mean over the replications.</summary>
    public double Mean => Values.Length == 1 ? Values[0] : Values.Sum() / Values.Length;

    public static SideValues Missing(string problem) => new([], "", problem);
}
