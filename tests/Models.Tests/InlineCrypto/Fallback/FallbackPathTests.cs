using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>What the fallback does with a write and with a read (KS-E2, KS-E3), on a device without inline encryption.</summary>
public sealed class FallbackPathTests
{
    private static readonly FallbackScene Nvme = new() { Device = FallbackScene.Nvme };

    [Fact]
    public void The_slot_is_put_before_the_ciphertext_is_submitted()
    {
        using FallbackRun run = (Nvme with { TraceKept = 100 }).With(FallbackScene.Io("k1")).Run();

        string[] functions = [.. run.Result.Trace.Select(e => e.Function)];
        string[] expected = ["blk_crypto_fallback_bio_prep", "keyslot_program", "crypto_skcipher_setkey", "blk_crypto_put_keyslot", "generic_make_request", "bio_endio"];
        Assert.Equal(expected, functions.Where(expected.Contains).Distinct());
    }

    // 0: encrypts 4 pages of one unit each until 20. 20: down; 30: back.
    [Fact]
    public void Each_data_unit_of_a_write_costs_its_submitter_cpu_time()
    {
        using FallbackRun run = Nvme.With(FallbackScene.Io("k1", kib: 16)).Run();

        Assert.Equal([30m], run.EndTimes);
        Assert.Equal(20_000m, run["r1.stage.conversion.mean"]);
        Assert.Equal(10_000m, run["r1.stage.device.mean"]);
    }

    [Theory]
    [InlineData(512, 40)]
    [InlineData(1024, 20)]
    [InlineData(4096, 5)]
    public void A_page_has_as_many_data_units_as_fit(int unit, int cpu)
    {
        using FallbackRun run = Nvme.With(FallbackScene.Io("k1") with { DataUnitSize = new DataSize(unit) }).Run();

        Assert.Equal([10m + cpu], run.EndTimes);
    }

    // A unit of 8 KiB ends in every other page.
    [Fact]
    public void A_data_unit_of_two_pages_costs_once()
    {
        using FallbackRun run = Nvme.With(FallbackScene.Io("k1", kib: 16) with { DataUnitSize = DataSize.FromKibibytes(8) }).Run();

        Assert.Equal([20m], run.EndTimes);
    }

    // 257 pages are a piece of 256, encrypted until 1280 and in the device until 1290, and one page: 1285, 1295.
    [Fact]
    public void A_write_of_more_than_256_pages_goes_down_in_pieces_each_as_it_is_encrypted()
    {
        using FallbackRun run = Nvme.With(FallbackScene.Io("k1", kib: 257 * 4)).Run();

        Assert.Equal([1295m], run.EndTimes);
        Assert.Equal(2, run["ufs0.ios"]);
        Assert.Equal(256 + 1, run["blk_crypto_fallback.bounce_pages.max"]);
    }

    [Fact]
    public void A_read_is_decrypted_by_a_worker_when_it_came_back()
    {
        using FallbackRun run = (Nvme with { TraceKept = 100, Fallback = Nvme.Fallback with { Wakeup = Scene.Us * 3 } }).With(FallbackScene.Io("k1", Rw.Read, kib: 8)).Run();

        Assert.Equal([10m + 3 + 10], run.EndTimes);
        Assert.Contains(run.Result.Trace, e => e.Function == "crypto_skcipher_setkey" && e.Process.StartsWith("blk_crypto_wq", StringComparison.Ordinal));
        Assert.Equal(3_000m, run["r1.stage.wake_up.mean"]);
    }

    // max_active is the number of CPUs: 2 of 4 reads are decrypted at a time, and then the other 2.
    [Fact]
    public void As_many_reads_as_there_are_cpus_are_decrypted_at_a_time()
    {
        using FallbackRun run = (Nvme with { Cpus = 2 }).With([.. Enumerable.Repeat(FallbackScene.Io("k1", Rw.Read), 4)]).Run();

        Assert.Equal([15m, 15m, 20m, 20m], run.EndTimes.Order());
    }

