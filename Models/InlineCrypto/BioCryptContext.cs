using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct bio_crypt_ctx</c>: under which key a bio is encrypted, and from which data unit on. A bio without one is not encrypted by the device.</summary>
/// <param name="Key">The key.</param>
/// <param name="Dun">Number of its first data unit.</param>
[KernelSource("include/linux/blk-crypto.h", "struct bio_crypt_ctx", Version = "v5.9", Rules = "KS-31 KS-32")]
public sealed record BioCryptContext(BlkCryptoKey Key, DataUnitNumber Dun);
