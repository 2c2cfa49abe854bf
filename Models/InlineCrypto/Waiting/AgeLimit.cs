using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Bounds how long newer requests pass an older one: once the oldest has waited so long, none that is newer takes a slot before it, not even one that holds its key (KS-D2).</summary>
/// <remarks>
/// <code>
///   Watch(oldest) ──► timer ──► overdue: newer ones are barred ──► OnServed(it): the next oldest
/// </code>
/// So a cold key waits for the limit, then for the commands that hold the slots, and for those that were overdue before it.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-D2")]
internal sealed class AgeLimit(CryptoProfile profile, Duration limit) : Simulator.Timer(profile.Simulation, profile.Name + ".age_limit")
{
    private readonly CryptoProfile _profile = profile;
    private readonly Duration _limit = limit;
    private Request? _watched;    // the oldest that waits, parked or on its way back; null while nothing is parked
    private bool _isOverdue;      // it has waited too long

    /// <summary>True if a request must let an older one go first.</summary>
    public bool Bars(Request request) => _isOverdue && request.Order > _watched!.Order;

    /// <summary>A request was parked.</summary>
    /// <param name="oldest">Of those that are parked now.</param>
    public void Watch(Request oldest)
    {
        if (_isOverdue || (_watched is not null && _watched.Order <= oldest.Order))
        {
            return;
        }

        _watched = oldest;
        Duration left = _limit - (_profile.Now - oldest.WaitsSince);
        Arm(left < new Duration(1) ? new Duration(1) : left > _limit ? _limit : left);
    }

    /// <summary>A request has what it waited for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="oldest">Of those that are parked; null if none is.</param>
    /// <returns>True if it was overdue: those that were barred because of it may go on.</returns>
    public bool OnServed(Request request, Request? oldest)
    {
        if (request != _watched)
        {
            return false;
        }

        bool wasOverdue = _isOverdue;
        (_watched, _isOverdue) = (null, false);
        Cancel();
        if (oldest is not null)
        {
            Watch(oldest);
        }

        return wasOverdue;
    }

    /// <summary>While it runs it will let somebody go on.</summary>
    public void AddTo(OwnerList owners)
    {
        if (IsArmed)
        {
            owners.Add(this);
        }
    }

    /// <inheritdoc/>
    protected override void OnExpired()
    {
        _isOverdue = true;
        _profile.Meter.OnOverdue();
    }
}
