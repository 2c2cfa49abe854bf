using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>A dm-crypt target of the 4.1 generation: kcryptd, convert contexts, the sorting dmcrypt_write thread.</summary>
[Model("dm-crypt")]
[KernelSource("drivers/md/dm-crypt.c", "crypt_map, crypt_convert, dmcrypt_write", Version = "v4.1", Rules = "DM-D1 DM-D10 DM-D30")]
public sealed record DmCryptOptions : StackOptions
{
    /// <summary>The crypto device that encrypts.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>The block device below.</summary>
    [NamesPart(typeof(BlockDeviceOptions))]
    public required string Below { get; init; }

    /// <summary>Data of one crypto request: 512B, 1KiB, 2KiB or 4KiB.</summary>
    [DefaultFrom("the sector size of dm-crypt before and without the sector_size option (DM-D5)")]
    public DataSize SectorSize { get; init; } = new(512);

    /// <summary>Which answers of the crypto API crypt_convert waits on.</summary>
    [DefaultFrom("the original form, restored by c0403ec0bb5a")]
    public Submit Submit { get; init; } = Submit.WaitOnBusy;

    /// <summary>Whether a template such as xts or essiv stands between dm-crypt and the driver.</summary>
    [DefaultFrom("a driver that implements the whole mode, as CAAM does for cbc(aes)")]
    public Template Template { get; init; } = Template.None;

    /// <summary>kcryptd items that run at the same time; per CPU with same_cpu_crypt.</summary>
    [Range(1, 1024)]
    [DefaultFrom("num_online_cpus(), or 1 with same_cpu_crypt (DM-D10)")]
    public int? MaxActive { get; init; }

    /// <summary>kcryptd is a bound workqueue: a bio is encrypted on the CPU that submitted it.</summary>
    [DefaultFrom("the same_cpu_crypt flag is optional")]
    public bool SameCpuCrypt { get; init; }

    /// <summary>Largest write that is taken whole; the rest of a larger bio is sent again by the device mapper.</summary>
    [DefaultFrom("BIO_MAX_PAGES 256 pages in 4.1 (DM-D10)")]
    public DataSize MaxWriteSize { get; init; } = DataSize.FromMebibytes(1);

    /// <summary>CPU time of submitting one crypto request: the crypt_convert loop and the driver's enqueue.</summary>
    [DefaultFrom("computed from ME-D20 and ME-D21: 780ns of CPU time a request, of which dispatch, lookup, loop and allocation are 11.6 of 23.8 parts")]
    public Duration SubmitCost { get; init; } = Duration.FromNanoseconds(380);

    /// <summary>Time from queueing work or waking a thread until it runs: kcryptd, dmcrypt_write, a signalled crypt_convert.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);
}

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

/// <summary>Which answers of the crypto API crypt_convert waits on before it submits the next request.</summary>
public enum Submit
{
    /// <summary>Only EBUSY: until the backlogged request is called back with EINPROGRESS.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Commit = "c0403ec0bb5a", Mail = "000_3c7679767576e472", Rules = "DM-C4")]
    WaitOnBusy,

    /// <summary>EBUSY and EINPROGRESS: until the request is finished.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Commit = "0618764cb25f", Mail = "000_3c7679767576e472", Rules = "DM-B02")]
    WaitEveryRequest,
}
