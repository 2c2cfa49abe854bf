using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary><c>struct skcipher_edesc</c>: what the driver keeps with a request from its submission until it is done. Belongs to the driver that has the request.</summary>
[KernelSource("drivers/crypto/caam/caamalg.c", "struct skcipher_edesc", Version = "v6.18", Rules = "DM-J16")]
internal struct Edesc
{
    /// <summary>Its memory.</summary>
    public ObjectLifetime Memory;

    /// <summary>The scenario has its mapping fail, however often it is enqueued.</summary>
    public bool FailsToMap;

    /// <summary>The scenario has its job end with an error status.</summary>
    public bool FailsInHardware;

    /// <summary>Its entry of the input ring is not yet visible to the hardware.</summary>
    public bool IsUnwritten;

    /// <summary>The hardware has fetched what stood in its entry before.</summary>
    public bool IsStale;

    /// <summary>Type and rule of the memory.</summary>
    public static KernelType Type => new("skcipher_edesc", "DM-J16");
}
