namespace CryptoSim.Reports.Statistics;

/// <summary>An interval for the mean of one long run: the run is cut into batches whose means are nearly independent.</summary>
/// <param name="Interval">Student's t over the batch means.</param>
/// <param name="Batches">Batches of equal size.</param>
/// <param name="LagOne">Correlation of each batch mean with the next, -1..1: near 0 when batches are long enough.</param>
public readonly record struct BatchMeans(ConfidenceInterval Interval, int Batches, double LagOne)
{
    /// <summary>Correlation above which the interval is said to be too narrow.</summary>
    public const double CorrelationLimit = 0.2;

    /// <summary>Whether the batches still depend on each other, so that the interval claims more than it knows.</summary>
    public bool TooNarrow => LagOne > CorrelationLimit;

    /// <summary>Of observations in the order in which they were made; those that fill no whole batch at the end are left out.</summary>
    /// <param name="observations">At least two for each batch.</param>
    /// <param name="batches">2 or more; 20 is customary.</param>
    public static BatchMeans Of(IReadOnlyList<double> observations, int batches = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(observations.Count, 2 * batches, nameof(observations));
        int size = observations.Count / batches;
        double[] means = new double[batches];
        for (int batch = 0; batch < batches; batch++)
        {
            double sum = 0;
            for (int i = 0; i < size; i++)
            {
                sum += observations[batch * size + i];
            }

            means[batch] = sum / size;
        }

        return new BatchMeans(ConfidenceInterval.Of(means), batches, LagOneCorrelation(means));
    }

    private static double LagOneCorrelation(double[] values)
    {
        double mean = values.Average();
        double variance = values.Sum(value => (value - mean) * (value - mean));
        double covariance = 0;
        for (int i = 1; i < values.Length; i++)
        {
            covariance += (values[i - 1] - mean) * (values[i] - mean);
        }

        return variance > 0 ? covariance / variance : 0;
    }
}
