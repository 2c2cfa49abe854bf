namespace CryptoSim.Reports.Statistics;

/// <summary>How many times larger one variant is than another, over replications that shared their random streams.</summary>
/// <remarks>
/// The logarithms of the ratios of each pair are averaged and get a Student t interval, which is then taken back: a geometric mean.
/// Pairing removes what both variants had in common, so the interval is narrower than that of two independent means.
/// </remarks>
public static class PairedRatio
{
    /// <summary>The ratio <paramref name="values"/> / <paramref name="baseline"/>; null if a value is zero or negative, or the two are not paired.</summary>
    /// <param name="values">One for each replication.</param>
    /// <param name="baseline">Of the same replications in the same order.</param>
    public static ConfidenceInterval? Of(IReadOnlyList<double> values, IReadOnlyList<double> baseline)
    {
        if (values.Count == 0 || values.Count != baseline.Count)
        {
            return null;
        }

        double[] logs = new double[values.Count];
        for (int i = 0; i < logs.Length; i++)
        {
            double ratio = values[i] / baseline[i];
            if (!(ratio > 0) || double.IsInfinity(ratio))
            {
                return null;
            }

            logs[i] = Math.Log(ratio);
        }

        ConfidenceInterval log = ConfidenceInterval.Of(logs);
        return new ConfidenceInterval(Math.Exp(log.Mean), Math.Exp(log.Low), Math.Exp(log.High), log.Count);
    }
}
