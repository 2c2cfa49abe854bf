using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>Files whose keys live as long as they are open.</summary>
public sealed class FscryptTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static FscryptOptions Reader(int files, int ios = 1, int jobs = 1) =>
        new() { Device = "ufs0", Files = files, IosPerFile = ios, Numjobs = jobs };

    private static FallbackScene With(FscryptOptions files, DeviceOptions? device = null, int trace = 0) => new()
    {
        Device = device ?? FallbackScene.Host(NoKeyslot.SleepAtRequest, slots: 2),
        More = [new NamedPart<WorkloadOptions>("files", files)],
        TraceKept = trace,
    };

    [Theory]
    [InlineData(Rw.Read)]
    [InlineData(Rw.Randwrite)]
    [InlineData(Rw.Rw)]
    public void Each_file_has_a_key_of_its_own_that_is_programmed_evicted_and_freed_once(Rw rw)
    {
        using FallbackRun run = With(Reader(files: 5, ios: 4, jobs: 2) with { Rw = rw, Iodepth = 2 }).Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal(40m, run["files.ios"]);
        Assert.Equal((10m, 10m, 0m), (run["ufs0.keyslot.programs"], run["ufs0.keyslot.evicts"], run["ufs0.keyslot.evict_errors"]));
    }

    /// <summary>Program 2, read 10, and another read of 10, 3 with the key, evict 2, 5 until the next file; after the last file nothing is waited for.</summary>
    [Fact]
    public void A_key_is_evicted_when_the_last_io_of_its_file_has_ended_and_has_been_kept_for_a_while()
    {
        using FallbackRun run = With(Reader(files: 2, ios: 2) with { KeepsKey = Scene.Us * 3, ThinkTime = Scene.Us * 5 }, trace: 1000).Run();

        string[] evicted = [.. run.Result.Trace.Where(e => e.Function == "keyslot_evict").Select(e => $"{e.Detail} {e.AtPicoseconds / 1_000_000}")];
        Assert.Equal(["key #0 25", "key #1 57"], evicted);
        Assert.Equal(59, run.Result.End.AtPicoseconds / 1_000_000);
    }

    [Fact]
    public void A_host_without_slots_is_told_of_the_end_of_each_key()
    {
        using FallbackRun run = With(Reader(files: 3), FallbackScene.Host(NoKeyslot.SleepAtRequest, slots: 0), trace: 1000).Run();

        Assert.Equal((0m, 3m, 0m), (run["ufs0.keyslot.programs"], run["ufs0.keyslot.evicts"], run["ufs0.keyslot.evict_errors"]));
        Assert.Equal(3, run.Result.Trace.Count(e => e is { Function: "keyslot_evict", Subject: "keyslot#-1" }));
    }

    public static TheoryData<DeviceOptions> WithoutTheMode => [FallbackScene.Host(NoKeyslot.SleepAtRequest), FallbackScene.Nvme];

    [Theory]
    [MemberData(nameof(WithoutTheMode))]
    public void A_key_that_the_device_does_not_support_is_evicted_from_the_slots_of_the_fallback(DeviceOptions device)
    {
        using FallbackRun run = With(Reader(files: 3) with { CryptoMode = CryptoMode.Adiantum }, device).Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal((3m, 3m, 0m), (run["blk_crypto_fallback.keyslot.programs"], run["blk_crypto_fallback.keyslot.evicts"], run["blk_crypto_fallback.keyslot.evict_errors"]));
        Assert.Equal(0m, run.Has("ufs0.keyslot.evicts") ? run["ufs0.keyslot.evicts"] : 0m);
    }

    [Fact]
    public void Where_the_fallback_takes_what_finds_no_slot_both_forget_the_key()
    {
        using FallbackRun run = With(Reader(files: 3, jobs: 2), FallbackScene.Host(NoKeyslot.Fallback)).Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal((6m, 6m), (run["ufs0.keyslot.evicts"], run["blk_crypto_fallback.keyslot.evicts"]));
        Assert.All([run.Machine.Fallback!.Profile, ((InlineCryptoHost)run.Machine.Devices[0]).Profile], profile => Assert.All(
            Enumerable.Range(0, profile.Table.Count), slot => Assert.Null(profile.Table[slot].Key)));
    }

    [Theory]
    [InlineData(KeyslotRelease.AtRequestFree, FailedEvict.Keep, 3, "fault")]
    [InlineData(KeyslotRelease.AtRequestFree, FailedEvict.Unlink, 3, "completed")]
    [InlineData(KeyslotRelease.BeforeBioEndio, FailedEvict.Keep, 0, "completed")]
    [InlineData(KeyslotRelease.BeforeBioEndio, FailedEvict.Unlink, 0, "completed")]
    public void The_key_is_freed_whatever_eviction_answers_and_read_later_only_if_both_halves_of_the_fix_are_missing(
        KeyslotRelease release, FailedEvict evict, int refused, string ends)
    {
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.SleepAtRequest, slots: 4) with { KeyslotRelease = release, FailedEvict = evict };
        using FallbackRun calm = With(Reader(files: 3), host).Run();
        using FallbackRun reset = With(Reader(files: 3), host with { Reset = new HostResetOptions { Every = Scene.Us * 20 } }).Run();

        Assert.Equal(("completed", refused), (calm.Ends, (int)calm["ufs0.keyslot.evict_errors"]));
        Assert.Equal((ends, ends == "fault" ? "KS-19" : null), (reset.Ends, reset.Result.End.Rule));
    }

    [Theory]
    [InlineData(FailedEvict.Keep, "fault")]
    [InlineData(FailedEvict.Unlink, "completed")]
    public void A_driver_that_fails_to_evict_leaves_a_pointer_to_a_freed_key_unless_it_is_unlinked(FailedEvict evict, string ends)
    {
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.SleepAtRequest, slots: 4) with
        {
            FailedEvict = evict,
            EvictErrorOfEvery = 2,
            Reset = new HostResetOptions { Every = Scene.Us * 50, Times = 1 },
        };
        using FallbackRun run = With(Reader(files: 5), host).Run();

        Assert.Equal(ends, run.Ends);
    }

    [Theory]
    [InlineData(KeyslotRelease.BeforeBioEndio, FailedEvict.Unlink, null)]
    [InlineData(KeyslotRelease.AtRequestFree, FailedEvict.Unlink, null)]
    [InlineData(KeyslotRelease.BeforeBioEndio, FailedEvict.Keep, null)]
    [InlineData(KeyslotRelease.AtRequestFree, FailedEvict.Keep, "KS-19")]
    public void Every_order_of_two_clones_and_a_reset(KeyslotRelease release, FailedEvict evict, string? rule)
    {
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.SleepAtRequest) with
        {
            KeyslotRelease = release,
            FailedEvict = evict,
            Reset = new HostResetOptions { Every = Scene.Us, Times = 1 },
        };
        ExplorationResult result = ExploredMachine.Explore(With(Reader(files: 1, jobs: 2), host).Options, new ExplorationOptions());
        output.WriteLine($"{result.Counts.States} states {result.Message}");

        Assert.Equal((rule is null ? ExplorationVerdict.Proved : ExplorationVerdict.Failed, rule), (result.Verdict, result.Rule));
    }

    [Fact]
    public void Its_options_are_checked_as_those_of_a_job()
    {
        FscryptOptions wrong = Reader(files: 1) with { Bs = new DataSize(1000), DunBytes = 17, DataUnitSize = new DataSize(3000) };

        Assert.Equal(
            ["files.bs", "files.data_unit_size", "files.dun_bytes"],
            MachineValidator.Validate(With(wrong).Options).Select(problem => problem.Path).Order());
    }
}
