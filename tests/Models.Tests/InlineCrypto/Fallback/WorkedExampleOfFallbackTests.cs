using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>The worked example under design E: four writes r1(K1) r2(K2) r3(plain) r4(K1) at 0, one slot, P = 2us, S = 10us, 5us of CPU for a write that falls back.</summary>
public sealed class WorkedExampleOfFallbackTests
{
    private static readonly FallbackScene Scene = new FallbackScene().With(FallbackScene.Io("k1"), FallbackScene.Io("k2"), FallbackScene.Io(null), FallbackScene.Io("k1"));

    // 0: r1 reads, misses, takes the write lock and programs until 2. r2 and r4 wait to read; r3 needs nothing, and is in the device
    //    from 0 to 10.
    // 2: r1 goes to the device: 12. r2 reads, misses, and has the write lock: no slot is idle, so the CPU encrypts from 2 to 7, and
    //    the write is in the device from 7 to 17. r4 reads and hits: 12.
    [Fact]
    public void Under_fallback_the_cold_key_pays_the_lock_and_the_cipher_and_nobody_waits_for_it()
    {
        using FallbackRun run = Scene.Run();

        Assert.Equal("completed", run.Ends);
        Assert.Equal([12m, 17m, 10m, 12m], run.EndTimes);
        Assert.Equal(1, run["ufs0.keyslot.programs"]);
        Assert.Equal((1m, 1m), (run["ufs0.keyslot.exhausted"], run["blk_crypto_fallback.writes"]));
    }

    // 0: r3 has a tag, from 0 to 10. 2: r1 has the other: 12. r4 hits and waits for a tag. r2 is encrypted from 2 to 7, and then waits
    // behind r4. 10: r3's tag goes to r4: 20. 12: r1's to r2: 22.
    [Fact]
    public void With_two_tags_the_cipher_comes_before_the_tag()
    {
        using FallbackRun run = (Scene with { Device = FallbackScene.Host(NoKeyslot.Fallback) with { QueueDepth = 2 } }).Run();

        Assert.Equal([12m, 22m, 10m, 20m], run.EndTimes);
        Assert.Equal(1, run["ufs0.keyslot.programs"]);
    }

    [Fact]
    public void A_flat_cost_for_each_bio_gives_the_same_row()
    {
        using FallbackRun run = (Scene with { Fallback = Scene.Fallback with { CostPerBio = TestKit.Scene.Us * 5 } }).Run();

        Assert.Equal([12m, 17m, 10m, 12m], run.EndTimes);
    }

    // The same with reads: r2 goes to the device at 2 as it is, comes back at 12, and is decrypted until 17.
    [Fact]
    public void A_read_without_a_slot_is_decrypted_after_it_came_back()
    {
        FallbackScene reads = Scene with { Jobs = [.. Scene.Jobs.Select(job => job with { Rw = Models.Workload.Rw.Read })] };
        using FallbackRun run = reads.Run();

        Assert.Equal([12m, 17m, 10m, 12m], run.EndTimes);
        Assert.Equal(1, run["blk_crypto_fallback.reads"]);
    }

    [Fact]
    public void What_the_cpu_encrypts_counts_neither_as_plain_nor_as_hit()
    {
        using FallbackRun run = Scene.Run();

        Assert.Equal(10_000m, run["ufs0.latency.plain.max"]);
        Assert.Equal(12_000m, run["ufs0.latency.hit.max"]);
        Assert.Equal(17_000m, run["blk_crypto_fallback.latency.max"]);
        Assert.Equal(5_000m, run["blk_crypto_fallback.cpu_time"]);
    }
}
