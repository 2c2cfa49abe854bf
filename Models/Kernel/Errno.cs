namespace CryptoSim.Models.Kernel;

/// <summary>Error numbers of the kernel ABI; functions of the kernel return them negated, traces print them bare as <c>strace</c> does.</summary>
[KernelSource("include/uapi/asm-generic/errno.h", "EBUSY, EINPROGRESS, ENOSPC")]
public enum Errno
{
    /// <summary>No error.</summary>
    Success = 0,

    /// <summary>Input/output error: what a bio ends with when a request of it failed.</summary>
    EIO = 5,

    /// <summary>Try again: what a driver without a backlog answers when its FIFO is full.</summary>
    EAGAIN = 11,

    /// <summary>Out of memory.</summary>
    ENOMEM = 12,

    /// <summary>Device or resource busy: with MAY_BACKLOG, accepted beyond the queue limit.</summary>
    EBUSY = 16,

    /// <summary>No such device: no hardware queue is left for a transformation.</summary>
    ENODEV = 19,

    /// <summary>Invalid argument.</summary>
    EINVAL = 22,

    /// <summary>No space: rejected, the request is still the caller's.</summary>
    ENOSPC = 28,

    /// <summary>Bad message: the integrity tag does not fit the data.</summary>
    EBADMSG = 74,

    /// <summary>Illegal sequence: what a bio ends with when its integrity tag does not fit (BLK_STS_PROTECTION).</summary>
    EILSEQ = 84,

    /// <summary>Operation not supported: what a bio ends with that asks the device for what it cannot do (BLK_STS_NOTSUPP).</summary>
    EOPNOTSUPP = 95,

    /// <summary>No buffer space: the hardware ring itself is full.</summary>
    ENOBUFS = 105,

    /// <summary>The crypto_engine is not running.</summary>
    ESHUTDOWN = 108,

    /// <summary>Accepted; as the status of a callback: left the backlog.</summary>
    EINPROGRESS = 115,

    /// <summary>Required key not available: what evicting a key that is in no slot answered before 5.8.</summary>
    ENOKEY = 126,
}
