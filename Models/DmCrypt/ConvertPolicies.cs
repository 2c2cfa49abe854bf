using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

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

/// <summary>Data of one crypto request.</summary>
public enum RequestSize
{
    /// <summary>One sector of sector_size, with its IV.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert_block_skcipher", Version = "v6.18", Rules = "DM-D3 ME-D20")]
    Sector,

    /// <summary>All sectors of one 4 KiB segment of the bio, whose IVs the driver counts on from the first: the multi-data-unit patches of 2026, which are not merged.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert_block_skcipher", Rules = "ME-D21")]
    Segment,
}

/// <summary>What crypt_convert does with EBUSY where it must not sleep: in softirq, with no_read_workqueue.</summary>
public enum BusyInSoftirq
{
    /// <summary>Returns BLK_STS_DEV_RESOURCE; a work item on kcryptd waits for ctx->restart and continues.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_crypt_read_continue", Commit = "8abec36d1274", Rules = "DM-B03 DM-D41")]
    Continue,

    /// <summary>Waits on ctx->restart all the same.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Commit = "39d42fa96ba1", Rules = "DM-B03")]
    Sleep,
}

/// <summary>How crypt_convert allocates a request where it must not sleep.</summary>
public enum RequestAllocation
{
    /// <summary>GFP_ATOMIC; without memory it completes ctx->restart and returns BLK_STS_DEV_RESOURCE.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req", Commit = "d68b29584c25", Rules = "DM-B04")]
    Atomic,

    /// <summary>GFP_NOIO, which may sleep.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req", Commit = "39d42fa96ba1", Rules = "DM-B04")]
    MaySleep,
}

/// <summary>Callback and flags of a request that is converted without a workqueue: mail 002's question.</summary>
public enum InlineRequest
{
    /// <summary>MAY_BACKLOG and kcryptd_async_done, as for any other.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req_skcipher", Commit = "39d42fa96ba1", Mail = "002_e236514fb5a11c88", Rules = "DM-D43")]
    MayBacklog,

    /// <summary>kcryptd_async_done and no flags: a full queue rejects.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req_skcipher", Mail = "002_e236514fb5a11c88", Rules = "DM-B16 DM-D43")]
    NoFlags,

    /// <summary>No flags and no callback, as first proposed.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req_skcipher", Mail = "002_e236514fb5a11c88", Rules = "DM-B16")]
    NoCallback,
}

/// <summary>What remembers the place of the next tag when a conversion is continued from a workqueue.</summary>
public enum TagOffset
{
    /// <summary>The convert context.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Commit = "8b8f80377657", Rules = "DM-B18")]
    Context,

    /// <summary>A local of crypt_convert, which begins again at 0.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_convert", Commit = "8abec36d1274", Rules = "DM-B18")]
    Local,
}

/// <summary>Whether crypt_convert allows the driver to sleep: CRYPTO_TFM_REQ_MAY_SLEEP.</summary>
public enum RequestSleep
{
    /// <summary>It does not: a driver's allocations are atomic.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req_skcipher", Commit = "432061b3da64", Rules = "DM-B22")]
    Never,

    /// <summary>It does: a driver's GFP_KERNEL may reclaim, and reclaim may write to this very device.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_req", Version = "v4.1", Rules = "DM-B22")]
    MaySleep,
}

/// <summary>What is done about a read whose integrity tag does not fit: the user may have written to the buffer meanwhile.</summary>
public enum Recheck
{
    /// <summary>It is read again into private pages; only if the tag does not fit those either does the read end with EILSEQ.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_read_recheck", Version = "v6.9", Rules = "DM-D33")]
    OnPrivatePages,

    /// <summary>The read ends with EILSEQ.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_read_done", Version = "v6.6", Rules = "DM-D33")]
    Never,
}
