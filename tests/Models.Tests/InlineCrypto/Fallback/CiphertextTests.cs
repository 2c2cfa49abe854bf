using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Fallback;

/// <summary>The ciphertext is the same whoever encrypts (KS-E4), and of no use to another key or another place.</summary>
public sealed class CiphertextTests : IDisposable
{
    private static readonly DataSize Unit = DataSize.FromKibibytes(4);
    private readonly Simulation _simulation = new();
    private readonly OneAfterTheOther _task;
    private readonly InlineCryptoHost _host;
    private readonly ThroughFallback _byCpu;
    private readonly KeyRing _keys = new();

    public CiphertextTests()
    {
        LinuxKernel kernel = new(_simulation, 4) { KeepsContents = true };
        _task = new OneAfterTheOther(kernel);
        _host = new InlineCryptoHost(kernel, "ufs0", FallbackScene.Host(NoKeyslot.SleepAtRequest), new RandomSource(1).Stream("latency"));
        _byCpu = new ThroughFallback(new BlkCryptoFallback(kernel, new BlkCryptoFallbackOptions()), _host);
    }

    public void Dispose() => _simulation.Dispose();

    public static TheoryData<bool, bool> Both => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Both))]
    public void What_one_has_encrypted_the_other_decrypts(bool writesByCpu, bool readsByCpu)
    {
        Write("k1", dun: 7, writesByCpu);
        Bio read = Read("k1", dun: 7, readsByCpu);
        _task.Run();

        Assert.Equal([new SectorRun(8, 24, Version: 1, Plain: 8, Iv: -1)], read.Found);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Another_key_another_number_or_none_does_not_decrypt_it(bool writesByCpu, bool readsByCpu)
    {
        Write("k1", dun: 7, writesByCpu);
        Bio[] reads = [Read("k2", dun: 7, readsByCpu), Read("k1", dun: 8, readsByCpu), Read(null, dun: 0, readsByCpu)];
        _task.Run();

        Assert.All(reads, read => Assert.Equal(7 * 8, Assert.Single(read.Found!).Iv));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Plaintext_that_is_decrypted_is_no_plaintext_any_more(bool readsByCpu)
    {
        Write(null, dun: 0, byCpu: false);
        Bio read = Read("k1", dun: 7, readsByCpu);
        _task.Run();

        Assert.NotEqual(-1, Assert.Single(read.Found!).Iv);
    }

    // One slot, which another key has in use now and then: some I/O is encrypted by the host and some by the CPU.
    [Fact]
    public void A_job_that_verifies_reads_back_what_host_and_cpu_have_encrypted_in_turn()
    {
        JobOptions job = FallbackScene.Io("k1", Rw.Randwrite, number: 40) with { RateIops = 50_000, Verify = true, Size = DataSize.FromKibibytes(64) };
        InlineCryptoOptions host = FallbackScene.Host(NoKeyslot.Fallback) with { Latency = new ExponentialDuration(Scene.Us * 10) };
        FallbackScene scene = new FallbackScene { Device = host }.With(job, FallbackScene.Io("k2", Rw.Randread, number: 60) with { RateIops = 50_000, RateProcess = RateProcess.Poisson });
        using FallbackRun run = scene.Run();

        Assert.Equal("completed", run.Ends);
        Assert.InRange(run["blk_crypto_fallback.writes"], 1, 39);
        Assert.InRange(run["blk_crypto_fallback.reads"], 1, 200);
    }

    private void Write(string? key, ulong dun, bool byCpu) => Make(key, dun, byCpu, isWrite: true).Carry(1);

    private Bio Read(string? key, ulong dun, bool byCpu) => Make(key, dun, byCpu, isWrite: false);

    private Bio Make(string? key, ulong dun, bool byCpu, bool isWrite)
    {
        Bio bio = _task.Add(byCpu ? _byCpu : _host, sector: 8, pages: 2, isWrite);
        bio.Crypt = key is null ? null : new BioCryptContext(_keys.Get(key, Unit), new DataUnitNumber(dun));
        return bio;
    }
}
