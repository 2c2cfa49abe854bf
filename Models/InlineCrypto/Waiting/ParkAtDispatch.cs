using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design D, the refined one: only the request that lacks a slot is put aside; a slot that becomes idle brings back those whose key is there, and the oldest (KS-D1).</summary>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-D1 KS-D2")]
internal sealed class ParkAtDispatch : KeyslotGate, IKeyslotListener
{
    private readonly Duration? _ageLimit;
    private readonly AgeTimer _timer;
    private readonly RequestList _parked = new();   // of all hardware queues, oldest first
    private bool _isClosed;                         // the oldest has waited too long: newer ones take no slot before it

    public ParkAtDispatch(CryptoProfile profile, Duration? ageLimit)
        : base(profile)
    {
        _ageLimit = ageLimit;
        _timer = new AgeTimer(this, profile);
        profile.Tell(this);
    }

    /// <inheritdoc/>
    public override bool TakesTagAtDispatch => true;

    /// <inheritdoc/>
    public override async Operation<DispatchAnswer> AtDispatchAsync(Request request)
    {
        if (request.Crypt is not { } crypt || request.Keyslot is not null)
        {
            return DispatchAnswer.Go;
        }

        BlkStatus status = _isClosed && IsNewerThanOldest(request) ? BlkStatus.Resource : await Profile.TryGetAsync(crypt.Key, request);
        if (status != BlkStatus.Resource)
        {
            return status == BlkStatus.Ok ? DispatchAnswer.Go : DispatchAnswer.Failed;
        }

        request.HasWaited = true;
        _parked.InsertByAge(request);
        WatchOldest();
        return DispatchAnswer.Parked;
    }

    /// <summary>Those whose key is in a slot, then the oldest, go to the front of their hardware queue, in the order of their age.</summary>
    public void OnSlotIdle(Keyslot slot)
    {
        Request? before = null;
        Request? at = _parked.First;
        bool isGranted = false;   // the idle slot is promised to a key that is in none
        while (at is not null)
        {
            Request? next = at.Next;
            bool isOldest = before is null && !isGranted;
            bool isResident = !_isClosed && Profile.Table.Find(at.Crypt!.Key) is not null;
            if (isOldest || isResident)
            {
                isGranted |= isOldest && !isResident;
                _parked.TakeAfter(before, at);
                at.Context.BypassInsert(at);
                at.Context.QueueRun();
            }
            else
            {
                before = at;
            }

            at = next;
        }

        WatchOldest();
    }

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        if (_timer.IsArmed)
        {
            owners.Add(_timer);
        }
    }

    private bool IsNewerThanOldest(Request request) => _parked.First is { } oldest && request.Order > oldest.Order;

    /// <summary>The limit runs for the oldest alone.</summary>
    private void WatchOldest()
    {
        if (_parked.IsEmpty)
        {
            _isClosed = false;
            _timer.Cancel();
        }
        else if (_ageLimit is { } limit && !_isClosed && !_timer.IsArmed)
        {
            _timer.Arm(limit);
        }
    }

    private sealed class AgeTimer(ParkAtDispatch gate, CryptoProfile profile) : Simulator.Timer(profile.Simulation, profile.Name + ".age_limit")
    {
        protected override void OnExpired() => gate._isClosed = !gate._parked.IsEmpty;
    }
}
