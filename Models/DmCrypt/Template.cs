using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

/// <summary>What stands between dm-crypt and the driver.</summary>
public enum Template
{
    /// <summary>Nothing: requests go to the driver itself.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "driver_algs", Version = "v6.18", Rules = "DM-C7")]
    None,

    /// <summary>A template that hands EBUSY up like EINPROGRESS and forwards the notification without freeing its request.</summary>
    [KernelSource("crypto/essiv.c", "essiv_skcipher_done", Commit = "b5a772adf45a", Rules = "DM-C7")]
    Forwarding,
}
