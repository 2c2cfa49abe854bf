using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary>How the driver knows the room in the hardware's input ring.</summary>
public enum InputRoom
{
    /// <summary>A number of its own, counted down, read from the hardware when it comes to 0.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J17")]
    Cached,

    /// <summary>The hardware's register, read for each request.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v4.1", Rules = "DM-J6")]
    ReadEachTime,
}

/// <summary>What stands between writing an entry of the input ring and telling the hardware of it.</summary>
public enum WriteBarrier
{
    /// <summary>A full write barrier: who hears of the job sees its entry.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J18")]
    Full,

    /// <summary>One for other CPUs only: the hardware may hear of the job first and fetch what stood in the entry before.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v4.1", Rules = "DM-J18 DM-B29")]
    Weak,
}

/// <summary>Where the driver's behaviour comes from if the scenario sets neither <c>front</c> nor <c>when_full</c>.</summary>
public enum Driver
{
    /// <summary>The defaults of the keys, whatever the kernel release: the driver that the mail asks for.</summary>
    [KernelSource("include/linux/crypto.h", "CRYPTO_TFM_REQ_MAY_BACKLOG", Mail = "000_3c7679767576e472", Rules = "DM-C5")]
    Configured,

    /// <summary>The kernel release of the machine: what its CAAM driver and its crypto_engine did.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J6 DM-J15 DM-J19")]
    ByKernel,
}
