using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What a read of an operation socket answers.</summary>
/// <param name="Areq">The request that carries it, the last one if there were several; null if none got as far as the driver.</param>
/// <param name="Errno">Success if the data are there; EINPROGRESS for -EIOCBQUEUED; or why not.</param>
[KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg", Version = "v4.14", Rules = "AA-9 AA-10 AA-11")]
internal readonly record struct ReadAnswer(Areq? Areq, Errno Errno)
{
    /// <summary>-EIOCBQUEUED: an event will tell its end.</summary>
    public bool IsQueued => Errno == Errno.EINPROGRESS;

    /// <summary>Data read, or on their way to the event [B]; fewer than asked for where limits say so, 0 if the receive buffer is full.</summary>
    public long Bytes { get; init; }
}
