using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_mq_hw_ctx</c>: a hardware queue, its tags, and the requests that wait to be dispatched.</summary>
/// <remarks>
/// <code>
///   software queues │ elevator ──► DispatchListAsync ──► gate, driver
///                             │ cannot go on: back to the dispatch list, which is looked at first (KS-36) and until it is
///                             └─ empty nothing else; run again at once, after 3 ms, or when a request of this queue ends (KS-38)
/// </code>
/// Run by the submitting task, or by kblockd. Without BLK_MQ_F_BLOCKING a run is a read-side critical section of RCU, in which
/// nothing may sleep. Not modelled: that a run gives way after a second or when its CPU is wanted, tags shared by several queues.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_run_hw_queue, blk_mq_delay_run_hw_queue, blk_mq_run_work_fn, __blk_mq_sched_restart", Version = "v6.18", Rules = "KS-35 KS-39 KS-41 KS-43 KS-44")]
internal sealed partial class HardwareContext : WorkItem, IHolder
{
    /// <summary>BLK_MQ_RESOURCE_DELAY, BLK_MQ_BUDGET_DELAY.</summary>
    public static readonly Duration ResourceDelay = Duration.FromMilliseconds(3);

    private readonly LinuxKernel _kernel;
    private readonly RequestQueue _queue;
    private readonly RequestList _dispatch = new();         // hctx->dispatch: could not be issued
    private readonly SoftwareQueues _software;
    private readonly FreeList<RequestList> _lists = new();  // of dispatchers
    private readonly DelayedRun _delayed;
    private bool _isPutOff;                                 // run_work was moved to a later time while it was pending
    private bool _restart;                                  // BLK_MQ_S_SCHED_RESTART
    private int _dispatchBusy;                              // dispatch_busy, EWMA in sixteenths

    public HardwareContext(LinuxKernel kernel, RequestQueue queue, int index, RequestQueueSettings settings)
    {
        (_kernel, _queue, Index) = (kernel, queue, index);
        Label = queue.Name + ".hctx" + index.ToString(CultureInfo.InvariantCulture);
        Tags = new Resource(kernel.Simulation, settings.DriverTags, Label + ".tags", "blk_mq_get_tag") { Owner = queue };
        Requests = new Resource(kernel.Simulation, settings.SchedulerTags, Label + ".sched_tags", "blk_mq_get_tag") { Owner = queue };
        _software = new SoftwareQueues(kernel.Cpus.Count);
        Meter = new HctxMeter(kernel);
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

    /// <summary>Requests that wait by CPU, and that bios may still join.</summary>
    public SoftwareQueues Software => _software;

    /// <summary>What is measured about it.</summary>
    public HctxMeter Meter { get; }

    /// <summary>dispatch_busy: 0 if the last attempts went through.</summary>
    public int DispatchBusy => _dispatchBusy;

    /// <summary>Requests on hctx->dispatch.</summary>
    public int Stopped => _dispatch.Count;

    /// <summary>Runs after 3 ms, because nothing else had run it.</summary>
    public long DelayedRuns => Meter.DelayedRuns;

    /// <summary>blk_mq_hctx_has_pending: there is something to dispatch.</summary>
    public bool HasPending => !_dispatch.IsEmpty || !_software.IsEmpty || _queue.Elevator is { HasWork: true };

    // ── tags ────────────────────────────────────────────────────────────

    /// <summary>A driver tag for a request that has none yet.</summary>
    public bool TryTag(Request request)
    {
        request.HasTag = Tags.TryAcquire();
        if (request.HasTag)
        {
            _ = request.MarkTag();
        }

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

    /// <summary>blk_mq_run_hw_queue. Context: any if asynchronous; else the task's, and with BLK_MQ_F_BLOCKING process.</summary>
    /// <param name="isAsync">Leave it to kblockd.</param>
    public Operation RunQueueAsync(bool isAsync)
    {
        if (!isAsync)
        {
            return HasPending ? RunAndDispatchAsync() : Operation.Completed;
        }

        QueueRunIfPending();
        return Operation.Completed;
    }

    /// <summary>__blk_mq_sched_restart: a request of this queue has ended. Context: any.</summary>
    public void Restart()
    {
        if (_restart)
        {
            _restart = false;
            QueueRunIfPending();
        }
    }

    /// <summary>blk_mq_run_hw_queue, asynchronous. Context: any.</summary>
    public void QueueRunIfPending()
    {
        if (HasPending)
        {
            QueueRun();
        }
    }

    /// <summary>A run by kblockd, at once. Context: any.</summary>
    public void QueueRun()
    {
        _isPutOff = false;
        _delayed.Cancel();
        _queue.Kblockd.Queue(this, Index);
    }

    /// <summary>blk_mq_delay_run_hw_queue: mod_delayed_work moves a run that is pending, too. Context: any.</summary>
    public void RunLater()
    {
        _isPutOff = IsPending;
        _delayed.Arm(ResourceDelay);
    }

    /// <summary>blk_mq_run_work_fn. Context: process, kblockd.</summary>
    public override Operation RunAsync()
    {
        bool isNow = !_isPutOff;
        _isPutOff = false;
        return isNow && HasPending ? RunAndDispatchAsync() : Operation.Completed;
    }

    private void OnDelayOver()
    {
        Meter.OnDelayedRun();
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
