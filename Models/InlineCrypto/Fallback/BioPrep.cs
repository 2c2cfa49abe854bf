using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>Whether a host encrypts a bio itself: blk_crypto_bio_prep, before the bio becomes a request.</summary>
/// <remarks>
/// <code>
///   bio with a key ──► not in whole data units: EIO │ key not supported: fallback, or EOPNOTSUPP without one
///                  ──► (no_keyslot: fallback) no slot idle: fallback │ the host
/// </code>
/// The first two lines are Linux; the third is design E, which nobody has built.
/// </remarks>
[KernelSource("block/blk-crypto.c", "__blk_crypto_bio_prep, bio_crypt_check_alignment", Version = "v6.18", Rules = "KS-33 KS-E1")]
internal sealed class BioPrep(IBlockDevice host, InlineCryptoHostOptions options, FallbackWithoutSlot? slotTry)
{
    private readonly IBlockDevice _host = host;
    private readonly CryptoCapabilities _capabilities = new(options);
    private readonly FallbackWithoutSlot? _slotTry = slotTry;

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

    /// <summary>What is wrong with a bio itself: every segment is whole data units. Null if nothing is.</summary>
    public static BlkStatus? FindFault(Bio bio) => bio.Size.Bytes % bio.Crypt!.Key.DataUnitSize.Bytes != 0 ? BlkStatus.IoError : null;

    /// <summary>The fallback does it, if there is one. Context: process.</summary>
    public static Operation FallBack(Bio bio, IBlockDevice below, BlkCryptoFallback? fallback, string why) =>
        fallback is null ? End(bio, BlkStatus.NotSupported) : fallback.SubmitAsync(bio, below, why);

    /// <summary>What was measured, under the host's name.</summary>
    public void AddMetrics(MetricList metrics, string name)
    {
        if (_slotTry is not null)
        {
            metrics.Add(name + ".keyslot.exhausted", _slotTry.Exhausted);
        }
    }

    /// <summary>The bio ends here.</summary>
    public static Operation End(Bio bio, BlkStatus status)
    {
        bio.End(status.ToErrno());
        return Operation.Completed;
    }

    /// <summary>Slot try, then CPU; the tag comes after (design E).</summary>
    private async Operation<bool> TrySlotAsync(Bio bio)
    {
        BlkStatus status = await _slotTry!.TryAsync(bio);
        if (status == BlkStatus.Ok)
        {
            return true;
        }

        await (status == BlkStatus.Resource ? FallBack(bio, _host, Fallback, "no keyslot is idle; hypothetical, Linux asks only what the device supports (KS-E1)") : End(bio, status));
        return false;
    }

    private async Operation<bool> DivertAsync(Bio bio, string why)
    {
        await FallBack(bio, _host, Fallback, why);
        return false;
    }
}
