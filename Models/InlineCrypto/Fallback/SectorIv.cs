using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>Under what a sector is encrypted, for data that are symbols: which key, and the sector of that key's data units.</summary>
/// <remarks>The same whoever encrypts, host or CPU (KS-E4).</remarks>
/// <param name="Sector">[512-byte sectors] The data unit's number times its sectors, and the sector in it; below 2^63 as far as a symbol needs it.</param>
/// <param name="Key">Number of the key, from 1 on.</param>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_dun_to_iv", Version = "v6.18", Rules = "KS-E2 KS-E4")]
internal readonly record struct SectorIv(long Sector, int Key)
{
    /// <summary>Of a sector of a bio.</summary>
    /// <param name="context">Of the bio.</param>
    /// <param name="offset">[512-byte sectors] From its first sector; whole data units and what is left.</param>
    public static SectorIv Of(BioCryptContext context, long offset)
    {
        ulong first = unchecked(context.Dun.Limb0 * (ulong)(context.Key.DataUnitSize.Bytes / 512));
        return new SectorIv((long)(unchecked(first + (ulong)offset) & long.MaxValue), context.Key.Number + 1);
    }
}
