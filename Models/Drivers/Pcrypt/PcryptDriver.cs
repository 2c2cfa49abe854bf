using System.Runtime.CompilerServices;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>pcrypt over a synchronous cipher: every CPU in turn encrypts a request, and all come back in the order of their submission.</summary>
/// <remarks>
/// <code>
///   submit ──► padata_do_parallel: next CPU ──► kworker of that CPU: child ──► reorder ──► serial worker: callback
///      └─ PADATA_RESET: EBUSY, which means "not now" and not "kept"
/// </code>
/// Time passes in the wake-ups of the workers and in the child's CPU time. padata is reset when a CPU comes or goes.
/// Not modelled: which CPUs those are, padata's own limit of requests, an asynchronous child.
/// </remarks>
[KernelSource("crypto/pcrypt.c", "pcrypt_aead_encrypt, pcrypt_aead_serial", Version = "v6.18", Rules = "DM-P13 DM-B13")]
public sealed class PcryptDriver : CryptoProvider, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly SoftwareCipher _child;
    private readonly WhenReset _whenReset;
    private readonly WorkQueue _parallel;                      // pinst->parallel_wq
    private readonly WorkQueue _serialQueue;                   // pinst->serial_wq
    private readonly PadataSerial _serial;
    private readonly Queue<PadataJob> _order = new();          // in the order of submission
    private readonly FreeList<PadataJob> _free = new();
    private int _nextCpu;                                      // seq_nr modulo the CPUs
    private bool _isReset;                                     // PADATA_RESET

    /// <summary>Brings padata up.</summary>
    public PcryptDriver(CryptoParts parts, SoftwareCipher child, PcryptOptions options)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(options);
        (_kernel, Name, _child) = (parts.Kernel, parts.Name, child);
        _whenReset = options.WhenResetIn(_kernel.Version);
        _parallel = WorkQueue.Bound(_kernel, Name + "-parallel", 1, options.Wakeup);
        _serialQueue = WorkQueue.Unbound(_kernel, Name + "-serial", 1, options.Wakeup);
        _serial = new PadataSerial(this);
        if (options.Resets > 0)
        {
            _kernel.Simulation.Spawn(Name + "-hotplug", Hotplug(options), daemon: true);
        }
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Requests that came while padata was being reset.</summary>
    [field: NotState]
    public long DuringReset { get; private set; }

    // ── from the crypto API ─────────────────────────────────────────────

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        _kernel.Tracer?.Calling("padata_do_parallel", Name, request);
        if (_isReset)
        {
            return OnReset(request);
        }

        PadataJob job = _free.TryTake(out PadataJob? reused) ? reused : new PadataJob(this);
        (job.Request, job.IsDone) = (request, false);
        request.HeldBy = this;
        _order.Enqueue(job);
        _parallel.Queue(job, _nextCpu);
        _nextCpu = (_nextCpu + 1) % _kernel.Cpus.Count;
        return Answer(request, SubmitResult.InProgress);
    }

    private SubmitResult OnReset(CryptoRequest request)
    {
        DuringReset++;
        switch (_whenReset)
        {
            case WhenReset.Busy when request.MayBacklog:
                request.Forgotten(Name);
                Answer(request, SubmitResult.Busy, "request dropped");
                _kernel.Tracer?.Dropped("pcrypt_aead_encrypt", Name, request);
                return SubmitResult.Busy;
            case WhenReset.Busy:
                return Answer(request, SubmitResult.Busy, "rejected");
            case WhenReset.TryAgain:
                return Answer(request, SubmitResult.Error(Errno.EAGAIN), "rejected");
            default:
                return Answer(request, _child.Crypt(request), "run by the child");
        }
    }

    private SubmitResult Answer(CryptoRequest request, SubmitResult result, string kept = "", [CallerLineNumber] int line = 0)
    {
        _kernel.Tracer?.Answered("pcrypt_aead_encrypt", Name, request, result, _order.Count, _kernel.Cpus.Count, kept, line: line);
        return result;
    }

    // ── in the workers ──────────────────────────────────────────────────

    /// <summary>Encrypts a request on its CPU and lets the serial worker look. Context: process.</summary>
    internal async Operation EncryptAsync(PadataJob job, int cpu)
    {
        job.Request.BeginService(_kernel.Simulation.Now);
        SubmitResult result = _child.Crypt(job.Request);
        await _kernel.Cpus.SpendAsync(cpu, result.CpuTime, result.UsesSimd);
        job.IsDone = true;
        _serialQueue.Queue(_serial, cpu);
    }

    /// <summary>Calls back what is done, up to the first request that is not. Context: process, bottom halves off.</summary>
    internal void GiveBack()
    {
        _kernel.Enter(CpuContext.Softirq);
        while (_order.TryPeek(out PadataJob? job) && job.IsDone)
        {
            _order.Dequeue();
            CryptoRequest request = job.Request;
            _free.Put(job);
            request.HeldBy = null;
            _kernel.Tracer?.CallingBack("pcrypt_aead_serial", request, Errno.Success);
            request.Complete(Errno.Success);
        }

        _kernel.Enter(CpuContext.Process);
    }

    // ── CPU hotplug ─────────────────────────────────────────────────────

    [KernelSource("kernel/padata.c", "padata_cpu_online, padata_replace", Version = "v6.18", Rules = "DM-P13")]
    private async Process Hotplug(PcryptOptions options)
    {
        _kernel.Enter(CpuContext.Process);
        for (int left = options.Resets; left > 0; left--)
        {
            await _kernel.Simulation.Delay(options.ResetAfter);
            _isReset = true;
            await _kernel.Simulation.Delay(options.ResetFor);
            _isReset = false;
        }
    }

    // ── for diagnosis and measurement ───────────────────────────────────

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _parallel.Owners(owners);
        _serialQueue.Owners(owners);
    }

    /// <inheritdoc/>
    public override void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(Name + ".ebusy", Busy);
        metrics.Add(Name + ".during_reset", DuringReset);
    }
}
