using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>A run of a hardware queue: the dispatch list first, then the elevator or the software queues, until something cannot go on.</summary>
[KernelSource("block/blk-mq-sched.c", "blk_mq_sched_dispatch_requests, __blk_mq_do_dispatch_sched, blk_mq_do_dispatch_ctx", Version = "v6.18", Rules = "KS-36 KS-40 KS-41 KS-42")]
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list, blk_mq_prep_dispatch_rq, blk_mq_update_dispatch_busy", Version = "v6.18", Rules = "KS-37 KS-38 KS-41")]
internal sealed partial class HardwareContext
{
    /// <summary>blk_mq_dispatch_rq_list.</summary>
    /// <param name="list">Requests of this hardware queue; empty afterwards.</param>
    /// <param name="takesBudget">They have no budget yet.</param>
    /// <returns>True if all could go on; else those that could not are on the dispatch list.</returns>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-37 KS-38")]
    public async Operation<bool> DispatchListAsync(RequestList list, bool takesBudget)
    {
        bool isShort = false;   // of something that no end of a request of this queue need bring back
        while (!list.IsEmpty)
        {
            Prepared prepared = Prepare(list.First!, takesBudget);
            if (prepared != Prepared.Ok)
            {
                isShort = prepared == Prepared.NoBudget;
                break;
            }

            Request request = list.Take();
            DispatchAnswer answer = await _queue.IssueAsync(request);
            NoteProgress(answer == DispatchAnswer.Go);
            if (answer is DispatchAnswer.Resource or DispatchAnswer.DevResource)
            {
                isShort = answer == DispatchAnswer.Resource;
                list.Push(request);
                break;
            }
        }

        return EndDispatch(list, isShort, takesBudget);
    }

    /// <summary>blk_mq_run_dispatch_ops(blk_mq_sched_dispatch_requests).</summary>
    [ReadSide]
    [KernelSource("block/blk-mq-sched.c", "blk_mq_sched_dispatch_requests", Version = "v6.18", Rules = "KS-36")]
    private async Operation RunAndDispatchAsync()
    {
        CpuContext outer = EnterDispatch();
        RequestList list = _lists.TryTake(out RequestList? reused) ? reused : new RequestList();
        if (await DispatchOnceAsync(list) && await DispatchOnceAsync(list))
        {
            await RunQueueAsync(isAsync: true);
        }

        _lists.Put(list);
        _kernel.Enter(outer);
    }

    /// <summary>__blk_mq_sched_dispatch_requests.</summary>
    /// <returns>True for EAGAIN: meanwhile there are requests on the dispatch list, which come first.</returns>
    [KernelSource("block/blk-mq-sched.c", "__blk_mq_sched_dispatch_requests", Version = "v6.18", Rules = "KS-36")]
    private async Operation<bool> DispatchOnceAsync(RequestList list)
    {
        bool isBusy = _dispatchBusy > 0;
        if (!_dispatch.IsEmpty)
        {
            list.AppendAll(_dispatch);
            _restart = true;
            if (!await DispatchListAsync(list, takesBudget: true))
            {
                return false;
            }

            isBusy = true;
        }

        if (_queue.Elevator is not null)
        {
            return await DispatchElevatorAsync(list);
        }

        if (isBusy)
        {
            return await DispatchInTurnAsync(list);
        }

        _software.TakeAll(list);
        if (!list.IsEmpty)
        {
            await DispatchListAsync(list, takesBudget: true);
        }

        return false;
    }

    /// <summary>blk_mq_do_dispatch_ctx: one request of each CPU in turn, as long as they go through.</summary>
    [KernelSource("block/blk-mq-sched.c", "blk_mq_do_dispatch_ctx", Version = "v6.18", Rules = "KS-36")]
    private async Operation<bool> DispatchInTurnAsync(RequestList list)
    {
        bool goesOn = true;
        while (goesOn && _dispatch.IsEmpty && !_software.IsEmpty && _queue.TryBudget())
        {
            Request request = _software.TakeInTurn();
            request.HasBudget = true;
            list.Append(request);
            goesOn = await DispatchListAsync(list, takesBudget: false);
        }

        return goesOn && !_dispatch.IsEmpty;
    }

