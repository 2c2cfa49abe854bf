using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>The reference of one bio to a keyslot, as bios had it before 5.8 (bc_keyslot).</summary>
[KernelSource("block/bio-crypt-ctx.c", "bio_crypt_ctx_acquire_slot, bio_crypt_ctx_release_slot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-A5 KS-A6")]
internal sealed class BioKeyslot(CryptoProfile profile) : KeyslotClaim(profile)
{
    /// <summary>A new life, for a bio.</summary>
    public void For(Bio bio)
    {
        BeginFor(bio);
        bio.Keyslot = this;
    }

    /// <summary>The bio has ended. Context: any.</summary>
    public void Put()
    {
        Bio!.Keyslot = null;
        Leave();
        PutSlot();
    }
}
