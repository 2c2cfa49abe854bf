using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct request</c>: one or more bios in a row, a tag, and from some moment on a keyslot.</summary>
[KernelSource("include/linux/blk-mq.h", "struct request", Version = "v6.18", Rules = "KS-30 KS-32")]
public sealed class Request : IKeyslotClaim, IHolder
{
    private readonly RequestQueue _queue;
    [NotState]
    private long _number;                // 1-based, in order of allocation; for people
    [NotState]
    private VirtualTime _claimedAt;      // it began to look for a slot
    [NotState]
    private VirtualTime _heldSince;      // it has had its slot
    [NotState]
    private VirtualTime _tagSince;       // it has had its driver tag, or has last come back from the driver
    private Bio? _last;                  // of its chain

    internal Request(RequestQueue queue) => _queue = queue;

    /// <summary>The first bio; the others follow by their links.</summary>
    public Bio? First { get; private set; }

    /// <summary>bi_size of all bios.</summary>
    public DataSize Size { get; private set; }

    /// <summary>[512-byte sectors] blk_rq_pos.</summary>
    public long Sector { get; private set; }

    /// <summary>True for a write.</summary>
    public bool IsWrite { get; private set; }

    /// <summary>crypt_ctx: that of the first bio (KS-32); null if it is not encrypted by the device.</summary>
    public BioCryptContext? Crypt { get; private set; }

    /// <summary>crypt_keyslot; null until it is acquired, and for a request that needs none.</summary>
    public Keyslot? Keyslot { get; private set; }

    /// <summary>The slot that encrypts it: its own, or before 5.8 that of its first bio (KS-A5).</summary>
    internal Keyslot? SlotInUse => Keyslot ?? First?.Keyslot?.Slot;

    /// <summary>Its place in the order of allocation among those in use.</summary>
    internal long Order { get; private set; }

    /// <summary>The key was in a slot when the request took it.</summary>
    public bool IsHit { get; private set; }

    /// <summary>It slept, or was put back or aside, for want of a slot.</summary>
    public bool HasWaited { get; private set; }

    /// <summary>When it first looked for a slot.</summary>
    internal VirtualTime WaitsSince => _claimedAt;

    /// <summary>rq_mergeable: not closed by REQ_NOMERGE, as one is that a bio was too large for.</summary>
    internal bool IsMergeable { get; set; }

    /// <summary>The queue it is a request of.</summary>
    internal RequestQueue Queue => _queue;

    /// <summary>It has part of its device's budget.</summary>
    internal bool HasBudget { get; set; }

    /// <summary>How it ends where the gate or the driver answers that it failed.</summary>
    internal BlkStatus FailedWith { get; set; }

    /// <summary>It has a driver tag.</summary>
    internal bool HasTag { get; set; }

    /// <summary>mq_hctx.</summary>
    internal HardwareContext Context { get; private set; } = null!;

    /// <summary>mq_ctx: 0-based CPU of the task that allocated it.</summary>
    internal int Cpu { get; private set; }

    /// <summary>The next on the list where it is; null if it is the last or on none.</summary>
    internal Request? Next { get; set; }

    /// <summary>The one before it on the list where it is; null if it is the first or on none.</summary>
    internal Request? Previous { get; set; }

    /// <summary>It waits in an elevator.</summary>
    internal bool IsInElevator { get; set; }

    /// <summary>[512-byte sectors] Where it ends, as its elevator has noted it; 0 while that has not.</summary>
    internal long HashedEnd { get; set; }

    /// <summary>The next in the chain of those that its elevator has noted.</summary>
    internal Request? NextByEnd { get; set; }

    /// <summary>It has waited in its elevator for longer than it should.</summary>
    internal bool HasExpired { get; set; }

    /// <summary>fifo_time: when it will have waited too long.</summary>
    [field: NotState]
    internal VirtualTime ExpiresAt { get; set; }

    /// <summary>What its task has plugged; null once it is on its way.</summary>
    internal Plug? Plug { get; set; }

    /// <summary>1-based, in order of allocation; nothing is decided by it.</summary>
    internal long Number => _number;

