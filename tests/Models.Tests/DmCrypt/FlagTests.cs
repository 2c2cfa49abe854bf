using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>What the flags of the table line do: who submits, what is split, which IV, which workers.</summary>
public sealed class FlagTests
{
    // ── who submits a write ─────────────────────────────────────────────

    [Theory]
    [InlineData("", false, "dmcrypt_write")]
    [InlineData("", true, "dmcrypt_write")]
    [InlineData("submit_from_crypt_cpus", false, "kcryptd/")]
    [InlineData("submit_from_crypt_cpus", true, "dmcrypt_write")]   // DM-D42: of no use to a conversion that ends in a callback
    [InlineData("no_write_workqueue", false, "job/")]
    [InlineData("zoned", false, "job/")]
    [InlineData("zoned", true, "job/")]
    public void A_converted_write_goes_below_from_whom_its_flag_says(string flag, bool isAsync, string process)
    {
        MachineResult result = Write(flag, isAsync).Run();

        TraceEvent submitted = result.Trace.Single(one => one.Function == "generic_make_request");
        Assert.StartsWith(process, submitted.Process, StringComparison.Ordinal);
        Assert.Equal("completed", result.End.Ends);
    }

    [Fact]
    public void An_asynchronous_inline_write_goes_below_in_the_softirq_of_its_last_callback()
    {
        TraceEvent submitted = Write("no_write_workqueue", isAsync: true).Run().Trace.Single(one => one.Function == "generic_make_request");

        Assert.Equal("softirq", submitted.Context);
    }

    [Theory]
    [InlineData("", "kcryptd/")]
    [InlineData("no_write_workqueue", "job/")]
    public void A_write_is_encrypted_in_kcryptd_or_where_it_was_submitted(string flag, string process) =>
        Assert.StartsWith(process, Write(flag, isAsync: false).Run().Trace.Single(one => one.Function == "kcryptd_crypt_write_convert").Process, StringComparison.Ordinal);

    [Fact]
    public void A_zoned_write_waits_for_room_and_then_again_for_its_end_on_the_same_completion()
    {
        TargetScene scene = new() { Cipher = TargetScene.Ring(usable: 2) };
        TargetScene zoned = (scene with { Target = scene.Target with { Zoned = true } }).Doing(Rw.Write, sectors: 6, number: 3);

        Assert.True(zoned.Run().Metric("dm-0.restart.waits") > 0);
        (zoned with { Workload = [] }).Doing(Rw.Write, sectors: 4).Proved();
    }

    private static TargetScene Write(string flag, bool isAsync)
    {
        TargetScene scene = new();
        return (scene with { Target = With(scene.Target, flag), Cipher = isAsync ? TargetScene.Ring(usable: 8) : scene.Cipher }).Doing(Rw.Write, sectors: 2);
    }

    private static DmCryptOptions With(DmCryptOptions target, string flag) => flag switch
    {
        "submit_from_crypt_cpus" => target with { SubmitFromCryptCpus = true },
        "no_write_workqueue" => target with { NoWriteWorkqueue = true },
        "zoned" => target with { Zoned = true },
        _ => target,
    };

    // ── splitting ───────────────────────────────────────────────────────

    [Theory]
    [InlineData(KernelVersion.V618, true, "256 256 88")]    // 128 KiB
    [InlineData(KernelVersion.V618, false, "256 256 88")]
    [InlineData(KernelVersion.V69, true, "600")]            // 256 pages
    [InlineData(KernelVersion.V69, false, "600")]
    public void A_bio_of_300_KiB_goes_below_in_the_parts_of_its_release(KernelVersion kernel, bool isWrite, string sectors)
    {
        TargetScene scene = new() { Kernel = kernel };

        Assert.Equal(sectors, Parts(scene, isWrite, 600));
    }

    [Theory]
    [InlineData(true, "8 8 4")]
    [InlineData(false, "16 4")]
    public void Max_write_size_and_max_read_size_split_each_its_direction(bool isWrite, string sectors)
    {
        TargetScene scene = new();
        scene = scene with { Target = scene.Target with { MaxWriteSize = new DataSize(4096), MaxReadSize = new DataSize(8192) } };

        Assert.Equal(sectors, Parts(scene, isWrite, 20));
    }

