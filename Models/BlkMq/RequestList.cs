using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>A list of requests, linked through themselves: a request is on one list at a time.</summary>
[KernelSource("include/linux/list.h", "list_add, list_add_tail, list_splice_tail_init", Version = "v6.18")]
internal sealed class RequestList
{
    private Request? _last;

    /// <summary>The first; null if there is none.</summary>
    public Request? First { get; private set; }

    /// <summary>Requests on the list.</summary>
    public int Count { get; private set; }

    /// <summary>True if nothing is on it.</summary>
    public bool IsEmpty => First is null;

    /// <summary>Joins the end.</summary>
    public void Append(Request request)
    {
        request.Next = null;
        if (_last is null)
        {
            First = request;
        }
        else
        {
            _last.Next = request;
        }

        _last = request;
        Count++;
    }

    /// <summary>Joins the front.</summary>
    public void Push(Request request)
    {
        request.Next = First;
        First = request;
        _last ??= request;
        Count++;
    }

    /// <summary>Joins where those of its age stand: before the first that was allocated later.</summary>
    public void InsertByAge(Request request)
    {
        Request? before = null;
        for (Request? at = First; at is not null && at.Order < request.Order; at = at.Next)
        {
            before = at;
        }

        if (before is null)
        {
            Push(request);
        }
        else if (before == _last)
        {
            Append(request);
        }
        else
        {
            request.Next = before.Next;
            before.Next = request;
            Count++;
        }
    }

    /// <summary>Takes the first.</summary>
    public Request Take()
    {
        Request first = First!;
        First = first.Next;
        if (First is null)
        {
            _last = null;
        }

        first.Next = null;
        Count--;
        return first;
    }

    /// <summary>Takes a request from wherever it stands; the one before it is known, or null for the first.</summary>
    public void TakeAfter(Request? before, Request request)
    {
        if (before is null)
        {
            _ = Take();
            return;
        }

        before.Next = request.Next;
        if (_last == request)
        {
            _last = before;
        }

        request.Next = null;
        Count--;
    }

    /// <summary>Everything on another list joins the end, and that list is empty.</summary>
    public void AppendAll(RequestList other)
    {
        if (other.First is null)
        {
            return;
        }

        if (_last is null)
        {
            First = other.First;
        }
        else
        {
            _last.Next = other.First;
        }

        _last = other._last;
        Count += other.Count;
        (other.First, other._last, other.Count) = (null, null, 0);
    }
}
