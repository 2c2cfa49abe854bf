using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_mq_hw_ctx</c>: a hardware queue, its tags, and the requests that wait to be dispatched.</summary>
/// <remarks>
/// <code>
///   software queues ──► DispatchAsync ──► gate, driver
///                             │ cannot go on: back to the dispatch list, which is looked at first (KS-36) and until it is
///                             └─ empty nothing else; run again at once, after 3 ms, or when a request of this queue ends (KS-38)
/// </code>
/// Run by the submitting task, or by kblockd. Without BLK_MQ_F_BLOCKING a run is a read-side critical section of RCU, in which
/// nothing may sleep.
/// </remarks>
[KernelSource("block/blk-mq-sched.c", "__blk_mq_sched_dispatch_requests", Version = "v6.18", Rules = "KS-35 KS-36 KS-37 KS-38 KS-39 KS-41")]
internal sealed class HardwareContext : WorkItem, IHolder
{
    /// <summary>BLK_MQ_RESOURCE_DELAY.</summary>
    public static readonly Duration ResourceDelay = Duration.FromMilliseconds(3);

    private readonly LinuxKernel _kernel;
    private readonly RequestQueue _queue;
    private readonly RequestList _dispatch = new();         // hctx->dispatch: could not be issued
    private readonly RequestList[] _software;               // ctx->rq_lists, by CPU
    private readonly FreeList<RequestList> _lists = new();  // of dispatchers
    private readonly DelayedRun _delayed;
    private bool _restart;                                  // BLK_MQ_S_SCHED_RESTART
    private int _dispatchBusy;                              // dispatch_busy, EWMA in sixteenths

    public HardwareContext(LinuxKernel kernel, RequestQueue queue, int index, RequestQueueSettings settings)
    {
        (_kernel, _queue, Index) = (kernel, queue, index);
        Label = queue.Name + ".hctx" + index.ToString(CultureInfo.InvariantCulture);
        Tags = new Resource(kernel.Simulation, settings.QueueDepth, Label + ".tags", "blk_mq_get_tag") { Owner = queue };
        Requests = new Resource(kernel.Simulation, settings.SchedulerTags, Label + ".sched_tags", "blk_mq_get_tag") { Owner = queue };
        _software = new RequestList[kernel.Cpus.Count];
        for (int i = 0; i < _software.Length; i++)
        {
            _software[i] = new RequestList();
        }

        _delayed = new DelayedRun(this);
    }

    [field: NotState]
    public string Label { get; }

    public string? WhyNobody => null;

    /// <summary>queue_num, 0-based: also the CPU whose kblockd runs it, modulo their number.</summary>
    public int Index { get; }

    /// <summary>Driver tags.</summary>
    public Resource Tags { get; }

    /// <summary>Scheduler tags: what a request is allocated from where the driver tag is taken at dispatch.</summary>
    public Resource Requests { get; }

    /// <summary>dispatch_busy: 0 if the last attempts went through.</summary>
    public int DispatchBusy => _dispatchBusy;

    /// <summary>Runs after 3 ms, because nothing else had run it.</summary>
    [field: NotState]
    public long DelayedRuns { get; private set; }

    /// <summary>blk_mq_hctx_has_pending: there is something to dispatch.</summary>
    public bool HasPending => !_dispatch.IsEmpty || HasSoftware;

    private bool HasSoftware
    {
        get
        {
            foreach (RequestList list in _software)
            {
                if (!list.IsEmpty)
                {
                    return true;
                }
            }

            return false;
        }
    }

    // ── requests come in ────────────────────────────────────────────────

    /// <summary>The end of blk_mq_submit_bio for a request without a plug.</summary>
    public async Operation IssueOrQueueAsync(Request request)
    {
        if (_dispatchBusy > 0 && _queue.Contexts.Count == 1)
        {
            Insert(request);
            await RunQueueAsync(isAsync: true);
            return;
        }

        CpuContext outer = EnterDispatch();
        bool goesOn = await IssueDirectlyAsync(request);
        _kernel.Enter(outer);
        if (!goesOn)
        {
            await RunQueueAsync(isAsync: _queue.IsBlocking);
        }
    }

    /// <summary>blk_mq_plug_issue_direct: one after the other, until one cannot go on; the rest stays on the list.</summary>
    public async Operation IssuePluggedAsync(RequestList plugged)
    {
        CpuContext outer = EnterDispatch();
        bool goesOn = true;
        while (goesOn && !plugged.IsEmpty)
        {
            Request request = plugged.Take();
            request.Plug = null;
            goesOn = await IssueDirectlyAsync(request);
        }

        _kernel.Enter(outer);
    }

    /// <summary>Joins the software queue of its CPU.</summary>
    public void Insert(Request request) => _software[request.First!.Cpu % _software.Length].Append(request);

    /// <summary>blk_mq_request_bypass_insert: joins the dispatch list.</summary>
    public void BypassInsert(Request request, bool atHead = false)
    {
        if (atHead)
        {
            _dispatch.Push(request);
        }
        else
        {
            _dispatch.Append(request);
        }
    }

    // ── tags ────────────────────────────────────────────────────────────

    /// <summary>A driver tag for a request that has none yet.</summary>
    public bool TryTag(Request request)
    {
        request.HasTag = Tags.TryAcquire();
        return request.HasTag;
    }

