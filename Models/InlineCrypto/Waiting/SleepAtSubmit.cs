using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design A: each bio takes a slot before it becomes a request, before its tag, and keeps it until it ends (KS-A1, KS-A5, KS-A6).</summary>
/// <remarks>A key that cannot be programmed, which is no shortage of slots, is the fallback's where the host has such errors (program_error_of_every, KS-A2); else it ends its bio. Not modelled: the warning in the log, which comes once.</remarks>
[KernelSource("block/keyslot-manager.c", "blk_crypto_submit_bio, keyslot_manager_put_slot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A1 KS-A2 KS-A5 KS-A6 KS-A7")]
internal sealed class SleepAtSubmit(CryptoProfile profile) : KeyslotGate(profile), ITakesSlotFirst
{
    private readonly FreeList<BioKeyslot> _free = new();   // not in use

    /// <inheritdoc/>
    public override Operation<BlkStatus> AtSubmitAsync(Bio bio) =>
        bio.Crypt is null || bio.Keyslot is not null ? new(BlkStatus.Ok) : TryAsync(bio);

    /// <inheritdoc/>
    public async Operation<BlkStatus> TryAsync(Bio bio)
    {
        BioKeyslot slot = _free.TryTake(out BioKeyslot? reused) ? reused : new BioKeyslot(Profile);
        slot.For(bio);
        BlkStatus status = await Profile.GetAsync(bio.Crypt!.Key, slot);
        if (status != BlkStatus.Ok)
        {
            OnBioEnd(bio);
        }

        return status;
    }

    /// <inheritdoc/>
    public string WhyFallBack(BlkStatus status) => "the key could not be programmed (KS-A2)";

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
