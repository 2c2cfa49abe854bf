namespace CryptoSim.Simulator.Tests.Theory;

/// <summary>A 95 % confidence interval from the means of 20 batches of one long run.</summary>
internal sealed class BatchMeans
{
    internal const int Batches = 20;
    private const double StudentT19 = 2.093;   // 97.5 % quantile, 19 degrees of freedom

    private readonly List<double> _means = [];

    internal void Add(double mean) => _means.Add(mean);

    internal bool IsComplete => _means.Count == Batches;

    internal bool Covers(double value)
    {
        Assert.Equal(Batches, _means.Count);
        double mean = _means.Average();
        double variance = _means.Sum(one => (one - mean) * (one - mean)) / (Batches - 1);
        return Math.Abs(value - mean) <= StudentT19 * Math.Sqrt(variance / Batches);
    }

    /// <summary>How many of 100 seeds give an interval that covers the value: 88 to 99 when simulator, sampling and interval are right.</summary>
    internal static void AssertCoverage(double value, Func<ulong, BatchMeans> run)
    {
        int covered = Enumerable.Range(1, 100).Count(seed => run((ulong)seed).Covers(value));
        Assert.InRange(covered, 88, 99);
    }
}
