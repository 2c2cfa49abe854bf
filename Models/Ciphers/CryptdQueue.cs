using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Ciphers;

/// <summary><c>struct cryptd_cpu_queue</c>: the requests of one CPU and the work item that takes them one at a time.</summary>
/// <remarks>
/// <code>
///   RunAsync: backlog mark, dequeue ──► backlogged one: EINPROGRESS ──► child's CPU time ──► final status ──► again, if more
/// </code>
/// </remarks>
[KernelSource("crypto/cryptd.c", "struct cryptd_cpu_queue, cryptd_queue_worker", Version = "v6.18", Rules = "SC-8 DM-Q5")]
internal sealed class CryptdQueue : WorkItem, IHolder
{
    private readonly Cryptd _cryptd;
    private readonly int _cpu;
    private readonly CryptoQueue _queue;
    private readonly InterruptedEnqueue? _interrupted;   // null where no softirq can come between

    /// <summary>An empty queue.</summary>
    public CryptdQueue(Cryptd cryptd, int cpu, int maxLength, InterruptedEnqueue? interrupted)
    {
        (_cryptd, _cpu, _interrupted) = (cryptd, cpu, interrupted);
        _queue = new CryptoQueue(maxLength);
        interrupted?.Guard(this);
    }

    public string Label => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_cryptd.Name}/{_cpu}");

    public string? WhyNobody => null;

    /// <summary>qlen, a request whose enqueue is under way and lost ones included.</summary>
    public int Length => _queue.Length + (_interrupted?.Uncounted ?? 0);

    /// <summary>max_qlen.</summary>
    public int MaxLength => _queue.MaxLength;

    public void Owners(OwnerList owners) => _cryptd.Owners(owners);

    /// <summary>Puts a request in. Context: any.</summary>
    public SubmitResult Enqueue(CryptoRequest request)
    {
        SubmitResult result = _interrupted is null ? Append(request) : _interrupted.Enqueue(request);
        return result.Status == SubmitStatus.NoSpace && _cryptd.Kernel.Version < KernelVersion.V58 ? SubmitResult.Error(Errno.EBUSY) : result;
    }

    /// <summary>Appends a request to the list.</summary>
    public SubmitResult Append(CryptoRequest request)
    {
        SubmitResult result = _queue.Enqueue(request);
        if (result.Accepted)
        {
            request.HeldBy = this;
        }

        return result;
    }

    /// <summary>Takes one request, as <c>cryptd_queue_worker</c>. Context: process.</summary>
    public override async Operation RunAsync()
    {
        _interrupted?.Finish();
        _cryptd.Meter.Ran();
        CryptoRequest? backlog = _queue.GetBacklog();
        CryptoRequest? request = _queue.Dequeue();
        if (request is null)
        {
            _interrupted?.FailIfLost();
            return;
        }

        if (backlog is not null)
        {
            _cryptd.Complete(backlog, Errno.EINPROGRESS);
        }

        _cryptd.Kernel.Tracer?.Emit(TraceKind.Step, "cryptd_queue_worker", Label, request.Label);
        int tfm = request.Tfm;   // after its callback the request may be another's
        SubmitResult result = _cryptd.Child.Crypt(request);
        await _cryptd.Kernel.Cpus.SpendAsync(_cpu, result.CpuTime, result.UsesSimd);
        _cryptd.Complete(request, Errno.Success);
        _cryptd.Count(tfm, -1);
        if (Length > 0)
        {
            _cryptd.QueueAgain(this, _cpu);
        }
    }
}
