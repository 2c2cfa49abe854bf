using CryptoSim.Models.Block;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>Each source of randomness has a stream of its own: a change here does not shift the draws there.</summary>
public sealed class RandomStreamTests
{
    private static JobOptions Random(int number, int? rate = null) => new()
    {
        Device = "dm-0",
        Rw = Rw.Randrw,
        NumberIos = number,
        RateIops = rate,
        Iodepth = rate is null ? 1 : 1024,
        RateProcess = RateProcess.Poisson,
        Bssplit = BlockSizeSplit.TryParse("4KiB/50:16KiB/50", out BlockSizeSplit? split, out _) ? split : null,
    };

    /// <summary>What one clone submitted: direction, place and size.</summary>
    private static List<string> Submitted(Scene scene, string clone) =>
        [.. (scene with { TraceKept = 100_000 }).Run().Trace.Where(e => e.Function == "crypt_map" && e.Process == clone).Select(e => e.Detail)];

    private static List<long> Arrivals(Scene scene, string clone) =>
        [.. (scene with { TraceKept = 100_000 }).Run().Trace.Where(e => e.Function == "crypt_map" && e.Process == clone).Select(e => e.AtPicoseconds)];

    [Fact]
    public void Another_workload_does_not_shift_the_choices_of_the_first()
    {
        Scene alone = new Scene().With("one", Random(30));
        List<string> before = Submitted(alone, "one/0");

        Assert.Equal(30, before.Count);
        Assert.True(before.Distinct().Count() > 25);
        Assert.Equal(before, Submitted(alone.With("two", Random(17)), "one/0"));
        Assert.Equal(before, Submitted(new Scene().With("two", Random(17, rate: 1000)).With("one", Random(30)), "one/0"));
    }

    [Fact]
    public void A_change_of_one_workload_leaves_the_arrivals_of_the_other_alone()
    {
        Scene With(JobOptions other) => new Scene().With("one", Random(30, rate: 20_000)).With("other", other);

        Assert.Equal(Arrivals(With(Random(5)), "one/0"), Arrivals(With(Random(40, rate: 900)), "one/0"));
    }

    [Fact]
    public void Each_clone_has_streams_of_its_own()
    {
        Scene scene = new Scene().With("one", Random(20) with { Numjobs = 2 });

        Assert.NotEqual(Submitted(scene, "one/0"), Submitted(scene, "one/1"));
        Assert.Equal(Submitted(new Scene().With("one", Random(20)), "one/0"), Submitted(scene, "one/0"));
    }

    [Fact]
    public void A_random_device_does_not_shift_the_workload()
    {
        Scene scene = new Scene().With("one", Random(30));

        Assert.Equal(
            Submitted(scene, "one/0"),
            Submitted(scene with { Device = new NvmeOptions { Latency = new ExponentialDuration(Scene.Us), Bandwidth = new Bandwidth(1_000_000_000) } }, "one/0"));
    }

    [Fact]
    public void The_submission_form_does_not_shift_the_workload()
    {
        Scene scene = new Scene().With("one", Random(30));

        Assert.Equal(
            Submitted(scene, "one/0"),
            Submitted(scene with { Target = scene.Target with { Submit = Submit.WaitEveryRequest } }, "one/0"));
    }

    [Fact]
    public void Another_seed_or_replication_makes_other_choices()
    {
        Scene scene = new Scene().With("one", Random(30));

        Assert.NotEqual(Submitted(scene, "one/0"), Submitted(scene with { Seed = 2 }, "one/0"));
        Assert.NotEqual(Submitted(scene, "one/0"), Submitted(scene with { Replication = 1 }, "one/0"));
    }
}
