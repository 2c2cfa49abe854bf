using CryptoSim.Models.Ciphers;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>A conversion in softirq that would have to wait goes on in kcryptd: BLK_STS_DEV_RESOURCE (DM-D41), and what is kept across it.</summary>
public sealed class ContinuationTests
{
    private static TargetScene Read(int sectors, int usable, int tag = 0)
    {
        TargetScene scene = new() { Cipher = TargetScene.Ring(usable) };
        return (scene with { Target = scene.Target with { NoReadWorkqueue = true, TagSize = new DataSize(tag) } }).Doing(Rw.Read, sectors);
    }

    private static int Continuations(MachineResult result) => result.Trace.Count(one => one.Result == "BLK_STS_DEV_RESOURCE");

    [Theory]
    [InlineData(4, 0)]   // all fit the ring
    [InlineData(5, 1)]   // the fifth is backlogged in softirq
    [InlineData(8, 1)]   // from then on kcryptd waits itself
    public void The_first_EBUSY_in_softirq_moves_the_conversion_to_kcryptd(int sectors, int continuations)
    {
        MachineResult result = Read(sectors, usable: 4).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(continuations, Continuations(result));
        Assert.Equal(sectors, result.Metric("crypto.requests"));
    }

    [Fact]
    public void Every_schedule_of_a_continuation_decrypts_each_sector_once() => Read(sectors: 4, usable: 2).Proved();

    [Fact]
    public void The_place_of_the_next_tag_is_lost_across_it_where_it_is_a_local()
    {
        TargetScene scene = Read(sectors: 6, usable: 3, tag: 16);

        (scene with { Target = scene.Target with { TagOffset = TagOffset.Context } }).Ends("completed");
        Assert.Equal("io-error", (scene with { Target = scene.Target with { TagOffset = TagOffset.Local, Recheck = Recheck.Never } }).Run().End.Ends);
    }

    [Fact]
    public void Without_a_continuation_a_local_is_enough()
    {
        TargetScene scene = Read(sectors: 3, usable: 3, tag: 16);

        (scene with { Target = scene.Target with { TagOffset = TagOffset.Local, Recheck = Recheck.Never } }).Ends("completed");
    }

    [Fact]
    public void A_request_that_cannot_be_had_in_softirq_is_allocated_by_kcryptd()
    {
        // One request in reserve and no memory: the second sector has to wait until the first is done.
        TargetScene scene = Read(sectors: 4, usable: 8) with { Memory = new MemoryOptions { Free = new DataSize(0) } };
        scene = scene with { Target = scene.Target with { RequestPool = 1 } };

        MachineResult result = scene.Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(1, Continuations(result));
        (scene with { Target = scene.Target with { RequestAllocation = RequestAllocation.MaySleep } }).Ends("fault", "DM-X2");
    }

    // ── DM-D33 ──────────────────────────────────────────────────────────

    [Theory]
    [InlineData(Recheck.OnPrivatePages, "completed", 1)]
    [InlineData(Recheck.Never, "io-error", 0)]
    public void A_read_into_a_buffer_that_the_user_changes_is_read_again_into_private_pages(Recheck recheck, string ends, int again)
    {
        TargetScene scene = new();
        MachineResult result = (scene with { Target = scene.Target with { TagSize = new DataSize(16), Recheck = recheck } })
            .With("job", TargetScene.Job(Rw.Read, sectors: 2, number: 2) with { ModifiesBufferOfEvery = 2 }).Run();

        Assert.Equal(ends, result.End.Ends);
        Assert.Equal(again, result.Trace.Count(one => one.Result == "BLK_STS_PROTECTION"));
        Assert.Equal(2 + again, result.Trace.Count(one => one.Function == "generic_make_request"));
    }

    // ── pages ───────────────────────────────────────────────────────────

    [Theory]
    [InlineData(PageAllocation.Compound, "completed")]
    [InlineData(PageAllocation.TwoPhase, "completed")]
    [InlineData(PageAllocation.Unlocked, "deadlock")]
    public void Two_writers_that_each_need_the_whole_reserve_take_turns_under_bio_alloc_lock(PageAllocation allocation, string ends)
    {
        TargetScene scene = new() { Cpus = 4, Memory = new MemoryOptions { Free = new DataSize(0) } };
        scene = (scene with { Target = scene.Target with { SectorSize = new DataSize(4096), PagePool = 2, PageAllocation = allocation } })
            .With("small", TargetScene.Job(Rw.Write, sectors: 8, number: 2, iodepth: 2))
            .With("large", TargetScene.Job(Rw.Write, sectors: 16, number: 2, iodepth: 2));

        if (ends == "completed")
        {
            scene.Proved();
        }
        else
        {
            scene.Finds(ends, null);
        }
    }

    [Theory]
    [InlineData(PageCap.TwoPercent, 4096 + 256)]
    [InlineData(PageCap.None, 200 * 32)]
    public void The_cap_bounds_the_pages_of_all_clones(PageCap cap, int most)
    {
        TargetScene scene = new()
        {
            Memory = new MemoryOptions { Total = DataSize.FromMebibytes(256) },
            Cipher = new SoftwareCipherOptions { Setup = Duration.Zero, Bandwidth = new Bandwidth(1L << 60) },
        };
        scene = scene with { Target = scene.Target with { SectorSize = new DataSize(4096), PageCap = cap } };

        decimal pages = scene.Doing(Rw.Write, sectors: 256, number: 400, iodepth: 200).Run().Metric("dm-0.pages.max");

        Assert.InRange(pages, most / 2, most + 64);
    }
}
