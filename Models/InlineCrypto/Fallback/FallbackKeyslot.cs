using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>The keyslot of the fallback that a bio has while the CPU encrypts or decrypts it.</summary>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_get_keyslot, blk_crypto_put_keyslot", Version = "v6.18", Rules = "KS-E2 KS-E3")]
internal sealed class FallbackKeyslot(CryptoProfile profile) : IKeyslotClaim
{
    private readonly CryptoProfile _profile = profile;
    private Keyslot? _slot;
    private Bio? _bio;          // while it looks for a slot
    private bool _hasWaited;
    [NotState]
    private VirtualTime _claimedAt;
    [NotState]
    private VirtualTime _heldSince;

    /// <summary>A slot with the key of a bio; sleeps while there is none. Context: process.</summary>
    public async Operation<BlkStatus> GetAsync(Bio bio)
    {
        (_bio, _hasWaited) = (bio, false);
        BlkStatus status = await _profile.GetAsync(bio.Crypt!.Key, this);
        _bio = null;
        return status;
    }

    /// <summary>The slot is given back. Context: any.</summary>
    public void Put()
    {
        Keyslot slot = _slot!;
        _slot = null;
        _profile.Meter.OnPut(_profile.Now - _heldSince);
        _profile.Put(slot);
    }

    void IKeyslotClaim.Begin(VirtualTime now) => _claimedAt = now;

    void IKeyslotClaim.Take(Keyslot slot, bool isHit)
    {
        (_slot, _heldSince) = (slot, _profile.Now);
        _profile.Meter.OnTaken(isHit, _hasWaited, _profile.Now - _claimedAt);
    }

    void IKeyslotClaim.Sleeps() => _hasWaited = true;

    Operation IKeyslotClaim.FlushPlugAsync() => _bio!.Plug?.FlushOnSleepAsync() ?? Operation.Completed;
}
