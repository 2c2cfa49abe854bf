using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Block;

/// <summary><c>blk_status_t</c>: how far a layer got with a bio.</summary>
[KernelSource("include/linux/blk_types.h", "blk_status_t", Version = "v6.18")]
public enum BlkStatus
{
    /// <summary>BLK_STS_OK.</summary>
    Ok,

    /// <summary>BLK_STS_IOERR; the user sees EIO.</summary>
    IoError,

    /// <summary>BLK_STS_PROTECTION: an integrity tag does not fit; the user sees EILSEQ.</summary>
    Protection,

    /// <summary>BLK_STS_DEV_RESOURCE: something is short that will be there later; whoever sees it tries again.</summary>
    DevResource,

    /// <summary>BLK_STS_RESOURCE: something that the whole system shares is short; whoever sees it tries again.</summary>
    Resource,

    /// <summary>BLK_STS_AGAIN: it would have to wait where it may not; whoever sees it tries again.</summary>
    Again,

    /// <summary>BLK_STS_NOTSUPP: the device cannot do it; the user sees EOPNOTSUPP.</summary>
    NotSupported,
}

/// <summary>What the user sees of a status.</summary>
[KernelSource("block/blk-core.c", "blk_status_to_errno", Version = "v6.18")]
internal static class BlkStatuses
{
    /// <summary>The error of a bio that ends with the status.</summary>
    public static Errno ToErrno(this BlkStatus status) => status switch
    {
        BlkStatus.Ok => Errno.Success,
        BlkStatus.NotSupported => Errno.EOPNOTSUPP,
        BlkStatus.Protection => Errno.EILSEQ,
        BlkStatus.Resource => Errno.ENOMEM,
        BlkStatus.DevResource => Errno.EBUSY,
        BlkStatus.Again => Errno.EAGAIN,
        _ => Errno.EIO,
    };
}
