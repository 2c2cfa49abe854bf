using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>One read of an operation socket on its way through a driver: <c>struct af_alg_async_req</c>.</summary>
[KernelSource("include/crypto/if_alg.h", "struct af_alg_async_req", Version = "v4.14", Rules = "AA-5 AA-8 AA-9 AA-12")]
internal sealed class Areq(OperationSocket socket, bool isAsync) : SkcipherRequest(mayBacklog: !isAsync || socket.Backlogs)
{
    private readonly OperationSocket _socket = socket;
    private IvValue? _expected;      // that it should start from, as its user sees it; null where nobody compares
    [NotState]
    private long _setsBefore;        // how often ctx->iv had been set when it was made

    /// <summary>The read comes from io_submit, and its end is told by an event.</summary>
    public bool IsAsync { get; } = isAsync;

    /// <summary>The socket it is of.</summary>
    public OperationSocket Socket => _socket;

    /// <summary>Who reads.</summary>
    public IIocbOwner Reader { get; private set; } = socket.Owner;

    /// <summary>Where its data come to lie in its reader's room [B]; not 0 where a read took several requests.</summary>
    public long Offset { get; private set; }

    /// <summary>What the socket is charged for it [B].</summary>
    public long Charged { get; set; }

    /// <summary>Pages of the reader's that are pinned for it [B].</summary>
    public long Pinned { get; set; }

    /// <summary>When the work on the socket for it began.</summary>
    [field: NotState]
    public VirtualTime SubmittedAt { get; private set; }

    /// <summary>When its task began to sleep for the IV's mutex.</summary>
    [field: NotState]
    public VirtualTime MutexAskedAt { get; private set; }

    /// <summary>How its crypto operation ended.</summary>
    public Errno Status { get; private set; }

    /// <inheritdoc/>
    public override string CallbackName => IsAsync ? "af_alg_async_cb" : "crypto_req_done";

    /// <summary>Where its own IV lies.</summary>
    public IvCell Own { get; } = new();

    /// <summary>A sendmsg() with ALG_SET_IV came between its submission and the read of its IV. For people.</summary>
    public bool WasOverwritten => ChainedTo == 0 && Cell.Sets > _setsBefore;

    /// <summary>A new life for a read.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="index">0-based place of the read among those of its socket.</param>
    /// <param name="offset">In the reader's room [B].</param>
    /// <param name="begunAt">When the work on the socket for it began.</param>
    public void For(IIocbOwner reader, long index, long offset, VirtualTime begunAt)
    {
        (Reader, Index, Offset, SubmittedAt) = (reader, index, offset, begunAt);
        Track = _socket.Kernel.Requests?.Begin(_socket.Name, index + 1, begunAt);
    }

    /// <summary>Its data are pulled and its IV pointer is set.</summary>
    public void Set(IvCell cell, long position, DataSize length, bool isEncryption)
    {
        Begin(_socket.Cipher, cell, position, length);
        (IsEncryption, MaySleep, Tfm, _setsBefore) = (isEncryption, true, _socket.Tfm, cell.Sets);
        Track?.Enter(TimelinePhase.Mutex);
    }

    /// <summary>The IV that it should start from; null where nobody compares.</summary>
    public void Expect(IvValue? iv) => _expected = iv;

    /// <summary>Its task begins to sleep for the IV's mutex.</summary>
    public void BeginMutexWait() => MutexAskedAt = _socket.Kernel.Simulation.Now;

    /// <inheritdoc/>
    private protected override Span<byte> Output => Reader.OutputOf(this);

    /// <summary>Its IV pointer points to the copy of its own.</summary>
    public bool HasCopy => Cell == Own;

    private string Place => HasCopy ? "req->iv" : "ctx->iv";

    private string Found => ChainedTo == 0 ? "the user's IV" : FormattableString.Invariant($"the last block of IOCB {ChainedTo}");

    /// <inheritdoc/>
    private protected override void OnLatched()
    {
        if (_expected is { } expected && LatchedIv != expected)
        {
            Reader.OnStaleIv(this);
        }
        else
        {
            Say(TraceKind.Step, _socket.Name);
        }
    }

    /// <summary>Writes to the trace that its IV has been read.</summary>
    /// <param name="kind">A fault if it is stale.</param>
    /// <param name="where">Where it lies, or who should have written it.</param>
    public void Say(TraceKind kind, string where) => _socket.Kernel.Tracer?.Emit(
        kind, $"read {Place}", where, Label, kind == TraceKind.Fault ? Found + " (stale)" : "", kind == TraceKind.Fault ? "" : Found);

    /// <inheritdoc/>
    private protected override void OnWritten() =>
        _socket.Kernel.Tracer?.Emit(TraceKind.Step, $"write {Place}", _socket.Name, Label, detail: FormattableString.Invariant($"the last block of IOCB {Index + 1}"));

    /// <inheritdoc/>
    private protected override void OnStalePart() => Reader.OnStaleIv(this);

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
