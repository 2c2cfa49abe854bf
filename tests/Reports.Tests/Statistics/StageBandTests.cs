using CryptoSim.Reports.Statistics;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Statistics;

public sealed class StageBandTests
{
    /// <summary>Bios of 1, 2, 3 ... ps, one in each bin, of which the engine has all but one.</summary>
    private static LatencySeries Ladder(int bios) => new()
    {
        Name = "w",
        Bins = [.. Enumerable.Range(1, bios).Select(i => new LatencyBin(i, i + 1, 1))],
        Stages = new StageTable { Names = ["map", "engine"], SumsPicoseconds = [.. Enumerable.Range(1, bios).SelectMany(i => new long[] { 1, i - 1 })] },
    };

    private static StageSplit? Band(string label, LatencySeries series) => StageBand.All.Single(band => band.Label == label).Of(series);

    [Theory]
    [InlineData("mean", 1, 1000)]
    [InlineData("p50", 375, 625)]
    [InlineData("p90", 875, 925)]
    [InlineData("p99", 988, 993)]
    public void A_band_reaches_a_quarter_of_the_share_beyond_its_percentile_to_either_side(string label, int first, int last)
    {
        StageSplit band = Band(label, Ladder(1000))!;

        Assert.Equal((first, last + 1, last - first + 1), (band.LowPicoseconds, band.HighPicoseconds, band.Bios));
    }

    [Fact]
    public void The_stages_of_a_band_add_up_to_its_mean_latency_in_whole_picoseconds()
    {
        StageSplit band = Band("p50", Ladder(1000))!;

        Assert.Equal([1, 499], band.MeanPicoseconds);
        Assert.Equal(500, band.TotalPicoseconds);
    }

    [Fact]
    public void Rounding_loses_no_picosecond()
    {
        LatencySeries thirds = new() { Name = "w", Bins = [new LatencyBin(4, 8, 3)], Stages = new StageTable { Names = ["a", "b", "c"], SumsPicoseconds = [4, 4, 7] } };

        StageSplit all = Band("mean", thirds)!;

        Assert.Equal([1, 2, 2], all.MeanPicoseconds);
        Assert.Equal(5, all.TotalPicoseconds);
    }

    [Fact]
    public void A_percentile_needs_a_bio_beyond_it_and_a_run_needs_stages()
    {
        Assert.Null(Band("p99", Ladder(99)));
        Assert.NotNull(Band("p99", Ladder(100)));
        Assert.Null(Band("p50", Ladder(100) with { Stages = null }));
        Assert.Null(Band("mean", new LatencySeries { Name = "w", Bins = [], Stages = new StageTable { Names = ["a"], SumsPicoseconds = [] } }));
    }

    /// <summary>All bios in one bin: the band is that bin, whole.</summary>
    [Fact]
    public void A_bin_is_never_cut()
    {
        LatencySeries one = new() { Name = "w", Bins = [new LatencyBin(10, 20, 1000)], Stages = new StageTable { Names = ["a", "b"], SumsPicoseconds = [5000, 6000] } };

        Assert.All(StageBand.All, band => Assert.Equal(1000, band.Of(one)!.Bios));
    }
}
