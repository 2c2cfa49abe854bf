using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>What stands between dm-crypt and the driver.</summary>
public enum Template
{
    /// <summary>Nothing: requests go to the driver itself.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "driver_algs", Version = "v6.18", Rules = "DM-C7")]
    None,

    /// <summary>A template that hands EBUSY up like EINPROGRESS and forwards the notification without freeing its request.</summary>
    [KernelSource("crypto/essiv.c", "essiv_skcipher_done", Commit = "b5a772adf45a", Rules = "DM-C7")]
    Forwarding,

    /// <summary>A template that frees its request on any answer but EINPROGRESS: after EBUSY the child still has it.</summary>
    [KernelSource("crypto/xts.c", "xts_encrypt", Version = "v5.4", Rules = "DM-B12 DM-C7")]
    FreesOnEbusy,
}
