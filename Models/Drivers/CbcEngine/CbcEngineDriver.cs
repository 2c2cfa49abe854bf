using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>The driver of an engine for chained modes.</summary>
/// <remarks>
/// <code>
///   submit ──► build and map ──► (queue of the chain) ──► ring ──► engine ──► interrupt ──► IV written back ──► callback
///                                       ▲                   └─ hardware: the job before is done ─┘   │
///                                       └─────────────────── software-queue: the next of the chain ──┘
/// </code>
/// Time passes in building, on the submitter's CPU; in the engines; in the interrupt. A full ring keeps a request with
/// MAY_BACKLOG and answers EBUSY, and refuses another with EBUSY. Not modelled: the descriptors themselves.
/// </remarks>
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto, sec_send_request, sec_skcipher_alg_callback", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-14 AA-19 AA-25 AA-27 AA-28")]
internal sealed class CbcEngineDriver : AcceleratorDriver
{
    private readonly CbcEngineOptions _options;
    private readonly IvChains? _chains;                             // null where nothing is kept back
    private readonly Queue<CryptoRequest> _backlog = new();         // did not fit into the ring
    [NotState]
    private long _built;                                            // requests whose descriptors were built, since the end of the warm-up
    [NotState]
    private long _building;                                         // [ps] CPU time of that

    /// <summary>Brings the engine up.</summary>
    public CbcEngineDriver(CryptoParts parts, CbcEngineOptions options)
        : base(parts, options, options.Depth, "sec_isr_handle")
    {
        _options = options;
        _chains = options.Dependency == Dependency.None ? null : new IvChains(options.Dependent);
    }

    /// <inheritdoc/>
    public override int Kept => _backlog.Count + (_options.Dependency == Dependency.SoftwareQueue ? _chains!.Waiting : 0);

    /// <inheritdoc/>
    public override bool SubmitsInSteps => true;

    /// <inheritdoc/>
    public override bool SerializesIv => _options.SerializesIv ?? _options.Dependency != Dependency.None;

    /// <inheritdoc/>
    protected override bool LatchesAtSubmission => _options.Latch == Latch.BeforeBuildMap;

    // ── submission ──────────────────────────────────────────────────────

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request) => Take(request);

    /// <inheritdoc/>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        Duration build = _options.BuildTime(request.Length);
        if (build > Duration.Zero)
        {
            await Kernel.Cpus.RunAsync(build);
        }

        _built++;
        _building += _options.BuildTime(request.Length).Picoseconds;

        return Take(request);
    }

    /// <summary>Under the queue's lock: the request goes on, waits in its chain, or does not fit.</summary>
    private SubmitResult Take(CryptoRequest request)
    {
        switch (_options.Dependency)
        {
            case Dependency.SoftwareQueue when _chains!.Of(request)?.TryEnter(request) == false:
                _chains.OnWait();
                request.HeldBy = this;
                request.Track?.Enter(TimelinePhase.SoftwareQueue);
                return Answer(request, SubmitResult.InProgress, "IV in flight", "sec_send_request");

            default:
                return PlaceOrKeep(request);
        }
    }

    private SubmitResult PlaceOrKeep(CryptoRequest request)
    {
        if (Jobs < Capacity && _backlog.Count == 0)
        {
            Place(request);
            return Answer(request, SubmitResult.InProgress, function: "sec_send_request");
        }

        if (!request.MayBacklog)
        {
            LeaveChain(request);
            return Answer(request, SubmitResult.Busy, "rejected", "sec_send_request");
        }

        request.HeldBy = this;
        request.Track?.Enter(TimelinePhase.Backlog);
        _backlog.Enqueue(request);
        return Answer(request, SubmitResult.Busy, "backlogged", "sec_send_request");
    }

    /// <summary>Writes its descriptor to the ring; with dependency: hardware an engine gets it when its turn has come.</summary>
    private void Place(CryptoRequest request)
    {
        if (_options.Latch == Latch.AtSubmission)
        {
            request.LatchIv();
        }

        Enter(request);
        if (_options.Dependency == Dependency.Hardware && _chains!.Of(request)?.TryEnter(request) == false)
        {
            _chains.OnWait();
            return;
        }

        Feed(request);
    }

    // ── the hardware ────────────────────────────────────────────────────

    /// <inheritdoc/>
    public override void OnJobStarted(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.LatchIv();
    }

    /// <inheritdoc/>
    public override void OnJobProcessed(CryptoRequest request)
    {
        if (_options.Dependency == Dependency.Hardware)
        {
            request.WriteBackIv();
            if (_chains!.Next(request) is { } next)
            {
                Feed(next);
            }
        }
    }

    // ── the interrupt ───────────────────────────────────────────────────

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.WriteBackIv();
        if (_options.Dependency == Dependency.SoftwareQueue)
        {
            LeaveChain(request);
        }

        while (Jobs < Capacity && _backlog.TryDequeue(out CryptoRequest? head))
        {
            Place(head);
            CallBack(head, Errno.EINPROGRESS, "sec_skcipher_alg_callback");
        }

        CallBack(request, Errno.Success, "sec_skcipher_alg_callback");
    }

    /// <summary>The next of its chain goes into the ring, where a place has just become free.</summary>
    private void LeaveChain(CryptoRequest request)
    {
        if (_options.Dependency == Dependency.SoftwareQueue && _chains!.Next(request) is { } next)
        {
            Place(next);
        }
    }

    // ── measurement ─────────────────────────────────────────────────────

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        (_built, _building) = (0, 0);
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        base.AddMetrics(metrics);
        metrics.AddTime(Name + ".build_map.mean", new Duration(_built == 0 ? 0 : _building / _built));
    }
}
