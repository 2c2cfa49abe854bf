using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary><c>struct crypto_queue</c>: a bounded first-in-first-out queue that keeps MAY_BACKLOG requests beyond its limit.</summary>
/// <remarks>
/// <code>
///   head ► r r r r │ b b b ◄ tail        Enqueue: at the tail;  EINPROGRESS below max_qlen, EBUSY from there on
///                  └ backlog: first request answered EBUSY and not yet notified
/// </code>
/// A pure data structure: no time passes, nothing is called back. The pattern of its users is
/// <see cref="GetBacklog"/>, then <see cref="Dequeue"/>, then EINPROGRESS to the former (DM-Q5).
/// </remarks>
[KernelSource("crypto/algapi.c", "crypto_enqueue_request, crypto_dequeue_request, crypto_get_backlog", Version = "v6.18", Rules = "DM-Q1-DM-Q10")]
public sealed class CryptoQueue
{
    private readonly BacklogMark _mark;
    private CryptoRequest? _head;      // oldest
    private CryptoRequest? _tail;      // newest
    private CryptoRequest? _backlog;   // first not yet notified backlogged request; null = the list head = none
    private int _backlogged;           // requests from the mark to the tail

    /// <summary>An empty queue, as <c>crypto_init_queue</c> (DM-Q1).</summary>
    /// <param name="maxLength">max_qlen, at least 1: from this length on requests are answered EBUSY.</param>
    /// <param name="mark">What a request that returns to the front does to the backlog mark.</param>
    public CryptoQueue(int maxLength, BacklogMark mark = BacklogMark.StepsBack)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        MaxLength = maxLength;
        _mark = mark;
    }

    /// <summary>max_qlen: decides EINPROGRESS or EBUSY, never the length (DM-Q9).</summary>
    public int MaxLength { get; }

    /// <summary>qlen: requests in the queue, backlogged ones included.</summary>
    public int Length { get; private set; }

    /// <summary>Requests whose callers have been told EINPROGRESS, at once or later: no more than max_qlen, and one for DM-Q8, while notifications follow dispatches (DM-C1).</summary>
    public int Told => Length - _backlogged;

    /// <summary>Appends a request (DM-Q2). Beyond max_qlen: EBUSY and kept with MAY_BACKLOG, ENOSPC and not kept without (DM-C3).</summary>
    public SubmitResult Enqueue(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AssertInvariants();
        if (Length < MaxLength)
        {
            Append(request);
            return SubmitResult.InProgress;
        }

        if (!request.MayBacklog)
        {
            return SubmitResult.NoSpace;
        }

        Append(request);
        _backlog ??= request;
        _backlogged++;
        return SubmitResult.Busy;
    }

    /// <summary>The request to notify with EINPROGRESS once the next one is dequeued; null if none. Read it before <see cref="Dequeue"/> (DM-Q3).</summary>
    public CryptoRequest? GetBacklog() => _backlog;

    /// <summary>Takes the oldest request and moves the backlog mark on by one (DM-Q4); null if the queue is empty.</summary>
    public CryptoRequest? Dequeue()
    {
        AssertInvariants();
        CryptoRequest? request = _head;
        if (request is null)
        {
            return null;
        }

        if (_backlog is not null)
        {
            _backlog = _backlog.Next;
            _backlogged--;
        }

        Length--;
        _head = request.Next;
        if (_head is null)
        {
            _tail = null;
        }
        else
        {
            _head.Previous = null;
        }

        request.Next = null;
        return request;
    }

    /// <summary>Puts a dequeued request back in front and, since 6.4, the backlog mark back by one (DM-Q7).</summary>
    /// <remarks>The mark may come to rest on a request that was answered EINPROGRESS: the spurious notification of DM-Q8, kept as it is upstream.</remarks>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request_head", Commit = "4140aafcff16", Rules = "DM-Q7 DM-Q8")]
    public void EnqueueHead(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Length >= MaxLength && _mark == BacklogMark.StepsBack)
        {
            StepBack();
        }

        Length++;
        request.Next = _head;
        request.Previous = null;
        if (_head is null)
        {
            _tail = request;
        }
        else
        {
            _head.Previous = request;
        }

        _head = request;
        AssertInvariants();
    }

    private void StepBack()
    {
        _backlog = _backlog is null ? _tail : _backlog.Previous;
        _backlog?.TolerateNotification();
        _backlogged = _backlog is null ? 0 : _backlogged + 1;
    }

    private void Append(CryptoRequest request)
    {
        Length++;
        request.Previous = _tail;
        request.Next = null;
        if (_tail is null)
        {
            _head = request;
        }
        else
        {
            _tail.Next = request;
        }

        _tail = request;
    }

    private void AssertInvariants()
    {
        Invariant.Holds(Length == 0 == (_head is null), "the queue has a head exactly when it has a length");
        Invariant.Holds(_backlog is null || Length > 0, "the backlog mark stands on a request of the queue");
    }
}
