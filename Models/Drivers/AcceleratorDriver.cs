using System.Runtime.CompilerServices;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Drivers;

/// <summary>A driver of an accelerator: engines, an interrupt and a tasklet are there; what is left to the driver is its queue.</summary>
/// <remarks>
/// <code>
///   SubmitCore ──► Start ──► engines: setup + length / bandwidth ──► interrupt, tasklet ──► OnJobEnded ──► CallBack
///       └─ full: what the driver does about it
/// </code>
/// What stands between two waits is done under the driver's lock. Time passes in the engines, between the end of a job and
/// its interrupt, and in the handlers. A driver of your own derives from this: docs/model-your-driver.md.
/// </remarks>
[KernelSource("include/linux/interrupt.h", "tasklet_schedule", Version = "v4.1", Rules = "DM-C5 DM-C8 DM-X6")]
public abstract class AcceleratorDriver : CryptoProvider, IHolder, IJobDriver
{
    private readonly JobEngines _engines;
    private readonly JobRingInterrupt _interrupt;
    [NotState]
    private readonly JobRingMeter _meter;

    /// <summary>Brings the hardware up.</summary>
    /// <param name="parts">The kernel, the name and the streams.</param>
    /// <param name="options">Engines and interrupt.</param>
    /// <param name="capacity">Jobs that fit into the hardware; for the trace and for people.</param>
    /// <param name="handler">The hardirq handler in the kernel, e.g. <c>adf_isr_bundle</c>.</param>
    protected AcceleratorDriver(CryptoParts parts, AcceleratorOptions options, int capacity, string handler)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(options);
        (Kernel, Name, Capacity) = (parts.Kernel, parts.Name, capacity);
        _meter = new JobRingMeter(parts.Kernel.Simulation, options.Engines);
        _interrupt = new JobRingInterrupt(parts.Kernel, this, _meter, options.Interrupt, options.Coalescing, handler);
        _engines = new JobEngines(parts.Kernel, this, _meter, options.Timing, parts.Stream("setup"));
        parts.Kernel.Tracer?.AddRing(parts.Name, capacity);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Jobs that fit into the hardware.</summary>
    public int Capacity { get; }

    /// <summary>Jobs in the hardware: started, and their end not yet seen by the driver.</summary>
    public int Jobs { get; private set; }

    /// <summary>Requests that the driver keeps beyond its hardware, for the blocked report and the leak check.</summary>
    public abstract int Kept { get; }

    /// <inheritdoc/>
    public override int EntriesInUse => Jobs;

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public virtual string? WhyNobody => $"is idle: {Jobs} of {Capacity} jobs, {Kept} kept";

    /// <summary>The kernel it lives in.</summary>
    protected LinuxKernel Kernel { get; }

    // ── for the driver ──────────────────────────────────────────────────

    /// <summary>Writes a request to the hardware. Context: any.</summary>
    protected void Start(CryptoRequest request)
    {
        Enter(request);
        Feed(request);
    }

    /// <summary>A request takes its place in the hardware; no engine has it yet. Context: any.</summary>
    protected void Enter(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HeldBy = this;
        request.Track?.Enter(TimelinePhase.Ring);
        _meter.RingFill(++Jobs);
        Kernel.Tracer?.RingFill(Name, Jobs);
    }

    /// <summary>A request that has its place may be begun by an engine. Context: any.</summary>
    protected void Feed(CryptoRequest request) => _engines.Add(request);

    /// <summary>The tasklet sees the end of a job; its place in the hardware is free again. The driver calls back, and fills the place if it keeps requests. Context: softirq.</summary>
    protected abstract void OnJobEnded(CryptoRequest request);

    /// <summary>Calls a request back. Context: softirq (DM-C8).</summary>
    /// <param name="request">The request; once its final status is given it is its owner's again (DM-C9).</param>
    /// <param name="status">EINPROGRESS when it leaves the backlog, otherwise the final status.</param>
    /// <param name="function">The calling function, for the trace.</param>
    protected void CallBack(CryptoRequest request, Errno status, [CallerMemberName] string function = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.CallingBack(function, request, status);
        request.Complete(status);
    }

