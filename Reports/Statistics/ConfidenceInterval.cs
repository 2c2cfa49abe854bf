using MathNet.Numerics.Distributions;

namespace CryptoSim.Reports.Statistics;

/// <summary>The mean of independent observations with its 95 % interval (Student's t).</summary>
/// <param name="Mean">In the unit of the observations.</param>
/// <param name="Low">Lower end; the mean itself when there is only one observation.</param>
/// <param name="High">Upper end; the mean itself when there is only one observation.</param>
/// <param name="Count">Observations. With fewer than two there is no interval.</param>
public readonly record struct ConfidenceInterval(double Mean, double Low, double High, int Count)
{
    /// <summary>Share of intervals that hold the true value.</summary>
    public const double Level = 0.95;

    /// <summary>Whether <see cref="Low"/> and <see cref="High"/> say anything.</summary>
    public bool HasInterval => Count > 1;

    /// <summary>Of one value for each replication.</summary>
    /// <param name="observations">Independent of each other; at least one.</param>
    public static ConfidenceInterval Of(IReadOnlyList<double> observations)
    {
        int count = observations.Count;
        ArgumentOutOfRangeException.ThrowIfZero(count, nameof(observations));
        double mean = MeanOf(observations);
        if (count == 1)
        {
            return new ConfidenceInterval(mean, mean, mean, 1);
        }

        double half = HalfWidth(observations, mean);
        return new ConfidenceInterval(mean, mean - half, mean + half, count);
    }

    private static double MeanOf(IReadOnlyList<double> values)
    {
        // Around the first value, so that equal observations have exactly their value as mean.
        double origin = values[0];
        double sum = 0;
        foreach (double value in values)
        {
            sum += value - origin;
        }

        return origin + sum / values.Count;
    }

    private static double HalfWidth(IReadOnlyList<double> values, double mean)
    {
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double t = StudentT.InvCDF(0, 1, values.Count - 1, 0.5 + Level / 2);
        return t * Math.Sqrt(squares / (values.Count - 1) / values.Count);
    }
}
