using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>What the encryption of bios says about merging them, and about each alone.</summary>
/// <remarks>The last piece of one and the first of the next must be consecutive data units of the same key, as if they had been one.</remarks>
[KernelSource("block/blk-crypto.c", "bio_crypt_rq_ctx_compatible, bio_crypt_ctx_mergeable, bio_crypt_check_alignment", Version = "v6.18", Rules = "KS-31 KS-32 KS-33")]
internal static class CryptMerge
{
    /// <summary>Both are not encrypted, or both under the same key object.</summary>
    public static bool AreCompatible(BioCryptContext? first, BioCryptContext? second) => ReferenceEquals(first?.Key, second?.Key);

    /// <summary>The second may follow the first in one request.</summary>
    /// <param name="first">Of what comes first on the device.</param>
    /// <param name="size">Of what comes first.</param>
    /// <param name="second">Of what begins where the first ends.</param>
    public static bool AreMergeable(BioCryptContext? first, DataSize size, BioCryptContext? second) =>
        AreCompatible(first, second)
        && (first is null || first.Dun.IsContiguous((ulong)(size.Bytes / first.Key.DataUnitSize.Bytes), second!.Dun));

    /// <summary>The bio is made of whole data units. Its place in memory is not modelled: here the sector stands for the offset of a segment.</summary>
    public static bool IsAligned(Bio bio) =>
        bio.Crypt is not { } crypt || (bio.Size.Bytes > 0 && (((bio.Sector * 512) | bio.Size.Bytes) & (crypt.Key.DataUnitSize.Bytes - 1)) == 0);
}
