using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design D, the refined one: only the request that lacks a slot is put aside; a slot that becomes idle brings back those whose key is there, and then the oldest (KS-D1).</summary>
/// <remarks>
/// <code>
///   AtDispatch ──► slot? ──► driver                                     ┌─ those whose key is in a slot
///       ▲           └─ none, or barred by the age limit ──► parked ─────┤      then the oldest, one for each slot left
///       └──────────────── front of the dispatch list ◄──────────────────┘ ◄── a slot is idle, or a key was programmed
/// </code>
/// Whoever comes back may find that somebody else was faster, and is parked again where its age puts it. Not modelled: that a parked write of
/// a zone, or one before a flush, must not be overtaken (KS-D3): the hosts here have neither zones nor flushes.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-D1 KS-D2 KS-D3")]
internal sealed class ParkAtDispatch : KeyslotGate, IKeyslotListener
{
    private readonly AgeLimit? _age;                 // null: newer requests may pass for ever
    private readonly RequestList _parked = new();    // of all hardware queues, oldest first
    private readonly RequestList _going = new();     // those that come back, last first; empty between two steps

    public ParkAtDispatch(CryptoProfile profile, Duration? ageLimit)
        : base(profile)
    {
        _age = ageLimit is { } limit ? new AgeLimit(profile, limit) : null;
        profile.Tell(this);
    }

    /// <inheritdoc/>
    public override bool TakesTagAtDispatch => true;

    /// <summary>Requests put aside.</summary>
    public int Parked => _parked.Count;

    /// <inheritdoc/>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_get_keyslot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C1")]
    public override async Operation<DispatchAnswer> AtDispatchAsync(Request request)
    {
        if (request.Crypt is not { } crypt || request.Keyslot is not null)
        {
            return DispatchAnswer.Go;
        }

        BlkStatus status = IsBarred(request) ? BlkStatus.Resource : await Profile.TryGetAsync(crypt.Key, request);
        if (status == BlkStatus.Resource)
        {
            Park(request);
            return DispatchAnswer.Parked;
        }

        if (status == BlkStatus.Again)
        {
            return DispatchAnswer.Resource;   // no slot would help it: the host cannot be programmed now (KS-C5)
        }

        OnServed(request);
        return status == BlkStatus.Ok ? DispatchAnswer.Go : DispatchAnswer.Failed;
    }

    /// <summary>Brings back those for whom there is a slot now. Context: any.</summary>
    public void OnSlotIdle(Keyslot slot) => Release();

    /// <inheritdoc/>
    public override void Owners(OwnerList owners) => _age?.AddTo(owners);

    private bool IsBarred(Request request) => _age?.Bars(request) == true;

    private void Park(Request request)
    {
        request.BeginToWait();
        _parked.InsertByAge(request);
        Profile.Meter.OnParked(_parked.Count);
        _age?.Watch(_parked.First!);
    }

    /// <summary>A request has its slot, or its error. A key that was programmed is there for others too; a slot whose programming failed is idle still; and what the age limit held up goes on.</summary>
    private void OnServed(Request request)
    {
        bool wasOverdue = _age?.OnServed(request, _parked.First) == true;
        if (wasOverdue || !request.IsHit)
        {
            Release();
        }
    }

    private void Release()
    {
        if (_parked.IsEmpty)
        {
            return;
        }

        int idle = Profile.Table.Idle - TakeResident();
        TakeOldest(idle);
        Profile.Meter.OnParked(_parked.Count);
        while (!_going.IsEmpty)
        {
            Request request = _going.Take();
            Invariant.Holds(!request.HasTag && request.Keyslot is null, "a parked request holds neither tag nor slot (KS-K9)");
            request.Context.BypassInsert(request, atHead: true);
            request.Context.QueueRun();
        }
    }

    /// <summary>Those whose key is in a slot.</summary>
    /// <returns>Idle slots that they will take.</returns>
    private int TakeResident()
    {
        int claimed = 0;
        Request? before = null;
        for (Request? at = _parked.First; at is not null && !IsBarred(at);)
        {
            Request? next = at.Next;
            if (Profile.Table.Find(at.Crypt!.Key) is { } slot)
            {
                claimed += slot.IsIdle && !IsGoing(slot.Key!) ? 1 : 0;
                _parked.TakeAfter(before, at);
                _going.Push(at);
            }
            else
            {
                before = at;
            }

            at = next;
        }

        return claimed;
    }

    /// <summary>The oldest of the others, one of each key: a second one comes back once its key is there.</summary>
    private void TakeOldest(int slots)
    {
        Request? before = null;
        for (Request? at = _parked.First; slots > 0 && at is not null && !IsBarred(at);)
        {
            Request? next = at.Next;
            if (IsGoing(at.Crypt!.Key))
            {
                before = at;
            }
            else
            {
                slots--;
                _parked.TakeAfter(before, at);
                _going.Push(at);
            }

            at = next;
        }
    }

    private bool IsGoing(BlkCryptoKey key)
    {
        for (Request? at = _going.First; at is not null; at = at.Next)
        {
            if (at.Crypt!.Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
