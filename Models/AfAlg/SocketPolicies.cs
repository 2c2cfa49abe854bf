using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What a sendmsg is answered while another one on the same operation socket sleeps for room in the send buffer, and so has given the lock away.</summary>
public enum ConcurrentWrite
{
    /// <summary>It writes: the data of both lie among each other in the TX list.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_sendmsg, af_alg_wait_for_wmem", Version = "v4.14", Rules = "AA-2 AA-3")]
    Interleave,

    /// <summary>EBUSY: ctx->write says that somebody writes.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v6.18", Rules = "AA-2")]
    Busy,
}

/// <summary>What the ctx of a new operation socket begins with.</summary>
public enum NewContext
{
    /// <summary>Zeros.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_accept_parent_nokey", Version = "v6.18", Rules = "AA-V3")]
    Zeroed,

    /// <summary>What stood in its memory before, for ctx->inflight: a socket in two begins as if an areq were in flight, and refuses every read for ever. So in backports of one-in-flight to releases that set each field by itself. Assumed: a byte of memory used before is 0 in one case of two.</summary>
    [KernelSource("crypto/algif_skcipher.c", "skcipher_accept_parent_nokey", Version = "v6.6", Rules = "AA-V3")]
    LeftAsAllocated,
}

/// <summary>Which sendmsg of a user brings an IV.</summary>
public enum SetIv
{
    /// <summary>The first: all IOCBs of the socket are one chain.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_cmsg_send", Version = "v4.14", Rules = "AA-1 AA-16")]
    Once,

    /// <summary>Each: the IOCBs behind it begin a chain of their own.</summary>
    [KernelSource("crypto/af_alg.c", "af_alg_cmsg_send", Version = "v4.14", Rules = "AA-1 AA-21")]
    Each,
}
