using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>The requests of one direction in mq-deadline: by sector, and by age with their deadlines.</summary>
/// <remarks>A timer says of each when it has waited too long, so that no instant decides: it runs for the oldest that has not.</remarks>
[KernelSource("block/mq-deadline.c", "deadline_add_rq_rb, deadline_remove_request, deadline_from_pos, deadline_check_fifo", Version = "v6.18")]
internal sealed class DeadlineList
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _expire;                // read_expire or write_expire
    private readonly List<Request> _sorted = [];      // sort_list, by first sector
    private readonly RequestList _fifo = new();       // fifo_list, the oldest first
    private readonly Deadline _deadline;
    private Request? _watched;                        // whose deadline the timer runs for
    private long _latestSector;                       // [512-byte sectors] latest_pos: where the last one taken begins

    public DeadlineList(LinuxKernel kernel, string name, Duration expire)
    {
        (_kernel, _expire) = (kernel, expire);
        _deadline = new Deadline(this, kernel.Simulation, name);
    }

    public bool IsEmpty => _sorted.Count == 0;

    /// <summary>deadline_fifo_request: the oldest; null if there is none.</summary>
    public Request? Oldest => _fifo.First;

    /// <summary>deadline_check_fifo: the oldest has waited too long.</summary>
    public bool HasExpired => _fifo.First is { HasExpired: true };

    /// <summary>deadline_next_request: the first from where the last one began; null if there is none so far on.</summary>
    public Request? Next => At(LowerBound(_latestSector));

    /// <summary>Joins both lists, with its deadline.</summary>
    public void Add(Request request)
    {
        Sort(request);
        request.IsInElevator = true;
        request.ExpiresAt = _kernel.Simulation.Now + _expire;
        _fifo.Append(request);
        Watch();
    }

    /// <summary>Leaves both lists.</summary>
    public void Remove(Request request)
    {
        _sorted.Remove(request);
        Leave(request);
    }

    /// <summary>Leaves both lists for the driver; the next one is looked for from where it begins.</summary>
    public void Take(Request request)
    {
        _latestSector = request.Sector;
        _sorted.RemoveAt(IndexOf(request));
        Leave(request);
    }

    /// <summary>A request has got a new first sector.</summary>
    public void Resort(Request request)
    {
        _sorted.Remove(request);
        Sort(request);
    }

    /// <summary>elv_latter_request, elv_former_request: its neighbour by sector; null if there is none.</summary>
    public Request? Neighbour(Request request, bool isLater) => At(IndexOf(request) + (isLater ? 1 : -1));

    /// <summary>elv_rb_find: one that begins at a sector; null if none does.</summary>
    public Request? Find(long sector) => At(LowerBound(sector)) is { } found && found.Sector == sector ? found : null;

    /// <summary>dd_merged_requests: of two on the list that become one, it keeps the earlier deadline and its place.</summary>
    /// <param name="request">That remains.</param>
    /// <param name="next">That vanishes.</param>
    public void Inherit(Request request, Request next)
    {
        Request? at = next.Next;
        while (at is not null && at != request)
        {
            at = at.Next;
        }

        if (at is not null)
        {
            _fifo.Remove(request);
            _fifo.InsertAfter(next, request);
            (request.ExpiresAt, request.HasExpired) = (next.ExpiresAt, next.HasExpired);
            Watch();
        }
    }

    private Request? At(int index) => index >= 0 && index < _sorted.Count ? _sorted[index] : null;

    private void Sort(Request request) => _sorted.Insert(LowerBound(request.Sector + 1), request);

    private int IndexOf(Request request)
    {
        int index = LowerBound(request.Sector);
        while (_sorted[index] != request)
        {
            index++;
        }

        return index;
    }

    /// <summary>Place of the first that begins at a sector or behind it.</summary>
    private int LowerBound(long sector)
    {
        int low = 0;
        int high = _sorted.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _sorted[middle].Sector < sector ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Leave(Request request)
    {
        _fifo.Remove(request);
        (request.IsInElevator, request.HasExpired) = (false, false);
        Watch();
    }

    /// <summary>Lets the timer run for the oldest that has not waited too long.</summary>
    private void Watch()
    {
        Request? next = _fifo.First;
        while (next is { HasExpired: true })
        {
            next = next.Next;
        }

        if (next == _watched)
        {
            return;
        }

        _watched = next;
        if (next is null)
        {
            _deadline.Cancel();
            return;
        }

        Duration left = next.ExpiresAt - _kernel.Simulation.Now;
        _deadline.Arm(left > Duration.Zero ? left : Duration.Zero);
    }

    private void OnExpired()
    {
        _watched!.HasExpired = true;
        Watch();
    }

    private sealed class Deadline(DeadlineList list, Simulation simulation, string name) : Simulator.Timer(simulation, name)
    {
        protected override void OnExpired() => list.OnExpired();
    }
}
