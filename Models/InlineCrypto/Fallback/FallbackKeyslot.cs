using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>The keyslot of the fallback that a bio has while the CPU encrypts or decrypts it.</summary>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_get_keyslot, blk_crypto_put_keyslot", Version = "v6.18", Rules = "KS-E2 KS-E3")]
internal sealed class FallbackKeyslot(CryptoProfile profile) : KeyslotClaim(profile)
{
    private readonly CryptoProfile _profile = profile;

    /// <summary>A slot with the key of a bio; sleeps while there is none. Context: process.</summary>
    public async Operation<BlkStatus> GetAsync(Bio bio)
    {
        BeginFor(bio);
        BlkStatus status = await _profile.GetAsync(bio.Crypt!.Key, this);
        Leave();
        return status;
    }

    /// <summary>The slot is given back. Context: any.</summary>
    public void Put() => PutSlot();
}
