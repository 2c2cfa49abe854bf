namespace CryptoSim.Reports.Statistics;

/// <summary>Where the start of a run stops to show: the MSER-5 rule.</summary>
public static class Warmup
{
    private const int BatchSize = 5;

    /// <summary>Observations to leave out at the start: the cut that makes the standard error of what remains smallest.</summary>
    /// <remarks>Averages of five are looked at instead of single observations. A cut in the second half means that the run is too short to tell; it is returned as null.</remarks>
    public static int? Cut(IReadOnlyList<double> observations)
    {
        int batches = observations.Count / BatchSize;
        double best = double.PositiveInfinity;
        int cut = 0;
        double mean = 0;
        double squares = 0;

        // From the end to the start, so that mean and squares of the rest are carried along.
        for (int batch = batches - 1; batch >= 0; batch--)
        {
            int rest = batches - batch;
            double value = BatchMean(observations, batch);
            double step = value - mean;
            mean += step / rest;
            squares += step * (value - mean);
            double error = squares / rest / rest;
            if (rest >= BatchSize && error <= best)
            {
                (best, cut) = (error, batch);
            }
        }

        return cut > batches / 2 ? null : cut * BatchSize;
    }

    private static double BatchMean(IReadOnlyList<double> observations, int batch)
    {
        double sum = 0;
        for (int i = 0; i < BatchSize; i++)
        {
            sum += observations[batch * BatchSize + i];
        }

        return sum / BatchSize;
    }
}
