using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>The elevator mq-deadline: batches of one direction in order of sectors; between batches the oldest, if it has waited too long.</summary>
/// <remarks>
/// <code>
///   Insert ──► joins another? │ by sector and by age ──► Dispatch: same batch │ reads, unless writes are starved ──► expired? oldest : next
/// </code>
/// Not modelled: I/O priorities, zones, async_depth.
/// </remarks>
[KernelSource("block/mq-deadline.c", "dd_insert_request, __dd_dispatch_request, dd_bio_merge, dd_request_merge, dd_merged_requests", Version = "v6.18", Rules = "KS-28 KS-42")]
internal sealed class MqDeadline : Elevator
{
    private readonly RequestQueue _queue;
    private readonly DeadlineOptions _options;
    private readonly long _maxSectors;            // [512-byte sectors]
    private readonly bool _looksFurther;          // unless blk_queue_noxmerges
    private readonly DeadlineList _reads;
    private readonly DeadlineList _writes;
    private readonly RequestsByEnd _byEnd = new();
    private Request? _lastMerge;                  // q->last_merge, the one-hit cache
    private bool _lastWasWrite = true;            // last_dir; at first DD_WRITE (recalled)
    private int _batching;                        // requests of the batch so far
    private int _starved;                         // batches of reads since the last of writes, while writes waited

    public MqDeadline(LinuxKernel kernel, RequestQueue queue, RequestQueueSettings settings)
    {
        (_queue, _options, _maxSectors, _looksFurther) = (queue, settings.Deadline, settings.MaxSectors, settings.NoMerges == 0);
        _reads = new DeadlineList(kernel, queue.Name + ".read_expire", _options.ReadExpire);
        _writes = new DeadlineList(kernel, queue.Name + ".write_expire", _options.WriteExpire);
    }

    /// <inheritdoc/>
    public override bool HasWork => !_reads.IsEmpty || !_writes.IsEmpty;

    /// <inheritdoc/>
    public override void Insert(Request request)
    {
        if (_queue.Merges && request.IsMergeable && TryInsertMerged(request))
        {
            return;
        }

        ListOf(request).Add(request);
        if (request.IsMergeable)
        {
            _byEnd.Add(request);
            _lastMerge ??= request;
        }
    }

    // ── the order ───────────────────────────────────────────────────────

    /// <inheritdoc/>
    [KernelSource("block/mq-deadline.c", "__dd_dispatch_request, deadline_move_request", Version = "v6.18")]
    public override Request Dispatch()
    {
        Request? next = (_lastWasWrite ? _writes : _reads).Next;
        if (next is null || _batching >= _options.FifoBatch)
        {
            next = BeginBatch();
        }

        _batching++;
        ListOf(next).Take(next);
        Forget(next);
        return next;
    }

    /// <summary>Chooses the direction, then where in it: at the oldest if that has waited too long or nothing lies further on, else where the last one was.</summary>
    private Request BeginBatch()
    {
        _lastWasWrite = _reads.IsEmpty || (!_writes.IsEmpty && _starved++ >= _options.WritesStarved);
        _starved = _lastWasWrite ? 0 : _starved;
        _batching = 0;
        DeadlineList list = _lastWasWrite ? _writes : _reads;
        return list.HasExpired ? list.Oldest! : list.Next ?? list.Oldest!;
    }

    // ── merging ─────────────────────────────────────────────────────────

    /// <summary>blk_mq_sched_try_merge; the request that has grown may join its neighbour.</summary>
    public override bool TryMerge(Bio bio)
    {
        (Request? request, MergePlace place) = FindFor(bio);
        if (request is null)
        {
            return false;
        }

        bool isBack = place == MergePlace.Back;
        if ((isBack ? BioMerge.Back(request, bio, _maxSectors) : BioMerge.Front(request, bio, _maxSectors)) != MergeStatus.Ok)
        {
            _lastMerge = _lastMerge == request && !request.IsMergeable ? null : _lastMerge;   // req_set_nomerge
            return false;
        }

        DeadlineList list = ListOf(request);
        if (!isBack)
        {
            list.Resort(request);
        }

        Request? neighbour = list.Neighbour(request, isLater: isBack);
        if (neighbour is null || !(isBack ? TryJoin(request, neighbour) : TryJoin(neighbour, request)))
        {
            OnGrown(request);
        }

        return true;
    }

    /// <summary>elv_merge: the one-hit cache, the request that ends where the bio begins, and the one that begins where it ends.</summary>
    private (Request? Request, MergePlace Place) FindFor(Bio bio)
    {
        if (_lastMerge is { } last && BioMerge.IsAllowed(last, bio) && BioMerge.Where(last, bio) is var place and not MergePlace.None)
        {
            return (last, place);
        }

        if (!_looksFurther)
        {
            return default;
        }

        if (_byEnd.Find(bio.Sector) is { } before && BioMerge.IsAllowed(before, bio))
        {
            return (before, MergePlace.Back);
        }

        Request? after = _options.FrontMerges ? (bio.IsWrite ? _writes : _reads).Find(BioMerge.EndSector(bio)) : null;
        return after is not null && BioMerge.IsAllowed(after, bio) ? (after, MergePlace.Front) : default;
    }

    /// <summary>elv_attempt_insert_merge: joins a request that ends where it begins, which then may join another.</summary>
    private bool TryInsertMerged(Request request)
    {
        if (_lastMerge is { } last && TryJoin(last, request))
        {
            return true;
        }

        bool isMerged = false;
        while (_looksFurther && _byEnd.Find(request.Sector) is { } before && TryJoin(before, request))
        {
            (request, isMerged) = (before, true);
        }

        return isMerged;
    }

    /// <summary>attempt_merge: two that stand in a row become one; the second gives back its keyslot and its tag (KS-28).</summary>
    private bool TryJoin(Request request, Request next)
    {
        if (!request.IsMergeable || !next.IsMergeable || request.IsWrite != next.IsWrite || request.EndSector != next.Sector
            || (request.Size.Bytes + next.Size.Bytes) / 512 > _maxSectors || !CryptMerge.AreMergeable(request.Crypt, request.Size, next.Crypt))
        {
            return false;
        }

        if (next.IsInElevator)
        {
            ListOf(next).Inherit(request, next);
            Remove(next);
        }

        request.Absorb(next);
        OnGrown(request);
        _queue.FreeMerged(next);
        return true;
    }

    /// <summary>elv_merged_request.</summary>
    private void OnGrown(Request request)
    {
        _byEnd.Remove(request);
        _byEnd.Add(request);
        _lastMerge = request;
    }

    private void Remove(Request request)
    {
        ListOf(request).Remove(request);
        Forget(request);
    }

    private void Forget(Request request)
    {
        _byEnd.Remove(request);
        _lastMerge = _lastMerge == request ? null : _lastMerge;
    }

    private DeadlineList ListOf(Request request) => request.IsWrite ? _writes : _reads;
}
