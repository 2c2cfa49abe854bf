using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary><c>enum blk_crypto_mode_num</c>: the cipher of a key.</summary>
public enum CryptoMode
{
    /// <summary>BLK_ENCRYPTION_MODE_AES_256_XTS: 64 bytes of key, 16 of IV; the one that hosts have.</summary>
    [Word("aes-256-xts")]
    [KernelSource("block/blk-crypto.c", "blk_crypto_modes", Version = "v5.9", Rules = "KS-48")]
    Aes256Xts,

    /// <summary>BLK_ENCRYPTION_MODE_AES_128_CBC_ESSIV: 16 bytes of key, 16 of IV.</summary>
    [Word("aes-128-cbc-essiv")]
    [KernelSource("block/blk-crypto.c", "blk_crypto_modes", Version = "v5.9", Rules = "KS-E1")]
    Aes128CbcEssiv,

    /// <summary>BLK_ENCRYPTION_MODE_ADIANTUM: 32 bytes of key, 32 of IV.</summary>
    [KernelSource("block/blk-crypto.c", "blk_crypto_modes", Version = "v5.9", Rules = "KS-E1")]
    Adiantum,

    /// <summary>BLK_ENCRYPTION_MODE_SM4_XTS: 32 bytes of key, 16 of IV.</summary>
    [KernelSource("block/blk-crypto.c", "blk_crypto_modes", Version = "v6.18", Rules = "KS-E1")]
    Sm4Xts,
}
