using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_mq_ctx</c> of each CPU, as far as one hardware queue is concerned: requests that wait to be dispatched, and that bios may still join.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_flush_busy_ctxs, blk_mq_dequeue_from_ctx, blk_mq_next_ctx", Version = "v6.18", Rules = "KS-34 KS-36")]
internal sealed class SoftwareQueues
{
    /// <summary>Requests that a bio is compared with: "a hand-wavy stop count of 8" (KS-34).</summary>
    private const int LookBack = 8;

    private readonly RequestList[] _lists;   // ctx->rq_lists, by CPU
    private int _count;                      // requests on all
    private int _from;                       // hctx->dispatch_from: 0-based CPU whose turn it is

    public SoftwareQueues(int cpus)
    {
        _lists = new RequestList[cpus];
        for (int i = 0; i < cpus; i++)
        {
            _lists[i] = new RequestList();
        }
    }

    /// <summary>sbitmap_any_bit_set(&amp;hctx->ctx_map): some list has a request.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Joins the queue of its CPU.</summary>
    public void Insert(Request request)
    {
        _lists[request.Cpu % _lists.Length].Append(request);
        _count++;
    }

    /// <summary>Requests of one CPU join its queue, and their list is empty.</summary>
    public void InsertAll(RequestList requests)
    {
        _count += requests.Count;
        _lists[requests.First!.Cpu % _lists.Length].AppendAll(requests);
    }

    /// <summary>blk_mq_flush_busy_ctxs: all of them, CPU by CPU.</summary>
    public void TakeAll(RequestList into)
    {
        foreach (RequestList list in _lists)
        {
            into.AppendAll(list);
        }

        _count = 0;
    }

    /// <summary>blk_mq_dequeue_from_ctx: the first request of the CPU whose turn it is, or of the next that has one; the one after it is next.</summary>
    public Request TakeInTurn()
    {
        while (_lists[_from].IsEmpty)
        {
            _from = (_from + 1) % _lists.Length;
        }

        Request request = _lists[_from].Take();
        _from = (_from + 1) % _lists.Length;
        _count--;
        return request;
    }

    /// <summary>blk_bio_list_merge: the bio joins one of the last 8 requests of its CPU, newest first; a neighbour that it may not join ends the search.</summary>
    public MergeStatus Merge(Bio bio, long maxSectors)
    {
        int left = LookBack;
        for (Request? at = _lists[bio.Cpu % _lists.Length].Last; at is not null && left > 0; at = at.Previous, left--)
        {
            MergeStatus status = BioMerge.Attempt(at, bio, maxSectors);
            if (status != MergeStatus.None)
            {
                return status;
            }
        }

        return MergeStatus.None;
    }
}
