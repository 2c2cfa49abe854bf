using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Claims;

/// <summary>The runs of one variant at one point, by replication.</summary>
/// <param name="Variant">Name of the variant; empty without variants.</param>
/// <param name="Records">In the order of the replications, at least one.</param>
internal sealed record Replications(string Variant, IReadOnlyList<RunRecord> Records);

/// <summary>One side of a claim, measured.</summary>
/// <param name="Values">The metric in each replication, or the number alone; empty if there is a problem.</param>
/// <param name="Factor">The number that the metric is multiplied by.</param>
/// <param name="Unit">Unit of the metric or of the number.</param>
/// <param name="Problem">Why there are no values; null if there are.</param>
internal sealed record SideValues(double[] Values, double Factor, string Unit, string? Problem)
{
    /// <summary>Mean over the replications, without the factor.</summary>
    public double Mean => Means.Of(Values);

    /// <summary>What is compared.</summary>
    public double Product => Mean * Factor;

    public static SideValues Missing(string problem) => new([], 1, "", problem);
}

/// <summary>Arithmetic means.</summary>
internal static class Means
{
    /// <summary>The mean of at least one value; of a single one exactly that value.</summary>
    public static double Of(double[] values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
