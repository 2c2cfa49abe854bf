using System.Globalization;
using System.Runtime.CompilerServices;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Crypto;

/// <summary><c>struct crypto_engine</c> in front of a job ring: a crypto_queue and a kthread that pumps it into the hardware.</summary>
/// <remarks>
/// <code>
///   Submit ──► CryptoQueue(max_qlen) ──► pump (kthread) ──► JobRing.Enqueue ──► ... ──► Finalize ──► callback
///                    ▲                        │ ENOSPC, with retry: back in front, pump again
///                    └────────────────────────┘
/// </code>
/// Without retry one request is in flight; with retry as many as the ring takes. EINPROGRESS goes to a backlogged request
/// only after a successful dispatch, unless <see cref="Notify.BeforeDispatch"/> says otherwise. Time passes in the kthread's wake-up and in each attempt that the full ring refuses.
/// Not modelled: stopping the engine (DM-E6), hardware that batches.
/// </remarks>
[KernelSource("crypto/crypto_engine.c", "crypto_pump_requests, crypto_transfer_request, crypto_finalize_request", Version = "v6.18", Rules = "DM-E1-DM-E5")]
public sealed class CryptoEngine : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly JobRing _ring;
    private readonly CryptoQueue _queue;
    private readonly bool _retry;           // retry_support
    private readonly Notify _notify;        // when a backlogged caller is told
    private readonly FailedDispatch _failedDispatch;
    private readonly Duration _wakeup;      // [ps] from queueing the pump until its kthread runs
    private readonly Duration _retryCost;   // [ps] CPU time of an attempt that is answered ENOSPC
    [NotState]
    private readonly Process _pump;         // for diagnosis
    private CryptoRequest? _current;        // cur_req: the one request in flight without retry
    private bool _pumpQueued;               // the pump's work item is pending
    private bool _toldTooMany;              // callers were told that they had left the backlog, and had not (DM-E3)
    [NotState]
    private int _toldMax;                   // most of them at a time, for people

    /// <summary>Starts the engine of a ring.</summary>
    public CryptoEngine(LinuxKernel kernel, string name, JobRing ring, JobRingOptions options)
        : base(kernel.Simulation, name, "kthread_worker_fn")
    {
        ArgumentNullException.ThrowIfNull(options);
        Idle = true;
        _kernel = kernel;
        _ring = ring;
        _retry = options.Front == Front.EngineRetry;
        _notify = options.Notify ?? Notify.AfterDispatch;
        _failedDispatch = options.EffectiveFailedDispatch;
        _queue = new CryptoQueue(options.EffectiveEngineQlen, options.EffectiveBacklogMark);
        _wakeup = options.EngineWakeup;
        _retryCost = options.EngineRetry;
        _pump = kernel.Simulation.Spawn(name, Pump(), daemon: true);
    }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    protected override string? WorkLeft => _queue.Length > 0 && (_retry || _current is null)
        ? $"its queue holds {_queue.Length} request{(_queue.Length == 1 ? "" : "s")} and none is in flight that must end first"
        : null;

    /// <summary>Requests in the queue and the one in flight without retry.</summary>
    internal int Length => _queue.Length + (_current is null ? 0 : 1);

    /// <summary>Longest queue so far, backlogged requests included.</summary>
    [field: NotState]
    public int LengthMax { get; private set; }

    /// <summary>Dispatches that the full ring answered ENOSPC.</summary>
    [field: NotState]
    public long Retries { get; private set; }

    // ── from the crypto API ─────────────────────────────────────────────

    /// <summary>Queues a request and the pump, as <c>crypto_transfer_request_to_engine</c> (DM-E1). Context: any.</summary>
    public SubmitResult Submit(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _kernel.Tracer?.Calling("crypto_transfer_request_to_engine", Name, request);
        SubmitResult result = _queue.Enqueue(request);
        if (result.Accepted)
        {
            request.Engine = this;
            request.HeldBy = this;
            LengthMax = Math.Max(LengthMax, _queue.Length);
        }

        string kept = result.Status switch { SubmitStatus.Busy => "backlogged", SubmitStatus.NoSpace => "rejected", _ => "" };
        _kernel.Tracer?.Answered("crypto_transfer_request_to_engine", Name, request, result, _queue.Length, _queue.MaxLength, kept);
        QueuePump();
        return result;
    }

    // ── in the kthread ──────────────────────────────────────────────────

    private async Process Pump()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            await WaitForPumpAsync();
            _pumpQueued = false;
            while (_queue.Length > 0 && (_retry || _current is null))
            {
                if (!Dispatch())
                {
                    await _kernel.Cpus.RunAsync(_retryCost);
                }
            }
        }
    }

    /// <summary>Hands the oldest request to the ring; false if it is back in front (DM-E2, DM-E3).</summary>
    private bool Dispatch()
    {
        CryptoRequest? backlog = _queue.GetBacklog();
        CryptoRequest request = _queue.Dequeue()!;
        _current = _retry ? null : request;
        if (_notify == Crypto.Notify.BeforeDispatch)
        {
            Tell(backlog);
        }

        SubmitResult result = _ring.DoOneRequest(request, this);
        if (BringsBack(result))
        {
            PutBack(request);
            return false;
        }

        if (!result.Accepted)
        {
            OnFailed(request, result.Errno);
        }

        if (_notify == Crypto.Notify.AfterDispatch)
        {
            Tell(backlog);
        }

        return true;
    }

    /// <summary>True if a request that the driver answers so will be dispatched again.</summary>
    internal bool BringsBack(SubmitResult result) => !result.Accepted && _failedDispatch switch
    {
        FailedDispatch.RetryWhenFull => result.Status == SubmitStatus.NoSpace,
        FailedDispatch.RequeueAll => true,
        _ => false,
    };

    private void PutBack(CryptoRequest request)
    {
        Retries++;
        request.HeldBy = this;
        _queue.EnqueueHead(request);
        _toldMax = Math.Max(_toldMax, _queue.Told);
        _toldTooMany |= _queue.Told > _queue.MaxLength + 1;
    }

    private void OnFailed(CryptoRequest request, Errno errno)
    {
        _ring.Errors.Note(errno == Errno.ENOSPC ? CaamError.FullTakenForError : CaamError.EngineFinalized);
        _kernel.Tracer?.Emit(
            TraceKind.Fault, "crypto_pump_requests", target: _ring.Name, subject: request.Label, result: errno.ToString(),
            detail: string.Create(CultureInfo.InvariantCulture, $"Failed to do one request from queue: -{(int)errno}"));
        _current = null;
        request.HeldBy = null;
        CallBack(request, errno);
    }

    private void Tell(CryptoRequest? backlog)
    {
        if (backlog is not null)
        {
            _kernel.Tracer?.CallingBack("crypto_pump_requests", backlog, Errno.EINPROGRESS);
            backlog.Complete(Errno.EINPROGRESS);
        }
    }

    // ── from the ring ───────────────────────────────────────────────────

    /// <summary>Gives a request its final status and lets the pump go on, as <c>crypto_finalize_request</c> (DM-E5). Context: softirq.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_finalize_request", Version = "v6.18", Rules = "DM-E5 DM-C8")]
    internal void Finalize(CryptoRequest request, Errno status)
    {
        if (_current == request)
        {
            _current = null;
        }

        CallBack(request, status);
        QueuePump();
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <summary>What it did wrong on the way although all work has ended: the broken rule and a sentence; null if nothing.</summary>
    internal (string Rule, string Sentence)? FindBroken() => _toldTooMany
        ? ("DM-E3", $"{Name} told callers EINPROGRESS before dispatches that bounced: {_toldMax} requests in its queue were told that they had left the backlog, max_qlen is {_queue.MaxLength}")
        : null;

    /// <summary>A queued request waits for the pump; a request in flight for the ring.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(_pump);
        owners.Add(_ring);
    }

    private static void CallBack(CryptoRequest request, Errno status)
    {
        request.Engine = null;
        request.Complete(status);
    }

    private void QueuePump()
    {
        if (_pumpQueued)
        {
            return;
        }

        _pumpQueued = true;
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
            _ = WakeFirstAfter(delay);
        }
    }

    private Suspension WaitForPumpAsync([CallerLineNumber] int line = 0) => _pumpQueued && !HasWaiters ? Ready : Block(line);
}
