using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>A device that encrypts nothing itself, to which bios with a key are submitted.</summary>
/// <remarks>
/// <code>
///   bio ──► without a context: the device │ with one: the fallback │ no fallback: EOPNOTSUPP
/// </code>
/// </remarks>
[KernelSource("block/blk-crypto.c", "__blk_crypto_bio_prep, blk_crypto_config_supported_natively", Version = "v6.18", Rules = "KS-E1")]
internal sealed class FallbackEntry(IBlockDevice device, BlkCryptoFallback? fallback) : IKeyedDevice
{
    private readonly IBlockDevice _device = device;
    private readonly BlkCryptoFallback? _fallback = fallback;

    /// <inheritdoc/>
    public string Name => _device.Name;

    /// <summary>Its device has no keyslots: those of the fallback forget the key. Context: process; may sleep.</summary>
    [KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_evict_key", Version = "v6.18", Rules = "KS-17")]
    public Operation<Errno> EvictKeyAsync(BlkCryptoKey key) => _fallback?.Profile.EvictAsync(key) ?? new Operation<Errno>(Errno.Success);

    /// <inheritdoc/>
    public Operation SubmitAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        if (bio.Crypt is null)
        {
            return _device.SubmitAsync(bio);
        }

        return BioPrep.FindFault(bio) is { } status ? BioPrep.End(bio, status) : BioPrep.FallBack(bio, _device, _fallback, "the device has no inline encryption");
    }
}
