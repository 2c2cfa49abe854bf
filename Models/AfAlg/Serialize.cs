using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What AF_ALG does with IOCBs of one operation socket that are in flight together: which IV each gets, and who waits. Releases of the kernel, and the proposals of 2018.</summary>
public enum Serialize
{
    /// <summary>V1, 4.1 to 4.13: each request has a copy of ctx->iv as it was at its submission, and nobody writes back. IOCBs are never chained.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg_async", Commit = "a596999b7ddf", Rules = "AA-V1")]
    Snapshot,

    /// <summary>V2, 4.14 to 6.7: requests point to ctx->iv and the driver writes it, whoever else is in flight.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Commit = "e870456d8e7c", Rules = "AA-V2 AA-8")]
    None,

    /// <summary>P1, proposed in 2018: a mutex of the socket from before the submission until the callback.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P1")]
    Mutex,

    /// <summary>P2, proposed in 2018: each IOCB brings an IV of its own in front of its data.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P2")]
    InlineIv,

    /// <summary>P3, proposed in 2018: the mutex, but not in front of a driver whose flag says that it serialises by itself.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P3")]
    MutexUnlessDriver,

    /// <summary>P4, asked for in 2018: no mutex; requests that depend on the one before say so, and the driver does its best.</summary>
    [KernelSource("include/crypto/skcipher.h", "struct skcipher_request", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P4")]
    ChainedFlag,

    /// <summary>V3, since 6.8: while one request is in flight another is refused with EBUSY.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_alloc_areq", Commit = "67b164a871af", Rules = "AA-V3")]
    OneInFlight,

    /// <summary>V4a, proposed in 2026 for 6.12.y: one in flight, and it has a copy of ctx->iv that is written back when it is done.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v6.12", Rules = "AA-V4")]
    SnapshotOneInFlight,

    /// <summary>V4b, 6.1.y and 6.6.y of 2026: each request is waited for inside io_submit, with the socket locked.</summary>
    [KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v6.6", Rules = "AA-V4")]
    ForcedSync,

    /// <summary>V5, 2026: sockets have no AIO any more, and io_submit does what a read does.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg", Commit = "fcc77d33a34c", Rules = "AA-V5")]
    NoAio,
}
