using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>Fragments where memory is short: what splits a write, what it waits for, and when nobody can free anything (DM-D20, DM-S10 to DM-S12).</summary>
public sealed class FragmentMemoryTests
{
    private static readonly FragmentScene Short = new() { Memory = FragmentScene.NoMemory };

    // ── pages ───────────────────────────────────────────────────────────

    [Fact]
    public void A_write_is_cut_where_pages_run_out_and_the_converter_lets_10_ms_pass()
    {
        MachineResult result = (Short.Pages(3) with { Kernel = KernelVersion.V36, Jobs = [Scene.Write("20KiB")] }).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(["bio#1 W 0+24", "bio#1 W 24+16"], result.Below());
        Assert.InRange(result.End.AtPicoseconds / 1e9, 10.0, 10.5);
    }

    [Fact]
    public void A_cut_at_the_segment_limit_lets_none_pass()
    {
        MachineResult result = (Short.Pages(3).Splits(segments: 3) with { Kernel = KernelVersion.V36, Memory = null, Jobs = [Scene.Write("20KiB")] }).Run();

        Assert.Equal(["bio#1 W 0+24", "bio#1 W 24+16"], result.Below());
        Assert.InRange(result.End.AtPicoseconds / 1e9, 0.1, 0.5);
    }

    [Fact]
    public void The_first_eight_pages_of_2_6_32_wait_and_the_first_one_of_3_6()
    {
        FragmentScene scene = Short.Pages(10) with { Jobs = [Scene.Write("40KiB", number: 2, iodepth: 2)] };

        Assert.Equal(["bio#1 W 0+80", "bio#2 W 80+80"], (scene with { Kernel = KernelVersion.V2632 }).Pages(16).Run().Below().Order(StringComparer.Ordinal).Take(2));
        Assert.Equal(2, (scene with { Kernel = KernelVersion.V2632 }).Run().Metric("dm-0.clones"));
    }

    [Fact]
    public void One_kcryptd_thread_waits_for_the_disk_and_never_for_itself() =>
        Assert.Equal(ExplorationVerdict.Proved, (Short.Pages(2).Splits() with { Jobs = [Scene.Write("8KiB", number: 2, iodepth: 2)] }).Explore().Verdict);

    [Fact]
    public void Two_kcryptd_threads_that_hold_some_of_their_first_eight_pages_wait_for_each_other()
    {
        ExplorationResult result = ThreeWriters.Explore();

        Assert.Equal((ExplorationVerdict.Failed, "deadlock"), (result.Verdict, result.Found));
    }

    [Fact]
    public void Two_kcryptd_threads_that_wait_for_the_first_page_alone_do_not()
    {
        Assert.Equal(ExplorationVerdict.Proved, (ThreeWriters with { Kernel = KernelVersion.V36, Cpus = 1 }).Explore().Verdict);
    }

    /// <summary>Two pages, two kcryptd threads, two writes of two pages, and one of one page that gives its page back between them.</summary>
    private static FragmentScene ThreeWriters
    {
        get
        {
            FragmentScene scene = Short.Pages(2) with { Jobs = [Scene.Write("4KiB"), Scene.Write("8KiB", number: 2, iodepth: 2)] };
            return scene with { Target = scene.Target with { MaxActive = 2 } };
        }
    }

    // ── ios ─────────────────────────────────────────────────────────────

    [Fact]
    public void A_fragment_waits_for_an_io_until_an_earlier_fragment_of_its_write_has_ended() =>
        Assert.Equal(ExplorationVerdict.Proved, (Short.Pages(8).Ios(3).Splits() with { Jobs = [Scene.Write("16KiB")] }).Explore().Verdict);

    [Fact]
    public void It_needs_two_ios_besides_the_first_because_the_last_is_let_go_only_when_the_next_is_there()
    {
        MachineResult result = (Short.Pages(8).Ios(2).Splits() with { Jobs = [Scene.Write("12KiB")] }).Run();

        Assert.Equal("deadlock", result.End.Ends);
        Assert.Equal(("io_pool", "mempool_alloc"), (result.Blocked("kcryptd/0").WaitsOn, result.Blocked("kcryptd/0").Function));
        Assert.Equal(ExplorationVerdict.Proved, (Short.Pages(8).Ios(2).Splits() with { Jobs = [Scene.Write("8KiB")] }).Explore().Verdict);
    }

    [Fact]
    public void Sixteen_queued_writes_hold_the_whole_reserve_and_kcryptd_waits_for_an_io_that_nobody_can_free()
    {
        FragmentScene scene = Short.Splits() with { Jobs = [Scene.Write("8KiB", number: 16, iodepth: 16)] };
        MachineResult result = scene.Run();

        Assert.Equal("deadlock", result.End.Ends);
        BlockedRecord worker = result.Blocked("kcryptd/0");
        Assert.Equal(("io_pool", "cycle"), (worker.WaitsOn, worker.Reason));
        Assert.Equal(["bio#1 W 0+8"], result.Below());
        Assert.Equal("completed", (scene with { Jobs = [Scene.Write("8KiB", number: 16, iodepth: 15)] }).Run().End.Ends);
    }

    [Fact]
    public void A_page_that_comes_back_to_the_allocator_ends_that_wait_after_5_s()
    {
        // A 17th page was free: it is part of a clone below, and comes back to the allocator when that is written.
        FragmentScene scene = Short.Splits() with { Memory = new MemoryOptions { Free = DataSize.FromKibibytes(8) } };
        scene = scene.Ios(2) with { Jobs = [Scene.Write("8KiB", number: 2, iodepth: 2)] };

        Assert.Equal("completed", scene.Run().End.Ends);
    }

    [Fact]
    public void Whole_bio_buffers_and_ios_inside_the_bio_do_not_have_it()
    {
        FragmentScene scene = Short.Pages(2).Ios(2).Splits() with { Jobs = [Scene.Write("8KiB", number: 2, iodepth: 2)] };

        Assert.Equal("deadlock", scene.Explore().Found);
        Assert.Equal(ExplorationVerdict.Proved, (scene with { Kernel = KernelVersion.V41 }).Explore().Verdict);
    }
}
