using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.BlkMq;

/// <summary>Between a request queue and its driver: budget, driver tag, queue_rq, and the end of a request.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_end_request, blk_mq_free_request, __blk_mq_requeue_request", Version = "v6.18", Rules = "KS-28 KS-30 KS-37 KS-39 KS-43")]
internal sealed partial class RequestQueue
{
    // ── to the driver ───────────────────────────────────────────────────

    /// <summary>Hands a request to the gate, then to the driver. Context: the dispatcher's.</summary>
    [KernelSource("include/linux/blk-mq.h", "struct blk_mq_ops", Version = "v6.18", Rules = "KS-37")]
    public async Operation<DispatchAnswer> IssueAsync(Request request)
    {
        DispatchAnswer answer = await _gate.AtDispatchAsync(request);
        if (answer == DispatchAnswer.Go)
        {
            request.Context.Meter.OnTagIdle(request.MarkTag());
            answer = await Driver.QueueRqAsync(request);
        }

        if (answer == DispatchAnswer.Failed)
        {
            EndWith(request, request.FailedWith);
        }
        else if (answer != DispatchAnswer.Go)
        {
            PutBudget(request);
            GiveTagBack(request, isKept: answer == DispatchAnswer.Parked);
        }

        return answer;
    }

    /// <summary>The driver tag that a request needs to be issued; it has one already unless they are taken at dispatch.</summary>
    public static bool TryTag(Request request) => request.HasTag || request.Context.TryTag(request);

    /// <summary>blk_mq_put_driver_tag of a request that cannot go on: nothing, unless they are taken at dispatch.</summary>
    /// <param name="request">That cannot go on.</param>
    /// <param name="isKept">It is on no list that is tried again: if its tag was the last, whoever lacked one is told here, for no end of a request tells it.</param>
    public void GiveTagBack(Request request, bool isKept = false)
    {
        if (HasSchedulerTags && request.HasTag)
        {
            HardwareContext context = request.Context;
            bool wasLast = context.Tags.InUse == context.Tags.Capacity;
            context.Meter.OnTagIdle(request.MarkTag());
            context.PutTag(request);
            if (isKept && wasLast)
            {
                context.Restart();
            }
        }
    }

    /// <summary>A hardware queue is run because its delay is over.</summary>
    public void OnDelayedRun(HardwareContext context) => _gate.OnDelayedRun(context);

    /// <summary>blk_mq_get_dispatch_budget, for a request that is known.</summary>
    public bool TryBudget(Request request) => request.HasBudget = Driver.TryGetBudget();

    /// <summary>blk_mq_get_dispatch_budget.</summary>
    public bool TryBudget() => Driver.TryGetBudget();

    /// <summary>blk_mq_put_dispatch_budget, if the request has one.</summary>
    public void PutBudget(Request request, bool isEnd = false)
    {
        if (request.HasBudget)
        {
            request.HasBudget = false;
            Driver.PutBudget(isEnd);
        }
    }

    /// <summary>blk_mq_run_hw_queues. Context: any.</summary>
    public void RunAll()
    {
        foreach (HardwareContext context in _contexts)
        {
            context.QueueRunIfPending();
        }
    }

    // ── from the driver ─────────────────────────────────────────────────

    /// <summary>blk_mq_end_request: the slot, then the bios, then the tag (KS-28); before 6.4 the bios, then slot and tag (KS-29). Context: the completion's.</summary>
    /// <param name="request">That the driver has.</param>
    /// <param name="status">How it ended.</param>
    public void End(Request request, BlkStatus status = BlkStatus.Ok) => EndWith(request, status);

    /// <summary>blk_mq_free_request of one that has been merged into another: its bios are that one's now. Context: the submitter's.</summary>
    public void FreeMerged(Request request)
    {
        Meter.Merges.OnRequest();
        _kernel.Tracer?.Emit(TraceKind.Step, "attempt_merge", Name, request.Label);
        switch (_settings.MergedKeyslot)
        {
            case MergedKeyslot.Put:
                _gate.OnEnd(request);
                break;
            case MergedKeyslot.Leak:
                request.ForgetKeyslot();
                break;
        }

        Free(request);
    }

    private void EndWith(Request request, BlkStatus status)
    {
        switch (_settings.KeyslotRelease)
        {
            case KeyslotRelease.AtRequestFree when request.Keyslot is not null:
                PutBudget(request, isEnd: true);
                EndBios(request, status);
                _late!.Add(request);
                break;

            default:
                _gate.OnEnd(request);
                PutBudget(request, isEnd: true);
                EndBios(request, status);
                Free(request);
                break;
        }
    }

    /// <summary>blk_mq_free_request of one whose bios ended in an earlier step. Context: softirq.</summary>
    public void FreeEnded(Request request)
    {
        _gate.OnEnd(request);
        Free(request);
    }

    private void EndBios(Request request, BlkStatus status)
    {
        Bio? bio = request.First;
        while (bio is not null)
        {
            Bio? next = bio.Next;
            bio.Next = null;
            EndBio(bio, request, status);
            bio = next;
        }
    }

    private void EndBio(Bio bio, Request? request, BlkStatus status)
    {
        Meter.OnBioEnd(bio, request);
        bio.Request = null;
        _gate.OnBioEnd(bio);
        _kernel.Tracer?.BioEnd(bio.EndIo, bio);
        bio.End(status.ToErrno());
    }

    private void Free(Request request)
    {
        HardwareContext context = request.Context;
        request.Clear();
        _free.Put(request);
        InUse--;
        context.PutTag(request);
        if (HasSchedulerTags)
        {
            context.Requests.Release();
        }

        context.Restart();
    }
}
