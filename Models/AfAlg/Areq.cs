using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>One read of an operation socket on its way through a driver: <c>struct af_alg_async_req</c>.</summary>
[KernelSource("include/crypto/if_alg.h", "struct af_alg_async_req", Version = "v4.14", Rules = "AA-5 AA-8 AA-9 AA-12")]
internal sealed class Areq(OperationSocket socket, bool isAsync) : SkcipherRequest(mayBacklog: !isAsync || socket.Backlogs)
{
    private readonly OperationSocket _socket = socket;
    private readonly IvCell _own = socket.NewCell();   // a copy of its own, for the policies that make one
    private IvValue _expected;                         // that it should start from, as its user sees it

    /// <summary>The read comes from io_submit, and its end is told by an event.</summary>
    public bool IsAsync { get; } = isAsync;

    /// <summary>When the work on the socket for it began.</summary>
    [field: NotState]
    public VirtualTime SubmittedAt { get; private set; }

    /// <summary>How its crypto operation ended.</summary>
    public Errno Status { get; private set; }

    /// <inheritdoc/>
    public override string CallbackName => IsAsync ? "af_alg_async_cb" : "crypto_req_done";

    /// <summary>Where its own IV lies.</summary>
    public IvCell Own => _own;

    /// <summary>A new life for an IOCB.</summary>
    /// <param name="index">0-based place of the IOCB in the order of its user.</param>
    /// <param name="expected">The IV that its user takes it to start from.</param>
    /// <param name="begunAt">When the work on the socket for it began.</param>
    public void For(long index, IvValue expected, VirtualTime begunAt)
    {
        (Index, _expected, SubmittedAt) = (index, expected, begunAt);
        Track = _socket.Kernel.Requests?.Begin(_socket.Name, index + 1, begunAt);
    }

    /// <summary>Its data are pulled and its IV pointer is set.</summary>
    public void Set(IvCell cell, long position, DataSize length, bool isEncryption)
    {
        Begin(_socket.Cipher, cell, position, length);
        (IsEncryption, MaySleep, Tfm) = (isEncryption, true, _socket.Tfm);
        Track?.Enter(TimelinePhase.Mutex);
    }

    /// <inheritdoc/>
    private protected override Span<byte> Output => _socket.Owner.OutputOf(this);

    /// <inheritdoc/>
    private protected override void OnLatched()
    {
        if (LatchedIv != _expected)
        {
            _socket.Owner.OnStaleIv(this);
        }
    }

    /// <inheritdoc/>
    protected override void OnComplete(Errno status)
    {
        if (status != Errno.EINPROGRESS)
        {
            Status = status;
            Track?.End();
            _socket.OnCallback(this);
        }
    }

    /// <summary>It was done without a callback.</summary>
    public void EndAtOnce(Errno status)
    {
        Status = status;
        Track?.EndAtOnce(wasDone: status == Errno.Success);
    }
}
