using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_plug</c>: requests that a task collects before it hands them down together.</summary>
/// <remarks>
/// <code>
///   Merge(bio)? ──► AddAsync ... AddAsync ──► blk_finish_plug: FlushAsync, in order │ the task sleeps: FlushOnSleepAsync, by kblockd (KS-25)
/// </code>
/// Flushed before a further request if it is full, or if the last request is large, so that merging has done its work.
/// Not modelled: requests allocated in advance for the bios of the plug (cached_rqs).
/// </remarks>
[KernelSource("block/blk-core.c", "blk_start_plug, blk_finish_plug, __blk_flush_plug", Version = "v6.18", Rules = "KS-25")]
public sealed class Plug
{
    private const int MaxRequests = 32;          // BLK_MAX_REQUEST_COUNT, recalled; twice as many with several queues
    private const long FlushBytes = 128 * 1024;  // BLK_PLUG_FLUSH_SIZE, recalled

    private readonly RequestList _requests = new();   // mq_list
    private readonly RequestList _ofOne = new();      // of these, those of the queue that is flushed now
    private int _count;                               // rq_count: 0 while it is flushed
    private bool _hasManyQueues;                      // multiple_queues

    /// <summary>The task whose it is; for diagnosis.</summary>
    [field: NotState]
    internal Process Task { get; set; }

    /// <summary>Requests plugged.</summary>
    internal int Count => _count;

    /// <summary>blk_finish_plug. Context: process.</summary>
    public Operation FlushAsync() => _count == 0 ? Operation.Completed : FlushListAsync(fromSchedule: false);

    /// <summary>The task is about to sleep: sched_submit_work. Context: process.</summary>
    internal Operation FlushOnSleepAsync() =>
        _count == 0 || _requests.First!.Queue.PlugOnSleep == PlugOnSleep.Keep ? Operation.Completed : FlushListAsync(fromSchedule: true);

    /// <summary>blk_attempt_plug_merge: the bio joins the last request, or with several queues the first of its own.</summary>
    [KernelSource("block/blk-merge.c", "blk_attempt_plug_merge", Version = "v6.18")]
    internal MergeStatus Merge(RequestQueue queue, Bio bio, long maxSectors)
    {
        Request? candidate = _requests.Last;
        if (candidate is not null && candidate.Queue != queue)
        {
            candidate = _hasManyQueues ? FirstOf(queue) : null;
        }

        return candidate is null ? MergeStatus.None : BioMerge.Attempt(candidate, bio, maxSectors);
    }

    /// <summary>blk_add_rq_to_plug. Context: process.</summary>
    [KernelSource("block/blk-mq.c", "blk_add_rq_to_plug, blk_plug_max_rq_count", Version = "v6.18")]
    internal Operation AddAsync(Request request)
    {
        int max = _hasManyQueues ? 2 * MaxRequests : MaxRequests;
        if (_count >= max || (_count > 0 && request.Queue.Merges && _requests.Last!.Size.Bytes >= FlushBytes))
        {
            return FlushAndAddAsync(request);
        }

        Append(request);
        return Operation.Completed;
    }

    private async Operation FlushAndAddAsync(Request request)
    {
        await FlushListAsync(fromSchedule: false);
        Append(request);
    }

    private void Append(Request request)
    {
        _hasManyQueues |= _requests.Last is { } last && last.Queue != request.Queue;
        _requests.Append(request);
        _count++;
    }

    /// <summary>blk_mq_flush_plug_list, queue by queue.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_flush_plug_list, blk_mq_dispatch_multiple_queue_requests", Version = "v6.18")]
    private async Operation FlushListAsync(bool fromSchedule)
    {
        _count = 0;
        while (_requests.First is { Queue: var queue })
        {
            TakeOf(queue);
            await queue.FlushPlugAsync(_ofOne, fromSchedule);
        }

        _hasManyQueues = false;
    }

    private void TakeOf(RequestQueue queue)
    {
        if (!_hasManyQueues)
        {
            _ofOne.AppendAll(_requests);
            return;
        }

        for (Request? at = _requests.First; at is not null;)
        {
            Request? next = at.Next;
            if (at.Queue == queue)
            {
                _requests.Remove(at);
                _ofOne.Append(at);
            }

            at = next;
        }
    }

    private Request? FirstOf(RequestQueue queue)
    {
        Request? at = _requests.First;
        while (at is not null && at.Queue != queue)
        {
            at = at.Next;
        }

        return at;
    }
}

/// <summary>What becomes of a task's plug when the task sleeps.</summary>
public enum PlugOnSleep
{
    /// <summary>It is flushed, so that what it holds goes on.</summary>
    [KernelSource("kernel/sched/core.c", "sched_submit_work, blk_flush_plug", Version = "v6.18", Rules = "KS-25")]
    Flush,

    /// <summary>It is kept. No kernel does so: it is what a model without that line of the scheduler does.</summary>
    [KernelSource("kernel/sched/core.c", "sched_submit_work", Version = "v6.18", Rules = "KS-25")]
    Keep,
}
