using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>Who reads from an operation socket: gets the results.</summary>
[KernelSource("include/linux/fs.h", "struct kiocb", Version = "v4.14", Rules = "AA-12")]
internal interface IIocbOwner
{
    /// <summary>Where the result of a request goes; empty if nobody wants it.</summary>
    Span<byte> OutputOf(Areq areq);

    /// <summary>A driver has read another IV for a request than its user takes it to start from.</summary>
    void OnStaleIv(Areq areq);

    /// <summary>ki_complete(): a request that io_submit had queued has ended. Context: the callback's, mostly softirq.</summary>
    void OnIocbDone(Areq areq);
}

/// <summary>The owner of a socket whose reads all say who reads.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_accept", Version = "v4.14", Rules = "AA-12")]
internal sealed class NobodyReads : IIocbOwner
{
    /// <inheritdoc/>
    public Span<byte> OutputOf(Areq areq) => [];

    /// <inheritdoc/>
    public void OnStaleIv(Areq areq) => Invariant.Holds(areq.Reader != this, "every read of the socket says who reads");

    /// <inheritdoc/>
    public void OnIocbDone(Areq areq) => OnStaleIv(areq);
}
