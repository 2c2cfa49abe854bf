using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>When the IV that a request points to is read.</summary>
public enum Latch
{
    /// <summary>When the driver is called, before it builds and maps: a copy in memory of the driver's.</summary>
    [KernelSource("drivers/crypto/chelsio/chcr_algo.c", "process_cipher", Version = "v4.14", Rules = "AA-19")]
    BeforeBuildMap,

    /// <summary>When its descriptor is written to the ring: into memory of the driver's.</summary>
    [KernelSource("drivers/crypto/chelsio/chcr_algo.c", "create_cipher_wr", Version = "v4.14", Rules = "AA-19")]
    AtSubmission,

    /// <summary>When an engine begins it: by DMA from where it points to.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto", Version = "v4.19", Rules = "AA-19 AA-25")]
    AtEngineStart,
}

/// <summary>What keeps a request back until the one that it depends on has left its IV.</summary>
public enum Dependency
{
    /// <summary>Nothing.</summary>
    [KernelSource("drivers/crypto/chelsio/chcr_algo.c", "chcr_aes_encrypt", Version = "v4.14", Mail = "004_6baa3db2e19eea6a", Rules = "AA-V2 AA-M0")]
    None,

    /// <summary>A queue of the driver's, behind building and mapping: one request of a chain is in the ring, and the next goes there when the IV is written back.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_send_request, sec_skcipher_alg_callback", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-M3 AA-27 AA-28")]
    SoftwareQueue,

    /// <summary>The hardware: jobs of a chain are in the ring together, and an engine begins one when the one before it is done, without an interrupt between.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_send_request", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-M4")]
    Hardware,
}

/// <summary>Which requests a driver takes to depend on each other.</summary>
public enum Dependent
{
    /// <summary>All of one tfm, whatever IV they come with.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto", Version = "v4.19", Rules = "AA-24 AA-29")]
    SameTfm,

    /// <summary>Those whose IV pointer is the same: the guess that mail 004 objects to.</summary>
    [KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P4")]
    SameIvPointer,

    /// <summary>Those of one tfm whose caller has said so.</summary>
    [KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P4")]
    Flagged,
}
