namespace CryptoSim.Simulator.Tests.Random;

/// <summary>Durations that vary: reading, sampling.</summary>
public sealed class DurationDistributionTests
{
    [Theory]
    [InlineData("80us", "80us", 80_000_000)]
    [InlineData("exponential(80us)", "exponential(80us)", 80_000_000)]
    [InlineData("exponential(mean=80us)", "exponential(80us)", 80_000_000)]
    [InlineData("uniform(10us 20us)", "uniform(10us 20us)", 15_000_000)]
    [InlineData("uniform( min=10us  max=20us )", "uniform(10us 20us)", 15_000_000)]
    [InlineData("lognormal(median=8us p99=20us)", "lognormal(median=8us p99=20us)", 8_646_000)]
    [InlineData("lognormal(p99=20us median=8us)", "lognormal(median=8us p99=20us)", 8_646_000)]
    public void A_value_is_read_printed_and_sampled_with_its_mean(string text, string printed, long mean)
    {
        Assert.True(DurationDistribution.TryParse(text, out var distribution, out string? error), error);
        Assert.Equal(printed, distribution.ToExactString());
        Assert.Equal(mean, distribution.Mean.Picoseconds, mean / 2000.0);
        var stream = new RandomStream(1, "samples");
        double sum = 0;
        for (int i = 0; i < 100_000; i++)
        {
            long sample = distribution.Sample(stream).Picoseconds;
            Assert.True(sample >= 0);
            sum += sample;
        }

        Assert.Equal(mean, sum / 100_000, mean * 0.012);
    }

    [Theory]
    [InlineData("lognormal(median=8us, p99=20us)", "has a comma between its parameters; separate them by a space: lognormal(median=8us p99=20us)")]
    [InlineData("normal(8us)", "names no distribution (normal)")]
    [InlineData("exponential(8us", "has no closing parenthesis at its end")]
    [InlineData("exponential(8us 9us)", "needs one parameter, the mean; it has 2")]
    [InlineData("exponential()", "needs one parameter, the mean; it has 0")]
    [InlineData("exponential(8)", "has a parameter 8 that")]
    [InlineData("uniform(20us 10us)", "has its least value above its greatest")]
    [InlineData("uniform(20us)", "needs two parameters, least and most; it has 1")]
    [InlineData("lognormal(median=8us)", "lacks p99=")]
    [InlineData("lognormal(p99=8us)", "lacks median=")]
    [InlineData("lognormal(median=8us p99=2us)", "has its p99 below its median")]
    [InlineData("lognormal(median=0us p99=2us)", "has a median that is not above zero")]
    [InlineData("lognormal(8us 20us)", "has a parameter 8us; lognormal takes median= and p99=")]
    public void A_wrong_value_is_told_what_is_wrong(string text, string error)
    {
        Assert.False(DurationDistribution.TryParse(text, out _, out string? actual));
        Assert.StartsWith(error, actual, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lognormal_meets_its_median_and_its_99th_percentile()
    {
        var distribution = new LogNormalDuration(Duration.FromMicroseconds(8), Duration.FromMicroseconds(20));
        var stream = new RandomStream(5, "latency");
        var histogram = new LatencyHistogram();
        for (int i = 0; i < 200_000; i++)
        {
            histogram.Record(distribution.Sample(stream));
        }

        Assert.Equal(8_000_000, histogram.Quantile(0.5).Picoseconds, 80_000.0);
        Assert.Equal(20_000_000, histogram.Quantile(0.99).Picoseconds, 400_000.0);
    }
}
