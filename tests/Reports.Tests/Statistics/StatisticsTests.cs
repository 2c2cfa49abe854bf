using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CryptoSim.Reports.Tests.Statistics;

public sealed class StatisticsTests
{
    [Fact]
    public void A_quantile_is_the_order_statistic_with_rank_ceil_np()
    {
        double[] sorted = [.. Enumerable.Range(1, 100).Select(i => (double)i)];

        Assert.Equal(50, Quantile.Of(sorted, 0.5).Value);
        Assert.Equal(99, Quantile.Of(sorted, 0.99).Value);
        Assert.Equal(100, Quantile.Of(sorted, 0.999).Value);
        Assert.Equal(1, Quantile.Of(sorted, 0).Value);
        Assert.Equal(3, Quantile.Of([1, 2, 3, 4, 5], 0.5).Value);
    }

    [Fact]
    public void The_median_of_twenty_has_the_textbook_interval()
    {
        // P(6 <= B(20, 1/2) <= 14) = 0.9586: the interval from the 6th to the 15th value.
        (long low, long high) = Quantile.IntervalRanks(20, 0.5);

        Assert.Equal((6, 15), (low, high));
    }

    [Fact]
    public void A_small_sample_has_no_interval_for_its_tail()
    {
        Quantile p99 = Quantile.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.99);

        Assert.Null(p99.High);
        Assert.NotNull(p99.Low);
    }

    [Fact]
    public void The_normal_stand_in_meets_the_exact_ranks_where_they_meet()
    {
        (long low, long high) = Quantile.IntervalRanks(4000, 0.5);
        (long lowAbove, long highAbove) = Quantile.IntervalRanks(4004, 0.5);

        Assert.InRange(lowAbove - low, 0, 4);
        Assert.InRange(highAbove - high, 0, 4);
    }

    [Fact]
    public void Order_statistic_intervals_hold_the_true_quantile_in_about_95_of_100_samples()
    {
        int held = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Lcg((ulong)seed * 7919 + 1);
            double[] sorted = [.. Enumerable.Range(0, 300).Select(_ => random.Exponential(1)).Order()];
            Quantile p90 = Quantile.Of(sorted, 0.9);
            held += p90.Low <= Math.Log(10) && Math.Log(10) <= p90.High ? 1 : 0;
        }

        Assert.InRange(held, 368, 396);
    }

    [Fact]
    public void Five_observations_have_the_textbook_t_interval()
    {
        // mean 3, s^2 = 2.5, t(0.975, 4) = 2.776445: half width 1.963243
        ConfidenceInterval interval = ConfidenceInterval.Of([1, 2, 3, 4, 5]);

        Assert.Equal(3, interval.Mean);
        Assert.Equal(3 - 1.963243, interval.Low, 6);
        Assert.Equal(3 + 1.963243, interval.High, 6);
    }

    [Fact]
    public void Equal_observations_have_an_interval_of_no_width_and_one_has_none()
    {
        ConfidenceInterval equal = ConfidenceInterval.Of([0.1, 0.1, 0.1]);

        Assert.Equal((0.1, 0.1, 0.1), (equal.Low, equal.Mean, equal.High));
        Assert.False(ConfidenceInterval.Of([7]).HasInterval);
    }

    [Fact]
    public void A_constant_factor_between_pairs_is_known_exactly_however_much_the_pairs_vary()
    {
        ConfidenceInterval ratio = PairedRatio.Of([20, 2000, 0.2], [10, 1000, 0.1])!.Value;

        Assert.Equal(2, ratio.Mean, 12);
        Assert.Equal(2, ratio.Low, 9);
        Assert.Equal(2, ratio.High, 9);
    }

    [Fact]
    public void A_ratio_with_zero_or_without_pairs_is_no_number()
    {
        Assert.Null(PairedRatio.Of([1, 0], [1, 1]));
        Assert.Null(PairedRatio.Of([1, 1], [1, 0]));
        Assert.Null(PairedRatio.Of([1], [1, 1]));
        Assert.Null(PairedRatio.Of([], []));
    }

    [Fact]
    public void The_inverse_ratio_has_the_inverse_interval()
    {
        double[] one = [3, 4, 6, 5];
        double[] other = [2, 2.5, 3.5, 3];
        ConfidenceInterval ratio = PairedRatio.Of(one, other)!.Value;
        ConfidenceInterval inverse = PairedRatio.Of(other, one)!.Value;

        Assert.Equal(1 / ratio.Mean, inverse.Mean, 12);
        Assert.Equal(1 / ratio.High, inverse.Low, 12);
    }

    [Fact]
    public void Batches_that_depend_on_each_other_are_called_too_narrow()
    {
        var random = new Lcg(3);
        double[] independent = [.. Enumerable.Range(0, 4000).Select(_ => random.Unit())];
        double walk = 0;
        double[] dependent = [.. Enumerable.Range(0, 4000).Select(_ => walk += random.Unit() - 0.5)];

        Assert.False(BatchMeans.Of(independent).TooNarrow);
        Assert.True(BatchMeans.Of(dependent).TooNarrow);
        Assert.InRange(0.5, BatchMeans.Of(independent).Interval.Low, BatchMeans.Of(independent).Interval.High);
    }

    [Fact]
    public void The_warm_up_is_cut_where_the_transient_ends()
    {
        var random = new Lcg(11);
        double[] run = [.. Enumerable.Range(0, 1000).Select(i => (i < 100 ? 10.0 : 0) + random.Unit())];

        Assert.InRange(Warmup.Cut(run)!.Value, 95, 130);
    }

    [Fact]
    public void A_run_that_never_settles_has_no_warm_up_to_cut()
    {
        Assert.Null(Warmup.Cut([.. Enumerable.Range(0, 1000).Select(i => (double)i)]));
    }

    [Fact]
    public void A_histogram_knows_each_quantile_to_half_a_bin()
    {
        Prop.ForAll(Gen.Choose(1, 2_000_000_000).NonEmptyListOf().ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (latencies, thousandths) =>
        {
            double[] sorted = [.. latencies.Select(latency => (double)latency).Order()];
            var distribution = LatencyDistribution.Of(new LatencySeries { Name = "x", Bins = Bins.Of(latencies.Select(latency => (long)latency)) });
            double exact = Quantile.Of(sorted, thousandths / 1000.0).Value;
            return Math.Abs(distribution.ValueAt(thousandths / 1000.0) - exact) <= 0.0040 * exact + 0.5;
        }).Check(Config.QuickThrowOnFailure.WithReplay(42, 7).WithMaxTest(200));
    }

    [Fact]
    public void Pooling_adds_counts()
    {
        var one = new LatencySeries { Name = "x", Bins = Bins.Of([5, 5, 900]) };
        var other = new LatencySeries { Name = "x", Bins = Bins.Of([5, 70_000]) };
        var pooled = LatencyDistribution.Pool([one, other]);

        Assert.Equal(5, pooled.Count);
        Assert.Equal(3, pooled.Bins[0].Count);
    }

    [Fact]
    public void A_thinned_distribution_ends_at_all_bios()
    {
        var random = new Lcg(9);
        var distribution = LatencyDistribution.Of(new LatencySeries { Name = "x", Bins = Bins.Of(Enumerable.Range(0, 50_000).Select(_ => (long)random.LogNormal(1e8, 1))) });
        var steps = distribution.Steps();

        Assert.Equal(1, steps[^1].Share);
        Assert.InRange(steps.Count, 100, 1500);
        Assert.True(steps.Zip(steps.Skip(1)).All(pair => pair.First.Latency < pair.Second.Latency && pair.First.Share <= pair.Second.Share));
    }
}
