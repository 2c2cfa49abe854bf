using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>How requests come in: straight to the driver where nothing stands before them, else to wait.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_try_issue_directly, __blk_mq_issue_directly, blk_mq_insert_requests", Version = "v6.18", Rules = "KS-37 KS-41")]
internal sealed partial class HardwareContext
{
    /// <summary>The end of blk_mq_submit_bio for a request without a plug.</summary>
    public Operation IssueOrQueueAsync(Request request)
    {
        if (_queue.Elevator is { } elevator)
        {
            elevator.Insert(request);
            return RunQueueAsync(isAsync: true);
        }

        if (_dispatchBusy > 0 && _queue.Contexts.Count == 1)
        {
            _software.Insert(request);
            return RunQueueAsync(isAsync: true);
        }

        return IssueAloneAsync(request);
    }

    /// <summary>__blk_mq_issue_directly: past everything that waits.</summary>
    [KernelSource("block/blk-mq.c", "__blk_mq_issue_directly", Version = "v6.18", Rules = "KS-37")]
    public async Operation<IssueAnswer> IssueNowAsync(Request request)
    {
        if (!TryBudgetAndTag(request))
        {
            return IssueAnswer.NoTag;
        }

        DispatchAnswer answer = await _queue.IssueAsync(request);
        bool isBusy = answer is DispatchAnswer.Resource or DispatchAnswer.DevResource;
        UpdateBusy(isBusy);
        if (answer == DispatchAnswer.Go)
        {
            Meter.OnProgress();
        }

        return isBusy ? IssueAnswer.Busy : IssueAnswer.Done;
    }

    /// <summary>blk_mq_insert_requests: what a plug held for one CPU.</summary>
    public async Operation InsertAllAsync(RequestList requests, bool isAsync)
    {
        if (_dispatchBusy == 0 && !isAsync)
        {
            await IssueListAsync(requests);
        }

        if (!requests.IsEmpty)
        {
            _software.InsertAll(requests);
        }

        await RunQueueAsync(isAsync);
    }

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

    /// <summary>The same for one that could not be issued.</summary>
    public void PutBack(Request request)
    {
        BypassInsert(request);
        Meter.OnStop();
    }

    /// <summary>blk_mq_run_dispatch_ops begins: until <see cref="LinuxKernel.Enter(CpuContext)"/> with what it returns nothing may sleep, unless the driver may.</summary>
    public CpuContext EnterDispatch()
    {
        CpuContext outer = _kernel.Context;
        if (_queue.IsBlocking)
        {
            _ = _kernel.MaySleep("blk_mq_run_dispatch_ops");
        }
        else if (outer == CpuContext.Process)
        {
            _kernel.Enter(CpuContext.RcuReader);
        }

        return outer;
    }

    /// <summary>blk_mq_try_issue_directly.</summary>
    [ReadSide]
    [KernelSource("block/blk-mq.c", "blk_mq_try_issue_directly", Version = "v6.18", Rules = "KS-37")]
    private async Operation IssueAloneAsync(Request request)
    {
        CpuContext outer = EnterDispatch();
        IssueAnswer answer = await IssueNowAsync(request);
        if (answer != IssueAnswer.Done)
        {
            if (answer == IssueAnswer.NoTag)
            {
                _software.Insert(request);
            }
            else
            {
                PutBack(request);
            }

            await RunQueueAsync(isAsync: false);
        }

        _kernel.Enter(outer);
    }

    /// <summary>blk_mq_try_issue_list_directly: until one cannot go on.</summary>
    [ReadSide]
    [KernelSource("block/blk-mq.c", "blk_mq_try_issue_list_directly", Version = "v6.18", Rules = "KS-37")]
    private async Operation IssueListAsync(RequestList requests)
    {
        CpuContext outer = EnterDispatch();
        bool goesOn = true;
        while (goesOn && !requests.IsEmpty)
        {
            Request request = requests.Take();
            goesOn = await IssueNowAsync(request) == IssueAnswer.Done;
            if (!goesOn)
            {
                PutBack(request);
            }
        }

        if (!goesOn && requests.IsEmpty)
        {
            await RunQueueAsync(isAsync: false);
        }

        _kernel.Enter(outer);
    }

    /// <summary>blk_mq_get_budget_and_tag.</summary>
    private bool TryBudgetAndTag(Request request)
    {
        if (!_queue.TryBudget(request))
        {
            return false;
        }

        if (RequestQueue.TryTag(request))
        {
            return true;
        }

        _queue.PutBudget(request);
        return false;
    }
}

/// <summary>What became of a request that was issued past everything that waits.</summary>
internal enum IssueAnswer
{
    /// <summary>It is on its way, kept by the gate, or has ended with an error.</summary>
    Done,

    /// <summary>It has no budget or no driver tag, and the driver was not asked.</summary>
    NoTag,

    /// <summary>The driver, or the gate, could not take it.</summary>
    Busy,
}
