using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>cryptd: makes a synchronous cipher asynchronous by handing requests to the kworker of their CPU.</summary>
/// <remarks>
/// <code>
///   Enqueue ──► queue of this CPU ──► queue_work_on(cpu) ──► cryptd/cpu: one request a run ──► child ──► callback, BH off
/// </code>
/// Time passes in the kworker's wake-up and in the child's CPU time. Not modelled: other algorithms in the same queues.
/// </remarks>
[KernelSource("crypto/cryptd.c", "cryptd_skcipher_encrypt_enqueue, cryptd_skcipher_queued, cryptd_skcipher_complete", Version = "v6.18", Rules = "DM-P1 SC-8")]
public sealed class Cryptd : CryptoProvider
{
    private readonly CryptdQueue[] _queues;   // by CPU
    private readonly WorkQueue _workqueue;    // cryptd_wq: bound, one item at a time on each CPU
    private readonly List<int> _queued = [];  // by tfm: requests accepted whose final callback has not returned

    /// <summary>Brings up the queues and their kworkers, as <c>cryptd_init_queue</c>.</summary>
    public Cryptd(LinuxKernel kernel, string name, SoftwareCipher child, CryptdOptions options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        (Kernel, Name, Child) = (kernel, name, child);
        Meter = new CryptdMeter();
        _workqueue = WorkQueue.Bound(kernel, name, 1, options.Wakeup);
        EnqueueGuard guard = options.EnqueueGuard ?? (kernel.Version >= KernelVersion.V65 ? EnqueueGuard.BottomHalvesOff : EnqueueGuard.PreemptionOff);
        int maxLength = options.MaxCpuQlen ?? (kernel.Version >= KernelVersion.V58 ? 1000 : 100);
        _queues = new CryptdQueue[kernel.Cpus.Count];
        for (int cpu = 0; cpu < _queues.Length; cpu++)
        {
            InterruptedEnqueue? interrupted = guard == EnqueueGuard.PreemptionOff ? new InterruptedEnqueue(kernel, $"{name}-enqueue/{cpu}", options.EnqueueTime) : null;
            _queues[cpu] = new CryptdQueue(this, cpu, maxLength, interrupted);
        }
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The cipher that does the work.</summary>
    public SoftwareCipher Child { get; }

    /// <summary>What was measured.</summary>
    public CryptdMeter Meter { get; }

    /// <summary>A queue for each CPU: only with one CPU is there one order.</summary>
    protected override bool HasOneQueue => _queues.Length == 1;

    internal LinuxKernel Kernel { get; }

    /// <summary>True if a tfm has requests whose final callback has not returned, as <c>cryptd_skcipher_queued</c>.</summary>
    internal bool IsQueued(int tfm) => tfm < _queued.Count && _queued[tfm] > 0;

    // ── from the crypto API, or from the SIMD wrapper ───────────────────

    /// <summary>Puts a request into the queue of its CPU and queues the work, as <c>cryptd_enqueue_request</c>. Context: any.</summary>
    internal SubmitResult Enqueue(CryptoRequest request)
    {
        int cpu = Kernel.Cpus.Here(SubmittingCpu.Of(Kernel, request));
        Kernel.Tracer?.Calling("cryptd_enqueue_request", Name, request);
        CryptdQueue queue = _queues[cpu];
        SubmitResult result = queue.Enqueue(request);
        Meter.Answered(result, queue.Length);
        if (result.Accepted)
        {
            Count(request.Tfm, 1);
            _workqueue.Queue(queue, cpu);
        }

        string kept = result.Accepted ? result.Status == SubmitStatus.Busy ? "backlogged" : "" : "rejected";
        Kernel.Tracer?.Answered("cryptd_enqueue_request", Name, request, result, queue.Length, queue.MaxLength, kept);
        return result;
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request) => Enqueue(request);

    // ── from its queues ─────────────────────────────────────────────────

    /// <summary>The work of a CPU is queued again: its queue has more.</summary>
    internal void QueueAgain(CryptdQueue queue, int cpu) => _workqueue.Queue(queue, cpu);

    /// <summary>Calls a request back with bottom halves off, as <c>cryptd_skcipher_complete</c> (DM-C8). Context: process.</summary>
    internal void Complete(CryptoRequest request, Errno status)
    {
        Kernel.Tracer?.CallingBack("cryptd_skcipher_complete", request, status);
        Kernel.Enter(CpuContext.Softirq);
        request.Complete(status);
        Kernel.Enter(CpuContext.Process);
    }

    /// <summary>A request of a tfm came, or its final callback has returned.</summary>
    internal void Count(int tfm, int change)
    {
        while (_queued.Count <= tfm)
        {
            _queued.Add(0);
        }

        _queued[tfm] += change;
        Invariant.Holds(_queued[tfm] >= 0, "the references of a tfm never fall below its own");
    }

    // ── for diagnosis and measurement ───────────────────────────────────

    /// <inheritdoc/>
    public override void Owners(OwnerList owners) => _workqueue.Owners(owners);

    /// <inheritdoc/>
    public override void RestartMeter()
    {
        base.RestartMeter();
        Meter.Restart();
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".queued", Meter.Queued);
        metrics.Add(Name + ".runs", Meter.Runs);
        metrics.Add(Name + ".queue.max", Meter.LengthMax);
        metrics.Add(Name + ".ebusy", Meter.Busy);
        metrics.Add(Name + ".rejected", Meter.Rejected);
    }
}
