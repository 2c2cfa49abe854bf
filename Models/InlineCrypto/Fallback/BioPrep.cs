using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Waiting;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>Whether a host encrypts a bio itself: blk_crypto_bio_prep, before the bio becomes a request.</summary>
/// <remarks>
/// <code>
///   bio with a key ──► not in whole data units: EIO │ key not supported: fallback, or EOPNOTSUPP without one
///                  ──► (no_keyslot: sleep-at-submit) not programmed: fallback │ (no_keyslot: fallback) no slot idle: fallback │ the host
/// </code>
/// The first line is Linux. The second is design A, of the series before 5.8 (KS-A2), and design E, which nobody has built. Not
/// modelled: that A's fallback may lack its transformations then, as a reviewer of it said.
/// </remarks>
[KernelSource("block/blk-crypto.c", "__blk_crypto_bio_prep, bio_crypt_check_alignment", Version = "v6.18", Rules = "KS-33 KS-E1")]
internal sealed class BioPrep(IBlockDevice host, InlineCryptoHostOptions options, ITakesSlotFirst? slotTry)
{
    private readonly IBlockDevice _host = host;
    private readonly CryptoCapabilities _capabilities = new(options);
    private readonly ITakesSlotFirst? _slotTry = slotTry;   // null where nobody falls back after a try for a slot

    /// <summary>What encrypts instead of the host; null without CONFIG_BLK_INLINE_ENCRYPTION_FALLBACK, and where it is never needed. Set while the machine is built.</summary>
    public BlkCryptoFallback? Fallback { get; set; }

    /// <summary>The host encrypts with such keys itself: blk_crypto_config_supported_natively.</summary>
    public bool Supports(CryptoConfig config) => _capabilities.Supports(config);

    /// <summary>Nothing has to be done about a bio that has a context: the host encrypts it.</summary>
    public bool IsForHost(Bio bio) => _slotTry is null && FindFault(bio) is null && _capabilities.Supports(bio.Crypt!.Key.Config);

    /// <summary>Decides about a bio that has a context. Context: process.</summary>
    /// <returns>True: the host goes on with it. False: it has been dealt with.</returns>
    public Operation<bool> PrepareAsync(Bio bio)
    {
        if (FindFault(bio) is { } status)
        {
            End(bio, status);
            return new Operation<bool>(false);
        }

        return _capabilities.Supports(bio.Crypt!.Key.Config)
            ? _slotTry is null ? new Operation<bool>(true) : TrySlotAsync(bio)
            : DivertAsync(bio, _capabilities.WhyNot(bio.Crypt.Key.Config) + " is not supported");
    }

    /// <summary>What is wrong with a bio itself: it has data, and every segment is whole data units. Null if nothing is.</summary>
    public static BlkStatus? FindFault(Bio bio) => CryptMerge.IsAligned(bio) ? null : BlkStatus.IoError;

    /// <summary>The fallback does it, if there is one. Context: process.</summary>
    public static Operation FallBack(Bio bio, IBlockDevice below, BlkCryptoFallback? fallback, string why) =>
        fallback is null ? End(bio, BlkStatus.NotSupported) : fallback.SubmitAsync(bio, below, why);

    /// <summary>What was measured, under the host's name.</summary>
    public void AddMetrics(MetricList metrics, string name)
    {
        if (_slotTry is FallbackWithoutSlot design)
        {
            metrics.Add(name + ".keyslot.exhausted", design.Exhausted);
        }
    }

    /// <summary>The warm-up is over.</summary>
    public void RestartMeter() => (_slotTry as FallbackWithoutSlot)?.RestartMeter();

    /// <summary>blk_crypto_evict_key: the host's slots forget the key or, if the host does not support it, those of the fallback. Context: process; may sleep.</summary>
    /// <remarks>Where the fallback also takes keys that the host supports (designs A and E), both do.</remarks>
    public async Operation<Errno> EvictAsync(BlkCryptoKey key, CryptoProfile profile)
    {
        bool isNative = _capabilities.Supports(key.Config);
        Errno answer = isNative ? await profile.EvictAsync(key) : Errno.Success;
        if (Fallback is not null && (!isNative || _slotTry is not null))
        {
            Errno other = await Fallback.Profile.EvictAsync(key);
            answer = answer == Errno.Success ? other : answer;
        }

        return answer;
    }

    /// <summary>The bio ends here.</summary>
    public static Operation End(Bio bio, BlkStatus status)
    {
        bio.End(status.ToErrno());
        return Operation.Completed;
    }

    /// <summary>Slot, or else CPU; the tag comes after (designs A and E).</summary>
    private async Operation<bool> TrySlotAsync(Bio bio)
    {
        BlkStatus status = await _slotTry!.TryAsync(bio);
        if (status == BlkStatus.Ok)
        {
            return true;
        }

        await (_slotTry.WhyFallBack(status) is { } why ? FallBack(bio, _host, Fallback, why) : End(bio, status));
        return false;
    }

    private async Operation<bool> DivertAsync(Bio bio, string why)
    {
        await FallBack(bio, _host, Fallback, why);
        return false;
    }
}
