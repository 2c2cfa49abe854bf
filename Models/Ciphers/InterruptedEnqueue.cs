using System.Runtime.CompilerServices;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Ciphers;

/// <summary>A task's enqueue that softirqs of its CPU may interrupt between reading the list's tail and writing it (DM-B15).</summary>
/// <remarks>
/// <code>
///   task: qlen++, prev = tail ──────────── softirq: qlen++, appends S ──────────── task: prev->next = P, tail = P: S is lost
/// </code>
/// Preemption is off meanwhile, so that the task's CPU does nothing else: whatever else it is seen to do comes after the
/// enqueue, which is finished first. Time passes between the two halves; the process stands for the second.
/// </remarks>
[KernelSource("crypto/cryptd.c", "cryptd_enqueue_request", Version = "v4.1", Rules = "DM-B15")]
[KernelSource("include/linux/list.h", "list_add_tail", Version = "v4.1", Rules = "DM-B15")]
internal sealed class InterruptedEnqueue : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _time;                        // [ps] between the two halves
    private readonly List<CryptoRequest> _between = [];     // what softirqs appended since the first half
    private CryptdQueue _queue = null!;
    private CryptoRequest? _open;                           // the request whose enqueue is in the middle
    private int _lost;                                      // requests that are in qlen but not in the list

    public InterruptedEnqueue(LinuxKernel kernel, string name, Duration time)
        : base(kernel.Simulation, name, "cryptd_enqueue_request")
    {
        Idle = true;
        (_kernel, _time) = (kernel, time);
        kernel.Simulation.Spawn(name, SecondHalf(), daemon: true);
    }

    /// <summary>Requests in qlen that the list does not hold.</summary>
    public int Uncounted => (_open is null ? 0 : 1) + _between.Count + _lost;

    /// <summary>Says whose enqueues these are.</summary>
    public void Guard(CryptdQueue queue) => _queue = queue;

    /// <summary>Puts a request in: a task's in two halves, a softirq's at once. Context: any.</summary>
    public SubmitResult Enqueue(CryptoRequest request)
    {
        bool isTask = _kernel.Context == CpuContext.Process;
        if (isTask)
        {
            Finish();
        }
        else if (_open is null)
        {
            return _queue.Append(request);
        }

        SubmitResult result = Answer(request);
        if (result.Accepted)
        {
            request.HeldBy = _queue;
            Open(request, isTask);
        }

        return result;
    }

    private void Open(CryptoRequest request, bool isTask)
    {
        if (!isTask)
        {
            _between.Add(request);
            return;
        }

        _open = request;
        WakeFirstAfter(_time);
    }

    /// <summary>What <c>crypto_enqueue_request</c> answers at this length.</summary>
    private SubmitResult Answer(CryptoRequest request) =>
        _queue.Length < _queue.MaxLength ? SubmitResult.InProgress : request.MayBacklog ? SubmitResult.Busy : SubmitResult.NoSpace;

    /// <summary>The second half: the task links its request behind the tail it had read. Does nothing if no enqueue is under way.</summary>
    public void Finish()
    {
        if (_open is not { } request)
        {
            return;
        }

        _open = null;
        _lost += _between.Count;
        foreach (CryptoRequest lost in _between)
        {
            lost.Lose($"was linked over by the enqueue of {request.Label} that its softirq interrupted, and is in no list");
            _kernel.Tracer?.Emit(TraceKind.Fault, "cryptd_enqueue_request", _queue.Label, lost.Label, detail: $"prev->next = {request.Label}: {lost.Label} is counted in qlen and in no list (DM-B15)");
        }

        _between.Clear();
        _queue.Append(request);
    }

    /// <summary>The worker found nothing in the list. If qlen is above 0, <c>crypto_dequeue_request</c> takes the list head for a request.</summary>
    public void FailIfLost()
    {
        if (_lost > 0)
        {
            _kernel.Simulation.Fail("DM-B15", $"BUG: list corruption: qlen of {_queue.Label} is {_lost} and its list is empty, so that cryptd_queue_worker takes the list head for a request; a softirq interrupted cryptd_enqueue_request");
        }
    }

    private async Process SecondHalf()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            await WaitForTaskAsync();
            Finish();
        }
    }

    private Suspension WaitForTaskAsync([CallerLineNumber] int line = 0) => Block(line);
}
