using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design A: each bio takes a slot before it becomes a request, before its tag, and keeps it until it ends (KS-A1, KS-A5, KS-A6).</summary>
[KernelSource("block/keyslot-manager.c", "blk_crypto_submit_bio, keyslot_manager_put_slot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A1 KS-A5 KS-A6 KS-A7")]
internal sealed class SleepAtSubmit(CryptoProfile profile) : KeyslotGate(profile)
{
    private readonly FreeList<BioKeyslot> _free = new();   // not in use

    /// <inheritdoc/>
    public override async Operation<BlkStatus> AtSubmitAsync(Bio bio)
    {
        if (bio.Crypt is not { } crypt)
        {
            return BlkStatus.Ok;
        }

        BioKeyslot slot = _free.TryTake(out BioKeyslot? reused) ? reused : new BioKeyslot(Profile);
        slot.For(bio);
        return await Profile.GetAsync(crypt.Key, slot);
    }

    /// <inheritdoc/>
    public override void OnBioEnd(Bio bio)
    {
        if (bio.Keyslot is { } slot)
        {
            slot.Put();
            _free.Put(slot);
        }
    }
}
