using CryptoSim.Scenarios.Running;
using MathNet.Numerics.Distributions;

namespace CryptoSim.Scenarios.Claims;

/// <summary>What a claim found, for people: means, and 95 % intervals by Student's t over the replications.</summary>
internal static class ClaimSummary
{
    private const double UpperQuantile = 0.975;

    /// <summary>A single metric: its mean and the interval of the mean.</summary>
    public static (string Value, string? Interval) OfOne(SideValues side)
    {
        (double Low, double High)? interval = Interval(side.Values);
        return (ClaimNumbers.Print(side.Mean, side.Unit),
            interval is { } i ? $"{ClaimNumbers.Print(i.Low, side.Unit)} to {ClaimNumbers.Print(i.High, side.Unit)}" : null);
    }

    /// <summary>Two metrics: both means and their ratio, with the interval of the ratio over pairs of replications, which share their random numbers.</summary>
    public static (string Value, string? Interval) OfTwo(SideValues left, SideValues right)
    {
        string means = $"{ClaimNumbers.Print(left.Mean, left.Unit)} to {ClaimNumbers.Print(right.Mean, right.Unit)}";
        if (LogRatios(left.Values, right.Values) is not { } logs)
        {
            return (means, null);
        }

        string value = $"{means}, ratio {ClaimNumbers.Plain(left.Mean / right.Mean)}";
        return Interval(logs) is { } i ? (value, $"ratio {ClaimNumbers.Plain(Math.Exp(i.Low))} to {ClaimNumbers.Plain(Math.Exp(i.High))}") : (value, null);
    }

    /// <summary>The same for programs.</summary>
    /// <param name="side">The metric of the claim.</param>
    /// <param name="other">The metric it is compared with; null if there is none.</param>
    public static ClaimFigures Figures(SideValues side, SideValues? other)
    {
        (double Low, double High)? interval = Interval(side.Values);
        if (other is null || LogRatios(side.Values, other.Values) is not { } logs)
        {
            return new ClaimFigures(side.Mean, interval, null, null);
        }

        (double Low, double High)? ratios = Interval(logs) is { } i ? (Math.Exp(i.Low), Math.Exp(i.High)) : null;
        return new ClaimFigures(side.Mean, interval, side.Mean / other.Mean, ratios);
    }

    /// <summary>Logarithms of the ratios of the pairs; null where a ratio makes no sense.</summary>
    private static double[]? LogRatios(double[] left, double[] right)
    {
        double[] logs = new double[left.Length];
        for (int i = 0; i < logs.Length; i++)
        {
            if (left.Length != right.Length || left[i] <= 0 || right[i] <= 0)
            {
                return null;
            }

            logs[i] = Math.Log(left[i] / right[i]);
        }

        return logs;
    }

    /// <summary>Mean plus and minus t times the standard error; null with a single value.</summary>
    public static (double Low, double High)? Interval(double[] values)
    {
        int n = values.Length;
        if (n < 2)
        {
            return null;
        }

        double mean = Means.Of(values);
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        double variance = squares / (n - 1);
        double half = variance == 0 ? 0 : StudentT.InvCDF(0, 1, n - 1, UpperQuantile) * Math.Sqrt(variance / n);
        return (mean - half, mean + half);
    }
}
