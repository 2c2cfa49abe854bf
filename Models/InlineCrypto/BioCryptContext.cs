using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct bio_crypt_ctx</c>: under which key a bio is encrypted, and from which data unit on. A bio without one is not encrypted by the device.</summary>
/// <param name="key">The key.</param>
/// <param name="dun">Number of its first data unit.</param>
[KernelSource("include/linux/blk-crypto.h", "struct bio_crypt_ctx", Version = "v5.9", Rules = "KS-31 KS-32")]
public sealed class BioCryptContext(BlkCryptoKey key, DataUnitNumber dun)
{
    /// <summary>bc_key.</summary>
    public BlkCryptoKey Key { get; private set; } = key;

    /// <summary>bc_dun: number of its first data unit.</summary>
    public DataUnitNumber Dun { get; private set; } = dun;

    /// <summary>A new life, for another bio.</summary>
    internal void Set(BlkCryptoKey key, DataUnitNumber dun) => (Key, Dun) = (key, dun);
}