    /// <summary>The driver tag comes back, if the request has one.</summary>
    public void PutTag(Request request)
    {
        if (request.HasTag)
        {
            request.HasTag = false;
            Tags.Release();
        }
    }

    // ── runs ────────────────────────────────────────────────────────────

    /// <summary>blk_mq_run_hw_queue. Context: any if asynchronous.</summary>
    /// <param name="isAsync">Leave it to kblockd.</param>
    public Operation RunQueueAsync(bool isAsync)
    {
        if (!HasPending)
        {
            return Operation.Completed;
        }

        if (!isAsync)
        {
            return DispatchHereAsync();
        }

        QueueRun();
        return Operation.Completed;
    }

    /// <summary>__blk_mq_sched_restart: a request of this queue has ended. Context: any.</summary>
    public void Restart()
    {
        if (_restart)
        {
            _restart = false;
            QueueRun();
        }
    }

    /// <summary>blk_mq_run_work_fn. Context: process, kblockd.</summary>
    public override Operation RunAsync() => HasPending ? DispatchHereAsync() : Operation.Completed;

    /// <summary>A run by kblockd, at once.</summary>
    public void QueueRun()
    {
        _delayed.Cancel();
        _queue.Kblockd.Queue(this, Index);
    }

    private async Operation DispatchHereAsync()
    {
        CpuContext outer = EnterDispatch();
        RequestList list = _lists.TryTake(out RequestList? reused) ? reused : new RequestList();
        bool goesOn = true;
        if (!_dispatch.IsEmpty)
        {
            list.AppendAll(_dispatch);
            _restart = true;
            goesOn = await DispatchAsync(list);
        }

        if (goesOn && HasSoftware)
        {
            TakeSoftware(list);
            await DispatchAsync(list);
        }

        _lists.Put(list);
        _kernel.Enter(outer);
    }

    /// <summary>blk_mq_flush_busy_ctxs.</summary>
    private void TakeSoftware(RequestList list)
    {
        foreach (RequestList software in _software)
        {
            list.AppendAll(software);
        }
    }

    /// <summary>blk_mq_dispatch_rq_list.</summary>
    /// <returns>False if a request could not go on; it and those behind it are on the dispatch list now.</returns>
    private async Operation<bool> DispatchAsync(RequestList list)
    {
        bool isShort = false;   // of something that no end of a request of this queue need bring back
        bool goesOn = true;
        while (goesOn && !list.IsEmpty)
        {
            Request request = list.Take();
            if (!RequestQueue.TryTag(request))
            {
                _restart = true;
                goesOn = false;
                list.Push(request);
                continue;
            }

            DispatchAnswer answer = await _queue.IssueAsync(request);
            if (answer is DispatchAnswer.Resource or DispatchAnswer.DevResource)
            {
                isShort = answer == DispatchAnswer.Resource;
                goesOn = false;
                list.Push(request);
            }
        }

        UpdateBusy(!goesOn);
        if (!goesOn)
        {
            Stop(list, isShort);
        }

        return goesOn;
    }

    private void Stop(RequestList rest, bool isShort)
    {
        _dispatch.AppendAll(rest);
        if (!_restart)
        {
            QueueRun();
        }
        else if (isShort && !IsPending)
        {
            _delayed.Arm(ResourceDelay);
        }
    }

    /// <returns>True if the request is on its way, or kept by the gate.</returns>
    private async Operation<bool> IssueDirectlyAsync(Request request)
    {
        if (!RequestQueue.TryTag(request))
        {
            Insert(request);
            return false;
        }

        DispatchAnswer answer = await _queue.IssueAsync(request);
        UpdateBusy(answer is DispatchAnswer.Resource or DispatchAnswer.DevResource);
        if (answer is DispatchAnswer.Resource or DispatchAnswer.DevResource)
        {
            BypassInsert(request);
            return false;
        }

        return true;
    }

    /// <summary>blk_mq_update_dispatch_busy: 7/8 of what it was, and 1/8 of 16 if this attempt failed.</summary>
    private void UpdateBusy(bool isBusy) => _dispatchBusy = ((7 * _dispatchBusy) + (isBusy ? 16 : 0)) / 8;

    private CpuContext EnterDispatch()
    {
        CpuContext outer = _kernel.Context;
        if (!_queue.IsBlocking && outer == CpuContext.Process)
        {
            _kernel.Enter(CpuContext.RcuReader);
        }

        return outer;
    }

    private void OnDelayOver()
    {
        DelayedRuns++;
        _kernel.Tracer?.Emit(TraceKind.Step, "blk_mq_delay_run_hw_queue", Label, detail: "after BLK_MQ_RESOURCE_DELAY");
        _queue.OnDelayedRun(this);
        QueueRun();
    }

    /// <summary>For diagnosis: kblockd runs it, or the delay does.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (IsPending)
        {
            _queue.Kblockd.Owners(owners);
        }

        if (_delayed.IsArmed)
        {
            owners.Add(_delayed);
        }
    }

    private sealed class DelayedRun(HardwareContext context) : Simulator.Timer(context._kernel.Simulation, context.Label + ".run_work")
    {
        protected override void OnExpired() => context.OnDelayOver();
    }
}
