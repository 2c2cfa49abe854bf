using System.Runtime.CompilerServices;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Caam;

/// <summary>A CAAM-like job ring: takes requests into a bounded ring, its engines process them, an interrupt and a tasklet retire them.</summary>
/// <remarks>
/// <code>
///   Enqueue ──► ring[Capacity] ──► input ring ──► engines ──► OnJobDone ──► output ring ──► interrupt ──► tasklet ──► Retire
///      │ full      ▲                                                                                         │
///      ▼           └──────────────────── one for each freed entry, with Complete(EINPROGRESS) ◄──────────────┤
///   WhenFull ──► backlog                                                                                     ▼
///                                                                                                       Complete(0)
/// </code>
/// Time passes in the engines (setup + length / bandwidth), between the end of a job and its interrupt, and in the handler.
/// Entries are freed in ring order: a finished job behind an unfinished one still occupies its entry (DM-J10); with <see cref="Freed.AnyOrder"/> each by itself.
/// The hardware's own input ring is a second limit only where the options make it smaller (DM-J3). Not modelled: error statuses of the ring itself (DM-J8 ends in BUG()).
/// </remarks>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue, caam_jr_dequeue, caam_jr_interrupt", Version = "v4.1", Rules = "DM-J1-DM-J12")]
public sealed class JobRing : IHolder, IJobDriver
{
    private readonly LinuxKernel _kernel;
    private readonly JobRingOptions _options;
    private readonly WhenFull _whenFull;                  // policy of the driver
    private readonly string _answering;                   // function that answers the crypto API: in 4.1 the algorithm turns 0 into EINPROGRESS (DM-J6)
    private readonly RingEntries _entries;                // entinfo
    private readonly Queue<CryptoRequest> _backlog = new();   // kept by the driver, not yet in the ring; first in, first out
    private readonly JobEngines _engines;
    private readonly JobRingInterrupt _interrupt;
    private readonly InputRing? _inputRing;               // null: as large as the entries, never the limit
    private bool _isPromoting;                            // freed entries are being filled from the backlog

