using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>The reference to a keyslot that is held for a bio, from its look for one until it is put.</summary>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_get_keyslot, blk_crypto_put_keyslot", Version = "v6.18", Rules = "KS-6 KS-16")]
internal abstract class KeyslotClaim(CryptoProfile profile) : IKeyslotClaim
{
    private readonly CryptoProfile _profile = profile;
    private bool _hasWaited;
    [NotState]
    private VirtualTime _claimedAt;
    [NotState]
    private VirtualTime _heldSince;

    /// <summary>The slot; null until it is acquired, and when it has been put.</summary>
    public Keyslot? Slot { get; private set; }

    /// <summary>The key was in a slot when it was acquired.</summary>
    public bool IsHit { get; private set; }

    /// <summary>The bio whose it is; null while it is not in use.</summary>
    protected Bio? Bio { get; private set; }

    /// <summary>A new life, for a bio.</summary>
    protected void BeginFor(Bio bio) => (Bio, _hasWaited, Slot) = (bio, false, null);

    /// <summary>It is the bio's no more.</summary>
    protected void Leave() => Bio = null;

    /// <summary>The slot is given back, if it has one. Context: any.</summary>
    protected void PutSlot()
    {
        if (Slot is { } slot)
        {
            Slot = null;
            _profile.Meter.OnPut(_profile.Now - _heldSince);
            _profile.Put(slot);
        }
    }

    void IKeyslotClaim.Begin(VirtualTime now) => _claimedAt = now;

    void IKeyslotClaim.Take(Keyslot slot, bool isHit)
    {
        (Slot, IsHit, _heldSince) = (slot, isHit, _profile.Now);
        _profile.Meter.OnTaken(isHit, _hasWaited, _profile.Now - _claimedAt);
    }

    void IKeyslotClaim.Sleeps() => _hasWaited = true;

    Operation IKeyslotClaim.FlushPlugAsync() => Bio!.Plug?.FlushOnSleepAsync() ?? Operation.Completed;
}
