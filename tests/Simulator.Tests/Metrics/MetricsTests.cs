using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Metrics;

/// <summary>What is measured is measured right.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void A_tally_has_count_mean_least_greatest_and_sample_variance()
    {
        var tally = new Tally();
        foreach (long value in new long[] { 2, 4, 4, 4, 5, 5, 7, 9 })
        {
            tally.Record(value);
        }

        Assert.Equal((8, 5.0, 2, 9), (tally.Count, tally.Mean, tally.Min, tally.Max));
        Assert.Equal(32.0 / 7.0, tally.Variance, 1e-12);
        tally.Reset();
        Assert.Equal((0, 0.0, 0.0), (tally.Count, tally.Mean, tally.Variance));
    }

    [Fact]
    public void A_tally_keeps_its_precision_far_from_zero()
    {
        var tally = new Tally();
        for (int i = 0; i < 10_000; i++)
        {
            tally.Record(1_000_000_000_000_000 + i % 2);
        }

        Assert.Equal(0.25, tally.Variance, 0.001);
    }

    [Fact]
    public void A_level_is_weighted_by_time_exactly()
    {
        using var simulation = new Simulation();
        var level = new TimeWeighted(simulation);
        _ = ChangeAsync();
        simulation.Run();
        Assert.Equal((Int128)(2 * 30 + 5 * 10), level.Integral);
        Assert.Equal(110.0 / 50.0, level.Mean);
        Assert.Equal(5, level.Max);

        async Process ChangeAsync()
        {
            await simulation.DelayPicoseconds(10);
            level.Set(2);
            await simulation.DelayPicoseconds(30);
            level.Add(3);
            await simulation.DelayPicoseconds(10);
        }
    }

    [Fact]
    public void A_level_restarted_after_the_warm_up_forgets_what_was()
    {
        using var simulation = new Simulation();
        var level = new TimeWeighted(simulation, 7);
        _ = ChangeAsync();
        simulation.Run();
        Assert.Equal(1.5, level.Mean);
        Assert.Equal(2, level.Max);

        async Process ChangeAsync()
        {
            await simulation.DelayPicoseconds(100);
            level.Set(1);
            level.Restart();
            await simulation.DelayPicoseconds(10);
            level.Set(2);
            await simulation.DelayPicoseconds(10);
        }
    }

    [Fact]
    public void Every_quantile_lies_within_0_39_percent_of_a_recorded_value()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(2, 3, 200),
            Prop.ForAll(ArbMap.Default.ArbFor<(NonEmptyArray<uint> Values, byte Scale, byte Share)>(), data =>
            {
                var values = data.Values.Get.Select(value => (long)value << (data.Scale % 20)).Order().ToArray();
                var histogram = new LatencyHistogram();
                foreach (long value in values)
                {
                    histogram.Record(new Duration(value));
                }

                double share = data.Share / 255.0;
                long exact = values[Math.Clamp((int)Math.Ceiling(share * values.Length) - 1, 0, values.Length - 1)];
                long told = histogram.Quantile(share).Picoseconds;
                return Math.Abs(told - exact) <= exact * 0.00391;
            }));
    }

    [Fact]
    public void Added_histograms_are_the_histogram_of_all_values()
    {
        var random = new RandomStream(4, "latencies");
        var whole = new LatencyHistogram();
        LatencyHistogram[] parts = [new(), new(), new()];
        for (int i = 0; i < 3000; i++)
        {
            var value = random.Exponential(Duration.FromMicroseconds(50));
            whole.Record(value);
            parts[i % 2].Record(value);
        }

        var sum = new LatencyHistogram();
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        Assert.Equal(whole.Buckets(), sum.Buckets());
        Assert.Equal((whole.Count, whole.Min, whole.Max, whole.MeanPicoseconds), (sum.Count, sum.Min, sum.Max, sum.MeanPicoseconds));
        Assert.Equal(whole.Quantile(0.999), sum.Quantile(0.999));
        Assert.Equal(whole.Count, whole.Buckets().Sum(bucket => bucket.Count));
    }

    [Fact]
    public void A_histogram_tells_its_ends_exactly_and_an_empty_one_tells_zero()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal(Duration.Zero, histogram.Quantile(0.5));
        histogram.Record(new Duration(123_456_789));
        histogram.Record(new Duration(987_654_321));
        Assert.Equal(987_654_321, histogram.Quantile(1.0).Picoseconds);
        Assert.Equal(123_456_789, histogram.Min.Picoseconds);
        histogram.Record(new Duration(long.MaxValue));
        Assert.Equal(long.MaxValue, histogram.Max.Picoseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Record(new Duration(-1)));
    }
}