    // Programming takes 1us. The first of either key programs, the others hit: 1 + 5 + 10, then 5 + 10.
    [Fact]
    public void A_slot_of_the_fallback_keeps_its_key_until_it_is_given_to_another()
    {
        using FallbackRun run = (Nvme with { Fallback = Nvme.Fallback with { SetKey = Scene.Us } }).With(FallbackScene.Io("k1", number: 3)).Run();

        Assert.Equal([16m + 15 + 15], run.EndTimes);
        Assert.Equal(1, run["blk_crypto_fallback.keyslot.programs"]);
    }

    // Both come at 0, the first programs until 1 and has the slot until 6; the second sleeps, and programs until 7.
    [Fact]
    public void Two_keys_on_one_slot_of_the_fallback_wait_for_each_other()
    {
        using FallbackRun run = (Nvme with { Fallback = Nvme.Fallback with { SetKey = Scene.Us, NumKeyslots = 1 } }).With(FallbackScene.Io("k1"), FallbackScene.Io("k2")).Run();

        Assert.Equal([16m, 22m], run.EndTimes);
        Assert.Equal(1, run["blk_crypto_fallback.keyslot.sleeps"]);
    }

    // The same with two ciphers: the second slot user blanks the first cipher's key before it sets its own.
    [Theory]
    [InlineData(CryptoMode.Aes256Xts, 22, 0)]
    [InlineData(CryptoMode.Adiantum, 23, 1)]
    public void A_slot_that_goes_over_to_another_cipher_blanks_the_old_key_first(CryptoMode second, int end, int blanked)
    {
        using FallbackRun run = (Nvme with { Fallback = Nvme.Fallback with { SetKey = Scene.Us, NumKeyslots = 1 } })
            .With(FallbackScene.Io("k1"), FallbackScene.Io("k2") with { CryptoMode = second }).Run();

        Assert.Equal([16m, end], run.EndTimes);
        Assert.Equal(blanked, run["blk_crypto_fallback.keyslot.blanked"]);
    }

    [Fact]
    public void Whoever_waits_for_a_slot_of_the_fallback_has_flushed_its_plug()
    {
        JobOptions plugged = FallbackScene.Io("k1", number: 8) with { Iodepth = 8, IodepthBatch = 8 };
        FallbackScene scene = new FallbackScene { Device = FallbackScene.Host(NoKeyslot.Fallback) with { QueueDepth = 2 } }.With(plugged, plugged with { Key = "k2" });
        using FallbackRun run = (scene with { Fallback = scene.Fallback with { NumKeyslots = 1 } }).Run();

        Assert.Equal("completed", run.Ends);
    }

    [Fact]
    public void The_defaults_are_those_of_Linux()
    {
        BlkCryptoFallbackOptions options = new();

        Assert.Equal((100, 128, 64), (options.NumKeyslots, options.NumPreallocFallbackCryptCtxs, options.BiosetPoolSize));
        Assert.Equal((32, 256), (options.EffectiveNumPreallocBouncePg, (options with { BouncePages = BouncePageAllocation.Bulk }).EffectiveNumPreallocBouncePg));
    }

    [Fact]
    public void A_slot_whose_key_was_evicted_has_none_to_blank()
    {
        using Simulation simulation = new();
        FallbackKeyslotOps ops = new(new LinuxKernel(simulation, 1), new BlkCryptoFallbackOptions { NumKeyslots = 1 });
        simulation.Spawn("task", Use());
        simulation.Run();

        Assert.Equal(0, ops.Blanked);

        async Process Use()
        {
            Keyslot slot = new(0, "slot");
            BlkCryptoKey first = new("a", 0, DataSize.FromKibibytes(4));
            await ops.ProgramAsync(slot, first);
            await ops.EvictAsync(slot, first);
            await ops.ProgramAsync(slot, new BlkCryptoKey("b", 1, DataSize.FromKibibytes(4)) { Mode = CryptoMode.Adiantum });
        }
    }
}
