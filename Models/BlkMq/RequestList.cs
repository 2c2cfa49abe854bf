using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary>A list of requests, linked through themselves: a request is on one list at a time.</summary>
[KernelSource("include/linux/list.h", "list_add, list_add_tail, list_del_init, list_splice_tail_init", Version = "v6.18")]
internal sealed class RequestList
{
    /// <summary>The first; null if there is none.</summary>
    public Request? First { get; private set; }

    /// <summary>The last; null if there is none.</summary>
    public Request? Last { get; private set; }

    /// <summary>Requests on the list.</summary>
    public int Count { get; private set; }

    /// <summary>True if nothing is on it.</summary>
    public bool IsEmpty => First is null;

    /// <summary>Joins the end.</summary>
    public void Append(Request request) => InsertAfter(Last, request);

    /// <summary>Joins the front.</summary>
    public void Push(Request request) => InsertAfter(null, request);

    /// <summary>Joins where those of its age stand: before the first that was allocated later.</summary>
    public void InsertByAge(Request request)
    {
        Request? before = null;
        for (Request? at = First; at is not null && at.Order < request.Order; at = at.Next)
        {
            before = at;
        }

        InsertAfter(before, request);
    }

    /// <summary>Joins behind one on the list, or the front.</summary>
    public void InsertAfter(Request? before, Request request)
    {
        Request? after = before is null ? First : before.Next;
        (request.Previous, request.Next) = (before, after);
        if (before is null)
        {
            First = request;
        }
        else
        {
            before.Next = request;
        }

        if (after is null)
        {
            Last = request;
        }
        else
        {
            after.Previous = request;
        }

        Count++;
    }

    /// <summary>Takes the first.</summary>
    public Request Take()
    {
        Request first = First!;
        Remove(first);
        return first;
    }

    /// <summary>Takes a request from wherever it stands.</summary>
    public void Remove(Request request)
    {
        (Request? before, Request? after) = (request.Previous, request.Next);
        if (before is null)
        {
            First = after;
        }
        else
        {
            before.Next = after;
        }

        if (after is null)
        {
            Last = before;
        }
        else
        {
            after.Previous = before;
        }

        (request.Previous, request.Next) = (null, null);
        Count--;
    }

    /// <summary>Takes a request from wherever it stands; the one before it is known, or null for the first.</summary>
    public void TakeAfter(Request? before, Request request)
    {
        Invariant.Holds(request.Previous == before, "the one before it on the list is known");
        Remove(request);
    }

    /// <summary>Everything on another list joins the end, and that list is empty.</summary>
    public void AppendAll(RequestList other)
    {
        if (other.First is not { } first)
        {
            return;
        }

        first.Previous = Last;
        if (Last is null)
        {
            First = first;
        }
        else
        {
            Last.Next = first;
        }

        Last = other.Last;
        Count += other.Count;
        (other.First, other.Last, other.Count) = (null, null, 0);
    }
}
