using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>The reference of one bio to a keyslot, as bios had it before 5.8 (bc_keyslot).</summary>
[KernelSource("block/bio-crypt-ctx.c", "bio_crypt_ctx_acquire_slot, bio_crypt_ctx_release_slot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A5 KS-A6")]
internal sealed class BioKeyslot(CryptoProfile profile) : IKeyslotClaim
{
    private readonly CryptoProfile _profile = profile;
    private Bio? _bio;               // whose it is; null while it is not in use
    private bool _hasWaited;
    [NotState]
    private VirtualTime _claimedAt;
    [NotState]
    private VirtualTime _heldSince;

    /// <summary>The slot; null until it is acquired.</summary>
    public Keyslot? Slot { get; private set; }

    /// <summary>The key was in a slot when the bio took it.</summary>
    public bool IsHit { get; private set; }

    /// <summary>A new life, for a bio.</summary>
    public void For(Bio bio)
    {
        (_bio, _hasWaited, Slot) = (bio, false, null);
        bio.Keyslot = this;
    }

    /// <summary>The bio has ended. Context: any.</summary>
    public void Put()
    {
        _bio!.Keyslot = null;
        _bio = null;
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

    Operation IKeyslotClaim.FlushPlugAsync() => _bio!.Plug?.FlushOnSleepAsync() ?? Operation.Completed;
}