    /// <summary>Writes the answer of a submission to the trace.</summary>
    /// <param name="request">The request.</param>
    /// <param name="result">The answer.</param>
    /// <param name="kept">What became of a request that found no room, e.g. <c>backlogged</c>.</param>
    /// <param name="function">The answering function.</param>
    /// <param name="fill">Requests in the queue that decided; by default the jobs in the hardware.</param>
    /// <param name="limit">Of that queue; by default what fits into the hardware.</param>
    /// <returns>The answer.</returns>
    protected SubmitResult Answer(
        CryptoRequest request, SubmitResult result, string kept = "", [CallerMemberName] string function = "", int? fill = null, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.Answered(function, Name, request, result, fill ?? Jobs, limit ?? Capacity, kept);
        _meter.Answered(result.Status);
        _meter.BacklogLength(Kept);
        return result;
    }

    /// <summary>A driver answers EBUSY and keeps nothing: the request is in no queue (DM-C5). For the blocked report and the trace.</summary>
    protected SubmitResult Forget(CryptoRequest request, [CallerMemberName] string function = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Forgotten(Name);
        _meter.Drop();
        Answer(request, SubmitResult.Busy, "request dropped", function);
        Kernel.Tracer?.Dropped(function, Name, request);
        return SubmitResult.Busy;
    }

    /// <summary>The driver has accepted a request, and nobody has it: no callback follows. For the blocked report and the trace.</summary>
    /// <param name="request">The request.</param>
    /// <param name="why">How that came about, as the rest of a sentence about it.</param>
    /// <param name="function">The function that lost it, for the trace.</param>
    protected void Lose(CryptoRequest request, string why, [CallerMemberName] string function = "")
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Lose(why);
        _meter.Drop();
        Kernel.Tracer?.Emit(TraceKind.Fault, function, Name, request.Label, detail: why);
    }

    // ── from the hardware ───────────────────────────────────────────────

    /// <summary>An engine begins a job. Context: hardware.</summary>
    public virtual void OnJobStarted(CryptoRequest request)
    {
    }

    /// <summary>An engine has done a job's data, and its interrupt is on the way. Context: hardware.</summary>
    public virtual void OnJobProcessed(CryptoRequest request)
    {
    }

    /// <inheritdoc/>
    public void OnJobDone(CryptoRequest request) => _interrupt.OnOutput(request);

    /// <inheritdoc/>
    public virtual void Retire(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.HeldBy = null;
        _meter.Retired(--Jobs, request.Length);
        Kernel.Tracer?.RingFill(Name, Jobs);
        OnJobEnded(request);
        _meter.BacklogLength(Kept);
    }

    // ── for diagnosis and measurement ───────────────────────────────────

    /// <summary>A request in the hardware is moved on by the engines, then by the interrupt.</summary>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _engines.Owners(owners);
        _interrupt.Owners(owners);
    }

    /// <inheritdoc/>
    public override (string Rule, string What)? FindLeak() =>
        Kept > 0 ? ("DM-C5", $"{Kept} requests in the queue of {Name}")
        : Jobs > 0 ? ("DM-J10", $"{Jobs} of {Capacity} jobs of {Name} in use")
        : base.FindLeak();

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        _meter.Restart();
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".jobs", _meter.Jobs);
        metrics.Add(Name + ".bytes", _meter.Bytes, "B");
        metrics.Add(Name + ".utilization", _meter.Utilization);
        metrics.Add(Name + ".ring.mean", _meter.Ring.Mean);
        metrics.Add(Name + ".ring.max", _meter.Ring.Max);
        metrics.Add(Name + ".backlog.mean", _meter.Backlog.Mean);
        metrics.Add(Name + ".backlog.max", _meter.Backlog.Max);
        metrics.Add(Name + ".ebusy", Busy);
        metrics.Add(Name + ".enospc", _meter.NoSpace);
        metrics.Add(Name + ".dropped", _meter.Dropped);
        metrics.Add(Name + ".interrupts", _meter.Interrupts);
    }
}