    private static string Parts(TargetScene scene, bool isWrite, int sectors)
    {
        using Machine machine = Machine.Build(
            scene.Doing(isWrite ? Rw.Write : Rw.Read, sectors).Options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(1), TraceKept = 100_000 });
        Assert.True(machine.Run());
        Assert.Equal("completed", machine.Result().End.Ends);
        return string.Join(' ', machine.Result().Trace.Where(one => one.Function == "generic_make_request").Select(one => SectorsOf(one.Detail)));
    }

    private static string SectorsOf(string detail) => System.Text.RegularExpressions.Regex.Match(detail, @"\+ (\d+)").Groups[1].Value;

    // ── DM-D5 ───────────────────────────────────────────────────────────

    [Theory]
    [InlineData(false, 4096, new long[] { 16, 24 })]
    [InlineData(true, 4096, new long[] { 2, 3 })]
    [InlineData(true, 1024, new long[] { 8, 9, 10, 11, 12, 13, 14, 15 })]
    public void Iv_large_sectors_counts_in_sectors_of_sector_size(bool isLarge, int sectorSize, long[] expected)
    {
        List<long> ivs = [];
        HandDriver driver = new([.. Enumerable.Repeat(SubmitResult.Done, 8)]) { OnSubmit = request => ivs.Add(request.Iv) };
        DmCryptOptions target = new() { Engine = "e", Below = "b", SectorSize = new DataSize(sectorSize), IvLargeSectors = isLarge };
        using TargetBench bench = new(new Scene().Ring, target, driver: driver);

        bench.Write("a", 0, sector: 16, bytes: 8192);
        bench.Run();

        Assert.Equal(expected, ivs);
        Assert.Equal(["a 0"], bench.Ended.Select(one => one.Split('@')[0]));
    }

    [Fact]
    public void A_request_names_its_targets_transformation_and_the_CPU_it_is_submitted_on()
    {
        List<(int Tfm, int Cpu)> seen = [];
        HandDriver driver = new(SubmitResult.Done, SubmitResult.Done) { OnSubmit = request => seen.Add((request.Tfm, request.Cpu)) };
        DmCryptOptions target = new() { Engine = "e", Below = "b", SameCpuCrypt = true };
        using TargetBench bench = new(new Scene().Ring, target, driver: driver);

        bench.Write("a", 0, sector: 0, bytes: 512, cpu: 3);
        bench.Write("b", 100_000, sector: 8, bytes: 512, cpu: 1);
        bench.Run();

        Assert.Equal([(1, 3), (1, 1)], seen);
    }

    // ── workers ─────────────────────────────────────────────────────────

    [Theory]
    [InlineData(KernelVersion.V2632, false, 1)]
    [InlineData(KernelVersion.V36, false, 4)]
    [InlineData(KernelVersion.V41, false, 4)]
    [InlineData(KernelVersion.V618, false, 4)]
    public void Kcryptd_has_the_workers_of_its_release(KernelVersion kernel, bool same, int workers)
    {
        TargetScene scene = new() { Kernel = kernel, Cpus = 4 };
        scene = (scene with { Target = scene.Target with { SameCpuCrypt = same } }).Doing(Rw.Write, sectors: 1);
        using Machine machine = Machine.Build(scene.Options, new MachineRunOptions { Seed = 1 });

        Assert.Equal(workers, machine.Targets[0].Kcryptd.Workers);
    }

    [Fact]
    public void Where_no_kworker_can_be_created_the_rescuers_of_kcryptd_go_on()
    {
        TargetScene scene = new() { Memory = new MemoryOptions { Kthreads = Kthreads.None } };

        scene.Doing(Rw.Write, sectors: 1, number: 2, iodepth: 2).Ends("completed");
        (scene with { Kernel = KernelVersion.V2632 }).Doing(Rw.Read, sectors: 1).Ends("completed");
    }

    [Theory]
    [InlineData(Rw.Read)]
    [InlineData(Rw.Write)]
    public void High_priority_spares_the_wait_behind_a_competing_load(Rw rw)
    {
        decimal ordinary = Loaded(rw, highPriority: false).Metric("job.latency.mean");
        decimal high = Loaded(rw, highPriority: true).Metric("job.latency.mean");

        Assert.True(high * 2 < ordinary, $"{high} {ordinary}");
    }

    [Fact]
    public void Without_a_competing_load_high_priority_changes_nothing()
    {
        TargetScene scene = new TargetScene().Doing(Rw.Write, sectors: 8, number: 20, iodepth: 4);

        Assert.Equal(scene.Run().End.Fingerprint, (scene with { Target = scene.Target with { HighPriority = true } }).Run().End.Fingerprint);
    }

    // ── what is refused ─────────────────────────────────────────────────

    [Theory]
    [InlineData(KernelVersion.V2632, null, false)]
    [InlineData(KernelVersion.V2632, PageAllocation.TwoPhase, true)]
    [InlineData(KernelVersion.V41, null, true)]
    public void Fragments_cannot_be_sorted(KernelVersion kernel, PageAllocation? pages, bool isFine)
    {
        TargetScene scene = new() { Kernel = kernel };
        scene = (scene with { Target = scene.Target with { WriteOrder = WriteOrder.Sorted, PageAllocation = pages } }).Doing(Rw.Write, sectors: 1);

        Assert.Equal(isFine ? [] : ["dm-0.write_order"], MachineValidator.Validate(scene.Options).Select(problem => problem.Path));
    }

    [Fact]
    public void Dirty_pages_need_a_machine_short_of_memory_and_somebody_who_allocates()
    {
        DirtyPagesOptions pages = new() { Device = "dm-0" };
        TargetScene scene = new() { Memory = new MemoryOptions { Free = new DataSize(0) } };

        Assert.Single(MachineValidator.Validate(scene.With("cache", pages).Options));
        Assert.Single(MachineValidator.Validate((scene with { Memory = null }).Doing(Rw.Write, 1).With("cache", pages).Options));
        Assert.Single(MachineValidator.Validate(scene.Doing(Rw.Write, 1).With("cache", pages).With("more", pages).Options));
        Assert.Empty(MachineValidator.Validate(scene.Doing(Rw.Write, 1).With("cache", pages).Options));
    }

    private static MachineResult Loaded(Rw rw, bool highPriority)
    {
        TargetScene scene = new() { Cpus = 1 };
        return (scene with { Target = scene.Target with { HighPriority = highPriority, Wakeup = Scene.Us } })
            .Doing(rw, sectors: 1, number: 50)
            .With("load", new CpuLoadOptions { Utilization = 100 }).Run();
    }
}
