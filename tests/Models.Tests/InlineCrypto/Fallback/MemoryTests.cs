using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>The fallback while no page is free: its reserves are all there is (KS 1.9: 3d939695e682, b37fbce460ad).</summary>
public sealed class MemoryTests
{
    private static readonly FallbackScene Short = new() { Device = FallbackScene.Nvme, Memory = new MemoryOptions { Free = default(DataSize) } };

    private static FallbackScene With(BouncePageAllocation pages, int? reserve = null, CiphertextBio bio = CiphertextBio.Bioset) =>
        Short with { Fallback = Short.Fallback with { BouncePages = pages, NumPreallocBouncePg = reserve, CiphertextBio = bio } };

    private static string Explore(FallbackScene scene)
    {
        ExplorationResult result = ExploredMachine.Explore(scene.Options, new ExplorationOptions());
        return result.Verdict == ExplorationVerdict.Failed ? result.Found! : result.Verdict.ToString();
    }

    [Theory]
    [InlineData(BouncePageAllocation.OneAtATime, 32, "completed")]
    [InlineData(BouncePageAllocation.OneAtATime, 33, "deadlock")]
    [InlineData(BouncePageAllocation.Bulk, 33, "completed")]
    [InlineData(BouncePageAllocation.Bulk, 256, "completed")]
    public void One_write_alone_hangs_on_its_own_pages_if_the_reserve_holds_fewer(BouncePageAllocation pages, int size, string ends)
    {
        using FallbackRun run = With(pages).With(FallbackScene.Io("k1", kib: 4 * size)).Run();

        Assert.Equal(ends, run.Ends);
    }

    // The second piece has its pages when the first has ended.
    [Theory]
    [InlineData(BouncePageAllocation.OneAtATime, 512, "deadlock")]
    [InlineData(BouncePageAllocation.Bulk, 512, "completed")]
    public void A_write_of_two_pieces_needs_the_reserve_twice_and_not_at_once(BouncePageAllocation pages, int size, string ends)
    {
        using FallbackRun run = With(pages).With(FallbackScene.Io("k1", kib: 4 * size)).Run();

        Assert.Equal(ends, run.Ends);
    }

    // The reserve is 32 pages: 4 writers of 16 pages take one page each in turn, and all hang with 8.
    [Theory]
    [InlineData(BouncePageAllocation.OneAtATime, 2, "completed")]
    [InlineData(BouncePageAllocation.OneAtATime, 4, "deadlock")]
    [InlineData(BouncePageAllocation.Bulk, 4, "completed")]
    public void Writers_each_of_whom_the_reserve_would_do_for_hang_together_if_they_take_pages_one_at_a_time(BouncePageAllocation pages, int writers, string ends)
    {
        using FallbackRun run = With(pages, reserve: 32).With([.. Enumerable.Repeat(FallbackScene.Io("k1", kib: 64), writers)]).Run();

        Assert.Equal(ends, run.Ends);
        Assert.Equal(ends == "deadlock" ? 32 : 0, run.Machine.Fallback!.Pages.InUse);
    }

    [Fact]
    public void With_memory_enough_the_small_reserve_does_not_matter()
    {
        using FallbackRun run = (With(BouncePageAllocation.OneAtATime, reserve: 1) with { Memory = null }).With([.. Enumerable.Repeat(FallbackScene.Io("k1", kib: 64), 4)]).Run();

        Assert.Equal("completed", run.Ends);
    }

    [Fact]
    public void Exploring_finds_the_deadlock_of_two_writers_and_proves_that_bulk_has_none()
    {
        JobOptions[] writers = [FallbackScene.Io("k1", kib: 8), FallbackScene.Io("k1", kib: 8)];

        Assert.Equal("deadlock", Explore(With(BouncePageAllocation.OneAtATime, reserve: 2).With(writers)));
        Assert.Equal(nameof(ExplorationVerdict.Proved), Explore(With(BouncePageAllocation.Bulk, reserve: 2).With(writers)));
    }

    // One page each can never be held and waited with.
    [Fact]
    public void Exploring_proves_that_writers_of_one_page_never_hang_either_way()
    {
        JobOptions[] writers = [FallbackScene.Io("k1"), FallbackScene.Io("k1"), FallbackScene.Io("k1")];

        Assert.Equal(nameof(ExplorationVerdict.Proved), Explore(With(BouncePageAllocation.OneAtATime, reserve: 1).With(writers)));
    }

    [Theory]
    [InlineData(CiphertextBio.Kmalloc, "deadlock")]
    [InlineData(CiphertextBio.Bioset, "completed")]
    public void Write_back_that_needs_memory_for_its_bio_frees_none(CiphertextBio bio, string ends)
    {
        DirtyPagesOptions flusher = new() { Device = "ufs0", Pages = 4, AllocatingTasks = 2, Key = "k1" };
        FallbackScene scene = With(BouncePageAllocation.OneAtATime, bio: bio) with { More = [new NamedPart<WorkloadOptions>("ext4", flusher)] };
        using FallbackRun run = scene.Run();

        Assert.Equal(ends, run.Ends);
        Assert.Equal(ends == "deadlock", run["ufs0.ios"] == 0);
        Assert.Equal(ends == "deadlock" ? "deadlock" : nameof(ExplorationVerdict.Proved), Explore(scene));
    }

    [Fact]
    public void One_free_page_is_enough_for_the_bio_of_kmalloc()
    {
        DirtyPagesOptions flusher = new() { Device = "ufs0", Pages = 4, AllocatingTasks = 0, Key = "k1" };
        FallbackScene scene = With(BouncePageAllocation.OneAtATime, bio: CiphertextBio.Kmalloc) with { Memory = new MemoryOptions { Free = DataSize.FromKibibytes(4) } };
        using FallbackRun run = (scene with { More = [new NamedPart<WorkloadOptions>("ext4", flusher)] }).With(FallbackScene.Io("k1", number: 3)).Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal(1, run.Machine.Kernel.Memory.Free);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(63, false)]
    public void A_reserve_of_which_one_write_would_need_more_than_all_is_refused_for_bulk(int reserve, bool isFine)
    {
        FallbackScene scene = With(BouncePageAllocation.Bulk, reserve).With(FallbackScene.Io("k1", kib: 256));

        Assert.Equal(isFine, !MachineValidator.Validate(scene.Options).Any());
    }

    // While the machine has no page and the reserve of contexts holds one, a second read waits until the first has ended: 15, 30.
    [Fact]
    public void A_read_waits_for_the_context_of_another()
    {
        FallbackScene scene = With(BouncePageAllocation.Bulk);
        using FallbackRun run = (scene with { Fallback = scene.Fallback with { NumPreallocFallbackCryptCtxs = 1 } })
            .With(FallbackScene.Io("k1", Rw.Read), FallbackScene.Io("k1", Rw.Read)).Run();

        Assert.Equal([15m, 30m], run.EndTimes);
    }
}
