using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>How often an I/O is handed on to another thread: what a row of fio at iodepth 1 measures.</summary>
public sealed class HopTests
{
    private static readonly DmCryptOptions Default = new PathScene().Target;

    public static TheoryData<string, string, int, int> Paths => new()
    {
        { "", "read", 1, 24 },
        { "", "write", 2, 34 },
        { "same_cpu_crypt", "read", 1, 24 },
        { "same_cpu_crypt", "write", 2, 34 },
        { "submit_from_crypt_cpus", "read", 1, 24 },
        { "submit_from_crypt_cpus", "write", 1, 24 },
        { "no_read_workqueue", "read", 0, 4 },
        { "no_read_workqueue", "write", 2, 34 },
        { "no_write_workqueue", "read", 1, 24 },
        { "no_write_workqueue", "write", 0, 4 },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_bio_passes_the_queues_of_its_path_and_wakes_its_submitter_unless_there_were_none(string flag, string rw, int hops, int microseconds)
    {
        MachineResult result = (new PathScene { Target = With(flag) }).Doing(Direction(rw)).Run();

        // mapping 2us + copy 1us + cipher 1us, and 10us for each thread that is woken: dm-crypt's, then the submitter
        Assert.Equal(hops, result.Metric($"dm-0.hops.{rw}.max"));
        Assert.Equal(microseconds, result.End.AtPicoseconds / 1e6);
        Assert.Equal(microseconds, 4 + (hops > 0 ? 10 * (hops + 1) : 0));
    }

    [Theory]
    [InlineData(KernelVersion.V2632, 2, 1, 3, 3)]   // reads by kcryptd_io, writes below from kcryptd or kcryptd_io
    [InlineData(KernelVersion.V36, 1, 1, 2, 3)]     // reads from the submitter
    [InlineData(KernelVersion.V41Rc1, 1, 2, 2, 3)]  // dmcrypt_write
    [InlineData(KernelVersion.V41, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V58, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V59, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V511, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V65, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V69, 1, 2, 2, 3)]
    [InlineData(KernelVersion.V618, 1, 2, 2, 3)]
    public void A_release_has_its_queues_and_an_asynchronous_driver_is_one_more(KernelVersion kernel, int read, int write, int asyncRead, int asyncWrite)
    {
        PathScene sync = new() { Kernel = kernel };
        PathScene async = sync with { Cipher = PathScene.Ring };

        Assert.Equal((read, write, asyncRead, asyncWrite), (Hops(sync, Rw.Read), Hops(sync, Rw.Write), Hops(async, Rw.Read), Hops(async, Rw.Write)));
    }

    [Fact]
    public void A_write_is_queued_four_times_at_most_and_a_read_three_times()
    {
        string[] flags = ["", "same_cpu_crypt", "submit_from_crypt_cpus", "no_read_workqueue", "no_write_workqueue"];
        foreach (KernelVersion kernel in Enum.GetValues<KernelVersion>())
        {
            foreach (string flag in flags)
            {
                PathScene scene = new() { Kernel = kernel, Target = With(flag), Cipher = PathScene.Ring };
                Assert.InRange(Hops(scene, Rw.Read), 0, 3);
                Assert.InRange(Hops(scene, Rw.Write), 0, 4);
            }
        }
    }

    [Fact]
    public void Requests_of_one_bio_in_the_drivers_queue_are_one_hop()
    {
        PathScene scene = new() { Cipher = PathScene.Ring, Target = Default with { SectorSize = new DataSize(512) } };
        MachineResult result = (scene with { Job = scene.Job with { Rw = Rw.Write, Bs = DataSize.FromKibibytes(64), NumberIos = 3 } }).Run();

        Assert.Equal(3 * 128, result.Metric("crypto.requests"));
        Assert.Equal((3, 3), (result.Metric("dm-0.hops.write.mean"), result.Metric("dm-0.hops.write.max")));
    }

    [Fact]
    public void A_mixed_job_has_the_mean_of_each_direction_by_itself()
    {
        PathScene scene = new();
        MachineResult result = (scene with { Job = scene.Job with { Rw = Rw.Rw, NumberIos = 100 } }).Run();

        Assert.Equal((1, 2), (result.Metric("dm-0.hops.read.mean"), result.Metric("dm-0.hops.write.mean")));
    }

    [Fact]
    public void Nothing_is_said_about_a_direction_in_which_nothing_ended() =>
        Assert.DoesNotContain(new PathScene().Doing(Rw.Read).Run().Metrics, metric => metric.Name.StartsWith("dm-0.hops.write", StringComparison.Ordinal));

    [Fact]
    public void A_read_that_ends_within_its_submission_is_decrypted_there_also_by_an_asynchronous_driver()
    {
        MachineResult result = (new PathScene { Cipher = PathScene.Ring, Target = With("no_read_workqueue") }).Doing(Rw.Read).Run();

        Assert.Equal(1, result.Metric("dm-0.hops.read.max"));   // the driver's queue alone
    }

    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 0, 0)]
    public void A_read_that_the_target_below_ends_later_is_decrypted_in_softirq(bool lowerInline, int lowerHops, int upperHops)
    {
        DmCryptOptions upper = With("no_read_workqueue");
        PathScene scene = new() { Target = upper, Lower = Default with { NoReadWorkqueue = lowerInline, Below = "ram0" } };
        MachineResult result = (scene with { Job = scene.Job with { NumberIos = 20, Iodepth = 4, Numjobs = 2 } }).Doing(Rw.Read).Run();

        Assert.Equal((lowerHops, upperHops), (result.Metric("dm-1.hops.read.max"), result.Metric("dm-0.hops.read.max")));
        Assert.Equal(40, result.Metric("job.ios"));
    }

    [Fact]
    public void A_submitter_whose_IO_ended_in_its_submission_is_not_woken()
    {
        PathScene scene = new();
        MachineResult result = (scene with { Job = scene.Job with { Device = "ram0", NumberIos = 5 } }).Run();

        Assert.Equal(5, result.End.AtPicoseconds / 1e6);
    }

    [Fact]
    public void The_latency_of_an_IO_does_not_contain_the_wake_up_of_its_submitter()
    {
        MachineResult result = new PathScene().Doing(Rw.Read).Run();

        Assert.Equal((14_000m, 24_000_000L), (result.Metric("job.latency.max"), result.End.AtPicoseconds));
    }

    [Fact]
    public void Mapping_costs_CPU_time_for_each_part_of_a_bio()
    {
        PathScene scene = new() { Target = Default with { MaxReadSize = DataSize.FromKibibytes(4), NoReadWorkqueue = true } };
        MachineResult result = (scene with { Job = scene.Job with { Bs = DataSize.FromKibibytes(12) } }).Doing(Rw.Read).Run();

        Assert.Equal(3 * (2 + 1 + 1), result.End.AtPicoseconds / 1e6);
    }

    private static int Hops(PathScene scene, Rw rw) => (int)scene.Doing(rw).Run().Metric(rw == Rw.Read ? "dm-0.hops.read.max" : "dm-0.hops.write.max");

    private static Rw Direction(string rw) => rw == "read" ? Rw.Read : Rw.Write;

    private static DmCryptOptions With(string flag) => Default with
    {
        SameCpuCrypt = flag == "same_cpu_crypt",
        SubmitFromCryptCpus = flag == "submit_from_crypt_cpus",
        NoReadWorkqueue = flag == "no_read_workqueue",
        NoWriteWorkqueue = flag == "no_write_workqueue",
    };
}
