using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>Something that needs a keyslot: a bio (before 5.8) or a request.</summary>
[KernelSource("block/blk-crypto-internal.h", "__blk_crypto_rq_get_keyslot", Version = "v6.18", Rules = "KS-A6 KS-B1")]
public interface IKeyslotClaim
{
    /// <summary>It begins to look for a slot.</summary>
    void Begin(VirtualTime now);

    /// <summary>It refers to a slot from now on.</summary>
    /// <param name="slot">That holds its key.</param>
    /// <param name="isHit">The key was there: nothing was programmed for it.</param>
    void Take(Keyslot slot, bool isHit);

    /// <summary>Every slot is in use, and its task is about to sleep for one.</summary>
    void Sleeps();

    /// <summary>Its task may sleep now: what it has plugged goes to the device first (KS-25).</summary>
    Operation FlushPlugAsync();
}
