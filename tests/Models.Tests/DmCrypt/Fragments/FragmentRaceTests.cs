using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>What happened when fragments shared a convert context, each race with the symptom that is its own (DM-S3 to DM-S6).</summary>
public sealed class FragmentRaceTests
{
    private static readonly FragmentScene Base = new();

    private static FragmentScene SlowEngine => Base with { Cipher = new Scene().Ring with { Setup = Scene.Service(Scene.Us * 50) } };

    // ── what exploring finds in two fragments of one page ───────────────

    [Fact]
    public void A_shared_context_can_send_the_next_clone_unencrypted_in_the_place_of_the_one_that_is_done()
    {
        ExplorationResult result = Base.Splits(Fragments.SharedContext).Explore();

        Assert.Equal((ExplorationVerdict.Failed, "corruption", "DM-S3"), (result.Verdict, result.Found, result.Rule));
        Assert.Equal("clone 2 of io bio#1 leaves with 0 of its 1 sectors encrypted, and clone 1 of io bio#1, whose turn it is, never: ctx->bio_out has moved on", result.Message);
    }

    [Fact]
    public void Without_the_wait_the_counter_is_set_to_1_over_requests_that_are_outstanding()
    {
        ExplorationResult result = Base.Splits(Fragments.SharedWithoutWait).Explore();

        Assert.Equal((ExplorationVerdict.Failed, "corruption", "DM-S4"), (result.Verdict, result.Found, result.Rule));
        Assert.Contains("cc_pending was set to 1", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void When_the_next_fragment_waits_for_pages_the_first_one_goes_to_its_sector()
    {
        ExplorationResult result = (Base.Splits(Fragments.SharedContext) with { Memory = FragmentScene.NoMemory, Jobs = [Scene.Write("12KiB")] }).Pages(2).Explore();

        Assert.Equal((ExplorationVerdict.Failed, "corruption", "DM-S5"), (result.Verdict, result.Found, result.Rule));
        Assert.Equal("clone 1 of io bio#1, encrypted for sector 0, goes to sector 8: io->sector has moved on to the next fragment", result.Message);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void A_context_for_each_fragment_has_none_of_them(int pages, bool isShort)
    {
        FragmentScene scene = Base.Splits() with { Jobs = [Scene.Write("4KiB") with { Bs = DataSize.FromKibibytes(4 * pages) }] };
        ExplorationResult result = (isShort ? (scene with { Memory = FragmentScene.NoMemory }).Pages(2) : scene).Explore();

        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    [Theory]
    [InlineData(Fragments.SharedContext)]
    [InlineData(Fragments.SharedWithoutWait)]
    public void A_synchronous_cipher_shares_a_context_safely(Fragments fragments)
    {
        ExplorationResult result = (Base.Splits(fragments) with { Cipher = FragmentScene.Synchronous, Jobs = [Scene.Write("12KiB")] }).Explore();

        Assert.Equal(ExplorationVerdict.Proved, result.Verdict);
    }

    // ── what a run shows ────────────────────────────────────────────────

    [Fact]
    public void The_wait_is_long_enough_when_nothing_else_is_under_way()
    {
        MachineResult result = Base.Splits(Fragments.SharedContext).Run();

        Assert.Equal("completed", result.End.Ends);
        Assert.Equal(["bio#1 W 0+8", "bio#1 W 8+8"], result.Below());
    }

    [Fact]
    public void A_counter_below_zero_leaves_a_clone_that_nobody_submits_and_the_write_hangs()
    {
        // Both requests are done by the time kcryptd_io wakes up: clone 2 is whole, clone 1 forgotten.
        FragmentScene scene = Base.Splits(Fragments.SharedWithoutWait);
        MachineResult result = (scene with { Target = scene.Target with { Wakeup = Scene.Us * 10 } }).Run();

        Assert.Equal(("deadlock", "DM-S4"), (result.End.Ends, result.End.Rule));
        Assert.Contains("fell below 0", result.End.Message, StringComparison.Ordinal);
        Assert.Equal("nobody", result.Blocked("writer/0").Reason);
        Assert.Equal(["bio#1 W 8+8"], result.Below());
    }

    [Fact]
    public void When_kcryptd_io_is_kept_by_a_slow_disk_the_next_clone_initialises_the_work_that_is_still_queued()
    {
        // kcryptd_io submits three small writes; each that the disk takes wakes the converter, and another waits before clone 1.
        FragmentScene scene = Base.Splits(Fragments.SharedContext) with
        {
            Device = new DiskOptions { Latency = new ConstantDuration(Scene.Us * 500), Bandwidth = new Bandwidth(1L << 60), QueueDepth = 1 },
            Jobs = [Scene.Write("4KiB", number: 3, iodepth: 3), Scene.Write("8KiB")],
        };
        MachineResult result = scene.Run();

        Assert.Equal(("fault", "DM-S6"), (result.End.Ends, result.End.Rule));
        Assert.Equal("completed", (scene with { Target = scene.Target with { Fragments = Fragments.OwnContext } }).Run().End.Ends);
    }

    [Fact]
    public void With_a_slow_engine_the_clone_leaves_half_encrypted()
    {
        FragmentScene scene = SlowEngine.Splits(Fragments.SharedWithoutWait, segments: 2) with { Jobs = [Scene.Write("16KiB")] };
        MachineResult result = scene.Run();

        // Four jobs of 50us; the counter is 3 when the second fragment has begun, and the second job brings it to 0.
        Assert.Equal(("corruption", "DM-S4"), (result.End.Ends, result.End.Rule));
        Assert.Contains("leaves with 0 of its 2 sectors encrypted", result.End.Message, StringComparison.Ordinal);
    }
}

internal static class SmallPools
{
    /// <summary>A page pool with so many pages.</summary>
    public static FragmentScene Pages(this FragmentScene scene, int pages) => scene with { Target = scene.Target with { PagePool = pages } };

    /// <summary>Request and io pools with so many elements.</summary>
    public static FragmentScene Ios(this FragmentScene scene, int ios) => scene with { Target = scene.Target with { RequestPool = ios } };
}
