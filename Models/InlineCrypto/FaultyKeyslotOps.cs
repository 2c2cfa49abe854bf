using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>Around the operations of a host: every so manieth program and every so manieth evict fails, after the time that it takes.</summary>
/// <remarks>Not modelled: what the slot holds in the hardware after a failure; the tables are as after KS-11 and KS-18.</remarks>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_get_keyslot, __blk_crypto_evict_key", Version = "v6.18", Rules = "KS-11 KS-18")]
internal sealed class FaultyKeyslotOps : KeyslotOps
{
    private readonly KeyslotOps _inner;
    private readonly int _programPeriod;   // 0: none fails
    private readonly int _evictPeriod;
    private int _programs;                 // since the last that failed
    private int _evicts;

    private FaultyKeyslotOps(KeyslotOps inner, int programPeriod, int evictPeriod) =>
        (_inner, _programPeriod, _evictPeriod) = (inner, programPeriod, evictPeriod);

    /// <inheritdoc/>
    public override bool MaySleep => _inner.MaySleep;

    /// <inheritdoc/>
    internal override HostPower Power => _inner.Power;

    /// <summary>The operations as the options have them.</summary>
    public static KeyslotOps Around(KeyslotOps inner, InlineCryptoHostOptions options) =>
        options is { ProgramErrorOfEvery: null, EvictErrorOfEvery: null }
            ? inner
            : new FaultyKeyslotOps(inner, options.ProgramErrorOfEvery ?? 0, options.EvictErrorOfEvery ?? 0);

    /// <inheritdoc/>
    public override Operation ResumeAsync(HardwareUse use) => _inner.ResumeAsync(use);

    /// <inheritdoc/>
    public override Operation SuspendAsync(HardwareUse use) => _inner.SuspendAsync(use);

    /// <inheritdoc/>
    public override async Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key)
    {
        BlkStatus status = await _inner.ProgramAsync(slot, key);
        return status == BlkStatus.Ok && Fails(ref _programs, _programPeriod) ? BlkStatus.IoError : status;
    }

    /// <inheritdoc/>
    public override async Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key)
    {
        BlkStatus status = await _inner.EvictAsync(slot, key);
        return status == BlkStatus.Ok && Fails(ref _evicts, _evictPeriod) ? BlkStatus.IoError : status;
    }

    private static bool Fails(ref int calls, int period)
    {
        if (period == 0 || ++calls < period)
        {
            return false;
        }

        calls = 0;
        return true;
    }
}