    /// <inheritdoc/>
    public string Label => "rq#" + _number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>[512-byte sectors] Where it ends.</summary>
    internal long EndSector => Sector + (Size.Bytes / 512);

    /// <summary>A new life: blk_mq_bio_to_request.</summary>
    internal void Begin(Bio bio, HardwareContext context, long number, long order)
    {
        (First, _last, Size, Sector, IsWrite, Crypt) = (bio, bio, bio.Size, bio.Sector, bio.IsWrite, bio.Crypt);
        (Context, _number, IsHit, HasWaited, Plug) = (context, number, false, false, bio.Plug);
        (Order, Cpu, IsMergeable, FailedWith) = (order, bio.Cpu, true, BlkStatus.IoError);
        bio.Request = this;
        bio.HeldBy = this;
    }

    /// <summary>A bio joins its end: bio_attempt_back_merge.</summary>
    internal void Append(Bio bio)
    {
        bio.HeldBy = this;
        _last!.Next = bio;
        _last = bio;
        Size = new DataSize(Size.Bytes + bio.Size.Bytes);
    }

    /// <summary>A bio joins its front, and so does its data unit: bio_attempt_front_merge, bio_crypt_do_front_merge.</summary>
    internal void Prepend(Bio bio)
    {
        First!.Request = null;
        (bio.Next, bio.Request, bio.HeldBy) = (First, this, this);
        (First, Sector, Crypt) = (bio, bio.Sector, bio.Crypt);
        Size = new DataSize(Size.Bytes + bio.Size.Bytes);
    }

    /// <summary>The bios of the request behind it join its end, and leave that one empty: attempt_merge.</summary>
    internal void Absorb(Request next)
    {
        next.First!.Request = null;
        for (Bio? bio = next.First; bio is not null; bio = bio.Next)
        {
            bio.HeldBy = this;
        }

        _last!.Next = next.First;
        _last = next._last;
        Size = new DataSize(Size.Bytes + next.Size.Bytes);
        (next.First, next._last) = (null, null);
    }

    /// <summary>Its bios are gone: nothing of them is left in the request.</summary>
    internal void Clear() => (First, _last, Crypt, Plug) = (null, null, null, null);

    /// <summary>It has its driver tag from now on, or is handed over with it.</summary>
    /// <returns>How long it had it before.</returns>
    internal Duration MarkTag()
    {
        VirtualTime before = _tagSince;
        _tagSince = _queue.Now;
        return _tagSince - before;
    }

    /// <summary>blk_crypto_rq_put_keyslot: the slot is given back, if it has one. Context: any.</summary>
    internal void PutKeyslot(CryptoProfile profile)
    {
        if (Keyslot is { } slot)
        {
            Keyslot = null;
            profile.Meter.OnPut(_queue.Now - _heldSince);
            profile.Put(slot);
        }
    }

    /// <summary>The slot is not given back: its reference is lost.</summary>
    internal void ForgetKeyslot() => Keyslot = null;

    /// <summary>It has found no slot at dispatch; if it has not before, it waits from now on.</summary>
    internal void BeginToWait() => (_claimedAt, HasWaited) = (HasWaited ? _claimedAt : _queue.Now, true);

    // ── IKeyslotClaim ───────────────────────────────────────────────────

    void IKeyslotClaim.Begin(VirtualTime now)
    {
        if (!HasWaited)
        {
            _claimedAt = now;
        }
    }

    void IKeyslotClaim.Take(Keyslot slot, bool isHit)
    {
        (Keyslot, IsHit, _heldSince) = (slot, isHit, _queue.Now);
        _queue.Profile!.Meter.OnTaken(isHit, HasWaited, _queue.Now - _claimedAt);
    }

    void IKeyslotClaim.Sleeps() => HasWaited = true;

    Operation IKeyslotClaim.FlushPlugAsync() => Plug?.FlushOnSleepAsync() ?? Operation.Completed;

    // ── for diagnosis ───────────────────────────────────────────────────

    /// <summary>The task that has it in its plug; else the queue knows where its requests are.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (Plug is { } plug)
        {
            owners.Add(plug.Task);
        }
        else
        {
            owners.Add(_queue);
        }
    }
}