    /// <summary>Brings up the ring, its engines and its interrupt.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">E.g. <c>jr0</c>.</param>
    /// <param name="options">Depth, policy, timing.</param>
    /// <param name="setup">Stream of the engines' setup times.</param>
    public JobRing(LinuxKernel kernel, string name, JobRingOptions options, RandomStream setup)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        _kernel = kernel;
        _options = options;
        _whenFull = options.EffectiveWhenFull;
        _answering = _whenFull == WhenFull.Reject ? "caam_jr_enqueue" : "ablkcipher_encrypt";
        _entries = new RingEntries(options.Capacity, options.Freed);
        Name = name;
        _inputRing = options.InputRing is { } input ? new InputRing(input, options.InputRoom ?? InputRoom.Cached) : null;
        Descriptors = new Descriptors(kernel, options, Errors);
        Meter = new JobRingMeter(kernel.Simulation, options.Engines);
        _interrupt = new JobRingInterrupt(kernel, this, Meter, options.Interrupt, options.Coalesce, "caam_jr_interrupt");
        _engines = new JobEngines(kernel, this, Meter, options.Timing, setup);
    }

    /// <summary>E.g. <c>jr0</c>.</summary>
    public string Name { get; }

    /// <summary>Jobs the ring can hold: one entry stays free so that a full ring differs from an empty one (DM-J3).</summary>
    public int Capacity => _entries.Capacity;

    /// <summary>Entries in use, those of finished jobs behind an unfinished one included.</summary>
    public int Used => _entries.Used;

    /// <summary>Requests kept by the driver beyond the ring.</summary>
    public int Backlogged => _backlog.Count;

    /// <summary>True while the coalescing timer runs.</summary>
    internal bool HasArmedTimer => _interrupt.HasArmedTimer;

    /// <summary>What is measured about the ring.</summary>
    public JobRingMeter Meter { get; }

    /// <summary>Descriptors of the requests it is given.</summary>
    internal Descriptors Descriptors { get; }

    /// <summary>Why requests ended with errors.</summary>
    internal CaamErrors Errors { get; } = new();

    /// <summary>True if a full ring makes its callers sleep (DM-J14).</summary>
    internal bool Sleeps => _whenFull == WhenFull.SleepAndRetry;

    // ── from the crypto API, or from the crypto_engine ──────────────────

    /// <summary>Takes, keeps, drops or rejects a request, as the answer says. Context: any.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v4.1", Rules = "DM-J6")]
    public SubmitResult Enqueue(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AssertInvariants();
        _kernel.Tracer?.Calling("caam_jr_enqueue", Name, request);
        SubmitResult result = request.Edesc.FailsToMap ? Fail(request)
            : HasRoom && _backlog.Count == 0 ? Accept(request) : RefuseOrKeep(request);
        Meter.Answered(result.Status);
        return result;
    }

    /// <summary>Enqueues a request of the crypto_engine, as <c>skcipher_do_one_req</c>. Context: process.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_do_one_req", Version = "v6.18", Rules = "DM-J16")]
    internal SubmitResult DoOneRequest(CryptoRequest request, CryptoEngine engine)
    {
        if (!Descriptors.Touch(request, "skcipher_do_one_req"))
        {
            return SubmitResult.Error(Errno.EIO);   // the run ends after this step
        }

        SubmitResult result = Enqueue(request);
        if (!result.Accepted)
        {
            Descriptors.OnRefused(request, engine.BringsBack(result));
        }

        return result;
    }

    /// <summary>Sleeps before the next attempt, with the lock dropped (DM-J14). Context: process; elsewhere a fault.</summary>
    /// <returns>False if it may not.</returns>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v5.2", Rules = "DM-J14 DM-X2")]
    internal async Operation<bool> SleepAsync(CryptoRequest request)
    {
        if (!_kernel.MaySleep("msleep"))
        {
            return false;
        }

        Meter.Sleep();
        _kernel.Tracer?.Emit(TraceKind.Wait, "msleep", target: Name, subject: request.Label, detail: "ring full");
        await _kernel.Simulation.Delay(_options.RetrySleep);
        return true;
    }

    private bool HasRoom => Used < Capacity && _inputRing?.HasRoom(_engines.Unfetched) != false;

    private SubmitResult Fail(CryptoRequest request)
    {
        request.HeldBy = null;
        Errors.Note(CaamError.NotMapped);
        return Answer(request, SubmitResult.Error(Errno.EIO), "can't map jobdesc");
    }

    private SubmitResult Accept(CryptoRequest request)
    {
        EnterRing(request);
        return Answer(request, SubmitResult.InProgress);
    }

    private SubmitResult RefuseOrKeep(CryptoRequest request)
    {
        switch (_whenFull)
        {
            case WhenFull.Backlog when request.MayBacklog:
                request.HeldBy = this;
                _backlog.Enqueue(request);
                Meter.BacklogLength(_backlog.Count);
                return Answer(request, SubmitResult.Busy, "backlogged");

            case WhenFull.DropRequest:
                Forget(request);
                Answer(request, SubmitResult.Busy, "request dropped");
                _kernel.Tracer?.Dropped("caam_jr_enqueue", Name, request);
                return SubmitResult.Busy;

            case WhenFull.SleepAndRetry:
                request.HeldBy = null;
                return Answer(request, SubmitResult.NoSpace, "sleeps");

            default:
                request.HeldBy = null;
                return Answer(request, SubmitResult.NoSpace, "rejected");
        }
    }

    private void Forget(CryptoRequest request)
    {
        request.Forgotten(Name);
        Descriptors.Free(request, _answering);
        Meter.Drop();
    }

    private SubmitResult Answer(CryptoRequest request, SubmitResult result, string kept = "", [CallerLineNumber] int line = 0)
    {
        _kernel.Tracer?.Answered(_answering, Name, request, result, Used, Capacity, kept, line: line);
        return result;
    }

    private void EnterRing(CryptoRequest request)
    {
        request.HeldBy = this;
        _entries.Fill(request);
        Meter.RingFill(Used);
        _kernel.Tracer?.RingFill(Name, Used);
        _engines.Add(request);
        _inputRing?.OnAdded(_engines.Unfetched);
    }

    // ── from the engines ────────────────────────────────────────────────

    /// <summary>A job's output-ring entry is written and its interrupt line rises. Context: hardware.</summary>
    public void OnJobDone(CryptoRequest request) => _interrupt.OnOutput(request);

    // ── in the tasklet ──────────────────────────────────────────────────

    /// <summary>Frees entries up to the first unfinished job, fills them from the backlog, and calls back (DM-J9, DM-J10). Context: softirq.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_dequeue", Version = "v4.1", Rules = "DM-J9 DM-J10")]
    public void Retire(CryptoRequest request)
    {
        AssertInvariants();
        if (request.Edesc.IsStale)
        {
            OnUnknownDescriptor(request);
            return;
        }

        _entries.Retire(request);
        Meter.Retired(Used, request.Length);
        _kernel.Tracer?.RingFill(Name, Used);
        request.HeldBy = null;
        TakeFromBacklog();
        Errno status = StatusOf(request);
        if (Descriptors.TryFinish(request))
        {
            CallBack(request, status);
        }
    }

    private Errno StatusOf(CryptoRequest request)
    {
        if (!request.Edesc.FailsInHardware)
        {
            return Errno.Success;
        }

        Errors.Note(CaamError.JobStatus);
        return Errno.EIO;
    }

    /// <summary>The output ring holds a descriptor that no entry has: BUG_ON in <c>caam_jr_dequeue</c> (DM-J18).</summary>
    private void OnUnknownDescriptor(CryptoRequest request)
    {
        const string Bug = "kernel BUG in caam_jr_dequeue: a finished descriptor has no entry in entinfo";
        _kernel.Tracer?.Emit(TraceKind.Fault, "caam_jr_dequeue", target: Name, subject: request.Label, detail: Bug);
        _kernel.Simulation.Fail("DM-J18", $"{Bug}: {Name} was told of {request.Label} before its entry was visible, and fetched what stood there before");
    }

    private void TakeFromBacklog()
    {
        _isPromoting = true;   // a notified caller may submit again: behind those still in the backlog (DM-J12)
        while (HasRoom && _backlog.TryDequeue(out CryptoRequest? promoted))
        {
            Meter.BacklogLength(_backlog.Count);
            EnterRing(promoted);
            CallBack(promoted, Errno.EINPROGRESS);
        }

        _isPromoting = false;
    }

    private void CallBack(CryptoRequest request, Errno status)
    {
        _kernel.Tracer?.CallingBack("caam_jr_dequeue", request, status);
        if (request.Engine is { } engine)
        {
            engine.Finalize(request, status);
        }
        else
        {
            request.Complete(status);
        }
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => $"is idle: ring {Used}/{_options.Capacity}, backlog {_backlog.Count}";

    /// <summary>A request in the ring is moved on by the engines, then by the interrupt.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _engines.Owners(owners);
        _interrupt.Owners(owners);
    }

    // ── always true ─────────────────────────────────────────────────────

    private void AssertInvariants()
    {
        Invariant.Holds(Used <= Capacity, "the ring never holds more jobs than its capacity");
        Invariant.Holds(_backlog.Count == 0 || !HasRoom || _isPromoting || _inputRing is not null, "requests wait in the backlog only while the ring is full");
    }
}
