using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Waiting;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>Design E, hypothetical: each bio tries to take a slot before it becomes a request, and without one the CPU encrypts it.</summary>
/// <remarks>Linux falls back by what the device supports, never because its slots are in use (KS-E1).</remarks>
[KernelSource("block/blk-crypto.c", "__blk_crypto_bio_prep", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-E1 KS-E2 KS-E3")]
internal sealed class FallbackWithoutSlot(CryptoProfile profile) : KeyslotGate(profile), ITakesSlotFirst
{
    private readonly FreeList<BioKeyslot> _free = new();   // not in use

    /// <summary>Bios for which no slot was idle.</summary>
    [field: NotState]
    public long Exhausted { get; private set; }

    /// <summary>Takes a slot that is idle, or has the bio's key. Context: process; waits for the profile's lock as any get.</summary>
    /// <returns>Ok, Resource if every slot is in use, or the error of programming.</returns>
    public async Operation<BlkStatus> TryAsync(Bio bio)
    {
        BioKeyslot slot = _free.TryTake(out BioKeyslot? reused) ? reused : new BioKeyslot(Profile);
        slot.For(bio);
        BlkStatus status = await Profile.GetIfIdleAsync(bio.Crypt!.Key, slot);
        if (status != BlkStatus.Ok)
        {
            Exhausted += status == BlkStatus.Resource ? 1 : 0;
            OnBioEnd(bio);
        }

        return status;
    }

    /// <inheritdoc/>
    public string? WhyFallBack(BlkStatus status) =>
        status == BlkStatus.Resource ? "no keyslot is idle; hypothetical, Linux asks only what the device supports (KS-E1)" : null;

    /// <summary>The warm-up is over.</summary>
    public void RestartMeter() => Exhausted = 0;

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
