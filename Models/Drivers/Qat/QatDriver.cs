using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The driver of a qat instance: a watermark on its request ring, and a backlog that each completion drains.</summary>
/// <remarks>
/// <code>
///   submit ──► backlog empty, ring not nearly full ──► adf_send_message ──► engines ──► response: callback ──► drain
///      │ else                                                                                                   │
///      └─ (interrupts come here) ──► lock: (look again,) append ──► backlog ──► send the head, EINPROGRESS ◄────┘
/// </code>
/// Only completions drain the backlog: a request appended when none is left in flight stays for ever, and with it all that
/// come later, since a backlog that is not empty sends everybody to its end (DM-B11).
/// Time passes between the decision and the lock (lock_wait) and between two attempts of a caller without MAY_BACKLOG.
/// Not modelled: a submitter that overtakes another between the look at the backlog and the write to the ring; several
/// instances.
/// </remarks>
[KernelSource("drivers/crypto/intel/qat/qat_common/qat_algs_send.c", "qat_alg_send_message, qat_alg_send_backlog", Version = "v6.6", Rules = "DM-P6 DM-B10 DM-B11")]
public sealed class QatDriver : AcceleratorDriver
{
    private const int MaxRetries = 20;   // ADF_MAX_RETRIES

    private readonly QatOptions _options;
    private readonly QatBacklog _policy;
    private readonly int _nearlyFull;                        // ring->threshold
    private readonly Queue<CryptoRequest> _backlog = new();  // qat_instance_backlog

    /// <summary>Brings the instance up.</summary>
    public QatDriver(CryptoParts parts, QatOptions options)
        : base(parts, options, options?.Ring ?? 0, "adf_isr_bundle")
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _nearlyFull) = (options, options.EffectiveNearlyFull);
        _policy = options.BacklogIn(Kernel.Version);
    }

    /// <inheritdoc/>
    public override bool SubmitsInSteps => true;

    /// <inheritdoc/>
    public override int Kept => _backlog.Count;

    /// <inheritdoc/>
    public override string? WhyNobody => IsStuck ? Stuck : base.WhyNobody;

    private bool IsStuck => _backlog.Count > 0 && Jobs == 0;

    private string Stuck => $"backlog of {Name} holds {_backlog.Count} request{(_backlog.Count == 1 ? "" : "s")} and none is in flight whose callback would drain it";

    // ── from the crypto API ─────────────────────────────────────────────

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.Calling("qat_alg_send_message", Name, request);
        if (!UsesBacklog(request))
        {
            return TrySend(request) ? Sent(request) : Refuse(request);
        }

        return TryEnqueue(request) ? Sent(request) : Append(request);
    }

    /// <summary>The same, with the points at which an interrupt or another CPU can come in.</summary>
    [KernelSource("drivers/crypto/intel/qat/qat_common/qat_algs_send.c", "qat_alg_send_message_maybacklog, qat_alg_send_message_retry", Version = "v6.6", Rules = "DM-B11")]
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.Calling("qat_alg_send_message", Name, request);
        if (!UsesBacklog(request))
        {
            return await SendWithRetriesAsync(request) ? Sent(request) : Refuse(request);
        }

        if (TryEnqueue(request))
        {
            return Sent(request);
        }

        await Kernel.Simulation.Delay(_options.LockWait);   // spin_lock_bh(&backlog->lock)
        return _policy switch
        {
            QatBacklog.DecidedUnderLock when TryEnqueue(request) => Sent(request),
            _ => Append(request),
        };
    }

    private bool UsesBacklog(CryptoRequest request) => request.MayBacklog && _policy != QatBacklog.None;

    private bool TryEnqueue(CryptoRequest request) => _backlog.Count == 0 && Jobs <= _nearlyFull && TrySend(request);

    private bool TrySend(CryptoRequest request)
    {
        if (Jobs >= Capacity)
        {
            return false;
        }

        Start(request);
        return true;
    }

    private async Operation<bool> SendWithRetriesAsync(CryptoRequest request)
    {
        for (int retries = 0; !TrySend(request); retries++)
        {
            if (retries == MaxRetries)
            {
                return false;
            }

            await Kernel.Simulation.Delay(_options.Retry);
        }

        return true;
    }

    private SubmitResult Sent(CryptoRequest request) => Answer(request, SubmitResult.InProgress, function: "qat_alg_send_message");

    private SubmitResult Append(CryptoRequest request)
    {
        request.HeldBy = this;
        _backlog.Enqueue(request);
        return Answer(request, SubmitResult.Busy, "backlogged", "qat_alg_send_message");
    }

    /// <summary>ENOSPC for whom the backlog is not; before there was one EBUSY for everybody, which a caller with MAY_BACKLOG takes for a promise.</summary>
    private SubmitResult Refuse(CryptoRequest request) =>
        _policy != QatBacklog.None ? Answer(request, SubmitResult.NoSpace, "rejected", "qat_alg_send_message")
        : request.MayBacklog ? Forget(request, "qat_alg_send_message")
        : Answer(request, SubmitResult.Busy, "rejected", "qat_alg_send_message");

    // ── from the response ring ──────────────────────────────────────────

    /// <summary>The callback, then the backlog, as <c>qat_alg_callback</c>. Context: softirq.</summary>
    protected override void OnJobEnded(CryptoRequest request)
    {
        CallBack(request, Errno.Success, "qat_alg_callback");
        while (_backlog.TryPeek(out CryptoRequest? head) && TrySend(head))
        {
            _backlog.Dequeue();
            CallBack(head, Errno.EINPROGRESS, "qat_alg_send_backlog");
        }
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <inheritdoc/>
    public override (string Rule, string Sentence)? FindStandstill() => IsStuck ? ("DM-C5", Stuck) : base.FindStandstill();
}
