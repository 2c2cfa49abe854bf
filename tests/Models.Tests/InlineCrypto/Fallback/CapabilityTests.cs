using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>Linux falls back by what the device supports (KS-E1), whatever the design for keys that it does support.</summary>
public sealed class CapabilityTests
{
    private static readonly JobOptions Io = FallbackScene.Io("k1");

    public static TheoryData<NoKeyslot> Designs => [.. Enum.GetValues<NoKeyslot>()];

    private static FallbackScene SceneOf(InlineCryptoOptions host, params JobOptions[] jobs) => new FallbackScene { Device = host }.With(jobs);

    [Theory]
    [MemberData(nameof(Designs))]
    public void A_data_unit_that_the_host_lacks_is_encrypted_by_the_cpu_whatever_the_design(NoKeyslot design)
    {
        InlineCryptoOptions host = FallbackScene.Host(design) with { DataUnitSizes = [new DataSize(512)] };
        using FallbackRun run = SceneOf(host, Io).Run();

        Assert.Equal([15m], run.EndTimes);
        Assert.Equal((1m, 0m), (run["blk_crypto_fallback.writes"], run["ufs0.keyslot.programs"]));
    }

    [Fact]
    public void A_number_of_data_units_that_does_not_fit_into_the_hosts_falls_back_and_one_that_does_not()
    {
        InlineCryptoOptions emmc = FallbackScene.Host(NoKeyslot.SleepAtRequest) with { MaxDunBytes = 4 };
        using FallbackRun run = SceneOf(emmc, Io with { DunBytes = 8 }, Io with { Key = "k2", DunBytes = 4 }).Run();

        Assert.Equal([15m, 12m], run.EndTimes);
        Assert.Equal((1m, 1m), (run["blk_crypto_fallback.writes"], run["ufs0.keyslot.programs"]));
    }

    [Fact]
    public void A_cipher_that_the_host_lacks_falls_back_unless_the_host_has_it()
    {
        JobOptions adiantum = Io with { CryptoMode = CryptoMode.Adiantum };
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.SleepAtRequest);
        using FallbackRun without = SceneOf(host, adiantum).Run();
        using FallbackRun with = SceneOf(host with { CryptoModes = [CryptoMode.Aes256Xts, CryptoMode.Adiantum] }, adiantum).Run();

        Assert.Equal([15m], without.EndTimes);
        Assert.Equal([12m], with.EndTimes);
    }

    [Fact]
    public void A_device_without_inline_encryption_gets_the_ciphertext()
    {
        using FallbackRun run = (new FallbackScene { Device = FallbackScene.Nvme }).With(Io, Io with { Key = null }).Run();

        Assert.Equal([15m, 10m], run.EndTimes);
        Assert.Equal(1, run["blk_crypto_fallback.writes"]);
    }

    [Fact]
    public void Without_the_fallback_such_an_io_ends_with_EOPNOTSUPP_and_others_go_on()
    {
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.SleepAtRequest) with { DataUnitSizes = [DataSize.FromKibibytes(4)] };
        FallbackScene scene = SceneOf(host, Io with { DataUnitSize = new DataSize(512), ContinueOnError = true }, Io with { Key = "k2" }) with
        {
            Fallback = new BlkCryptoFallbackOptions { Enabled = false },
            TraceKept = 100,
        };
        using FallbackRun run = scene.Run();

        Assert.Equal((1m, 0m), (run["r1.errors"], run["r2.errors"]));
        Assert.Equal([0m, 12m], run.EndTimes);
        Assert.Contains(run.Result.Trace, e => e.Result == nameof(Errno.EOPNOTSUPP));
    }

    [Fact]
    public void Without_the_fallback_a_plain_device_refuses_keys_and_takes_the_rest()
    {
        FallbackScene scene = new FallbackScene { Device = FallbackScene.Nvme, Fallback = new BlkCryptoFallbackOptions { Enabled = false }, TraceKept = 100 }
            .With(Io with { ContinueOnError = true }, Io with { Key = null });
        using FallbackRun run = scene.Run();

        Assert.Equal((1m, 0m), (run["r1.errors"], run["r2.errors"]));
        Assert.Contains(run.Result.Trace, e => e.Result == nameof(Errno.EOPNOTSUPP));
    }

    [Theory]
    [InlineData(4, nameof(Errno.EIO))]
    [InlineData(8, "0")]
    public void Part_of_a_data_unit_is_an_io_error_for_host_and_cpu_alike(int kib, string ends)
    {
        JobOptions job = FallbackScene.Io("k1", kib: kib) with { DataUnitSize = DataSize.FromKibibytes(8), ContinueOnError = true };
        foreach (DeviceOptions device in new DeviceOptions[] { FallbackScene.Host(NoKeyslot.SleepAtRequest), FallbackScene.Nvme })
        {
            using FallbackRun run = (new FallbackScene { Device = device, TraceKept = 100 }).With(job).Run();

            Assert.Contains(run.Result.Trace, e => e.Function == "bio_endio" && e.Target == "r1" && e.Result == ends);
        }
    }

    [Fact]
    public void A_machine_whose_hosts_encrypt_everything_has_no_fallback()
    {
        using FallbackRun run = SceneOf(FallbackScene.Host(NoKeyslot.SleepAtRequest), Io).Run();

        Assert.Null(run.Machine.Fallback);
        Assert.False(run.Has("blk_crypto_fallback.writes"));
    }

    [Fact]
    public void Design_E_without_a_fallback_is_refused_and_so_are_numbers_longer_than_an_iv_and_two_keys_of_one_name()
    {
        FallbackScene scene = new FallbackScene { Fallback = new BlkCryptoFallbackOptions { Enabled = false } }
            .With(Io with { DunBytes = 17 }, Io with { DataUnitSize = new DataSize(512) });

        Assert.Equal(
            ["ufs0.no_keyslot", "r1.dun_bytes", "r2.key"],
            MachineValidator.Validate(scene.Options).Select(problem => problem.Path).OrderBy(path => path[0] == 'u' ? 0 : 1));
    }
}
