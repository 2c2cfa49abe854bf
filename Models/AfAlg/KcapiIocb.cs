using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>An IOCB of kcapi with its IOVEC: <c>struct iocb</c> in one of the 64 places of a chunk.</summary>
[KernelSource("include/uapi/linux/aio_abi.h", "struct iocb", Version = "v4.14", Rules = "AA-7 AA-13")]
internal sealed class KcapiIocb(KcapiTask task) : IIocbOwner
{
    private readonly KcapiTask _task = task;

    /// <summary>0-based number of its IOVEC among all of the call.</summary>
    public int Number { get; private set; }

    /// <summary>It becomes that of an IOVEC.</summary>
    public void For(int number) => Number = number;

    /// <inheritdoc/>
    public Span<byte> OutputOf(Areq areq) => _task.OutputOf(areq, Number);

    /// <inheritdoc/>
    public void OnStaleIv(Areq areq) => _task.OnStaleIv(areq);

    /// <inheritdoc/>
    public void OnIocbDone(Areq areq) => _task.OnEvent(areq, Number);
}