    /// <summary>blk_mq_do_dispatch_sched.</summary>
    [KernelSource("block/blk-mq-sched.c", "__blk_mq_do_dispatch_sched", Version = "v6.18", Rules = "KS-36 KS-42")]
    private async Operation<bool> DispatchElevatorAsync(RequestList list)
    {
        bool isFirst;   // nothing on the dispatch list has to come before
        bool goesOn;
        do
        {
            isFirst = TakeFromElevator(_queue.Elevator!, list);
            goesOn = !list.IsEmpty && await DispatchMixedAsync(list);
        }
        while (isFirst && goesOn);
        return !isFirst;
    }

    /// <summary>__blk_mq_do_dispatch_sched: takes requests with their tags, and the first that gets none; one at a time while dispatch_busy says so.</summary>
    /// <returns>False if there are requests on the dispatch list.</returns>
    private bool TakeFromElevator(Elevator elevator, RequestList list)
    {
        int left = _dispatchBusy > 0 ? 1 : _queue.RequestsMax;
        while (left-- > 0 && elevator.HasWork)
        {
            if (!_dispatch.IsEmpty)
            {
                return false;
            }

            if (!_queue.TryBudget())
            {
                break;
            }

            Request request = elevator.Dispatch();
            request.HasBudget = true;
            list.Append(request);
            if (!RequestQueue.TryTag(request))
            {
                break;
            }
        }

        return true;
    }

    /// <summary>blk_mq_dispatch_hctx_list: an elevator also gives out requests of other hardware queues; those of each are dispatched together.</summary>
    [KernelSource("block/blk-mq-sched.c", "__blk_mq_do_dispatch_sched, blk_mq_dispatch_hctx_list", Version = "v6.18", Rules = "KS-36")]
    private async Operation<bool> DispatchMixedAsync(RequestList list)
    {
        bool goesOn = false;
        while (!list.IsEmpty)
        {
            HardwareContext context = list.First!.Context;
            RequestList own = _lists.TryTake(out RequestList? reused) ? reused : new RequestList();
            RequestQueue.TakeOf(context, list, own);
            goesOn |= await context.DispatchListAsync(own, takesBudget: false);
            _lists.Put(own);
        }

        return goesOn;
    }

    /// <summary>blk_mq_prep_dispatch_rq: the budget, then the driver tag.</summary>
    private Prepared Prepare(Request request, bool takesBudget)
    {
        if (takesBudget && !_queue.TryBudget(request))
        {
            _queue.GiveTagBack(request);
            return Prepared.NoBudget;
        }

        if (RequestQueue.TryTag(request))
        {
            return Prepared.Ok;
        }

        _restart = true;   // blk_mq_mark_tag_wait
        if (takesBudget)
        {
            _queue.PutBudget(request);
        }

        return Prepared.NoTag;
    }

    private bool EndDispatch(RequestList rest, bool isShort, bool takesBudget)
    {
        bool goesOn = rest.IsEmpty;
        if (!goesOn)
        {
            Stop(rest, isShort, takesBudget);
        }

        NoteProgress(goesOn && _dispatch.IsEmpty);
        UpdateBusy(!goesOn);
        return goesOn;
    }

    private void Stop(RequestList rest, bool isShort, bool takesBudget)
    {
        for (Request? at = takesBudget ? null : rest.First; at is not null; at = at.Next)
        {
            _queue.PutBudget(at);   // blk_mq_release_budgets
        }

        _dispatch.AppendAll(rest);
        Meter.OnStop();
        if (!_restart)
        {
            QueueRun();
        }
        else if (isShort)
        {
            RunLater();
        }
    }

    private void NoteProgress(bool isSo)
    {
        if (isSo)
        {
            Meter.OnProgress();
        }
    }

    /// <summary>blk_mq_update_dispatch_busy: 7/8 of what it was, and 1/8 of 16 if this attempt failed.</summary>
    private void UpdateBusy(bool isBusy)
    {
        if (_dispatchBusy > 0 || isBusy)
        {
            _dispatchBusy = ((7 * _dispatchBusy) + (isBusy ? 16 : 0)) / 8;
            Meter.OnBusy(_dispatchBusy);
        }
    }

    /// <summary>enum prep_dispatch.</summary>
    private enum Prepared
    {
        /// <summary>PREP_DISPATCH_OK.</summary>
        Ok,

        /// <summary>PREP_DISPATCH_NO_TAG.</summary>
        NoTag,

        /// <summary>PREP_DISPATCH_NO_BUDGET.</summary>
        NoBudget,
    }
}
