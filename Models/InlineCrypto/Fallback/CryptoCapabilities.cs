using System.Globalization;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>What keys the encryption engine of a host takes: modes_supported and max_dun_bytes_supported of its profile.</summary>
[KernelSource("block/blk-crypto-profile.c", "__blk_crypto_cfg_supported", Version = "v6.18", Rules = "KS-E1 KS-48 KS-49")]
internal sealed class CryptoCapabilities
{
    private readonly int _modes;        // a bit for each
    private readonly long _unitSizes;   // [B] each is a bit, being a power of two
    private readonly int _maxDunBytes;

    public CryptoCapabilities(InlineCryptoHostOptions options)
    {
        _modes = options.CryptoModes.Aggregate(0, (all, mode) => all | (1 << (int)mode));
        _unitSizes = options.DataUnitSizes.Aggregate(0L, (all, size) => all | size.Bytes);
        _maxDunBytes = options.MaxDunBytes;
    }

    /// <summary>The host encrypts with such keys.</summary>
    public bool Supports(CryptoConfig config) =>
        config.DunBytes <= _maxDunBytes && (_modes & (1 << (int)config.Mode)) != 0 && (_unitSizes & config.DataUnitSize.Bytes) != 0;

    /// <summary>The first thing that such a key asks for in vain, for people.</summary>
    public string WhyNot(CryptoConfig config) =>
        config.DunBytes > _maxDunBytes ? "dun_bytes " + config.DunBytes.ToString(CultureInfo.InvariantCulture)
        : (_modes & (1 << (int)config.Mode)) == 0 ? "crypto_mode " + config.Mode
        : "data_unit_size " + config.DataUnitSize;
}
