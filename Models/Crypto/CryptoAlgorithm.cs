using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary><c>struct crypto_alg</c>: an implementation of xts(aes) as /proc/crypto lists it, for choosing among them.</summary>
/// <param name="Driver">cra_driver_name, e.g. <c>xts-aes-aesni</c>.</param>
/// <param name="Priority">cra_priority: the highest is taken.</param>
/// <param name="IsAsync">CRYPTO_ALG_ASYNC.</param>
/// <param name="IsInternal">CRYPTO_ALG_INTERNAL: for other implementations only.</param>
/// <param name="AllocatesMemory">CRYPTO_ALG_ALLOCATES_MEMORY: may allocate while it serves a request.</param>
[KernelSource("include/linux/crypto.h", "struct crypto_alg", Version = "v6.18", Rules = "DM-C2 SC-10")]
public sealed record CryptoAlgorithm(string Driver, int Priority, bool IsAsync, bool IsInternal = false, bool AllocatesMemory = false)
{
    /// <summary>cra_priority of a hardware driver that does not say another.</summary>
    public const int HardwarePriority = 3000;   // CAAM_CRA_PRIORITY
}
