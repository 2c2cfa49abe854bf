using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary><c>struct blk_crypto_keyslot</c>: a place in the hardware for one key.</summary>
/// <remarks>
/// <code>
///   empty, idle ──program──► in use (references >= 1) ──last put──► cached, idle ──hit──► in use
/// </code>
/// Changed by its <see cref="KeyslotTable"/> alone.
/// </remarks>
[KernelSource("block/blk-crypto-profile.c", "struct blk_crypto_keyslot", Version = "v6.18", Rules = "KS-1 KS-2")]
public sealed class Keyslot(int number, string label) : IHolder
{
    /// <summary>0-based number in the hardware.</summary>
    public int Number { get; } = number;

    /// <summary>slot_refs: requests, or bios, that use it.</summary>
    public int References { get; internal set; }

    /// <summary>The key that it was last programmed with; null: empty, or orphaned by an evict while it was in use.</summary>
    public BlkCryptoKey? Key { get; internal set; }

    /// <summary>On the list of idle slots: as long as nobody refers to it.</summary>
    public bool IsIdle => References == 0;

    /// <inheritdoc/>
    [field: NotState]
    public string Label { get; } = label;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    internal Keyslot? Previous { get; set; }    // neighbours on the list of idle slots

    internal Keyslot? Next { get; set; }

    internal Keyslot? NextInBucket { get; set; }   // of the hash table

    /// <summary>Who uses it is known by the requests.</summary>
    public void Owners(OwnerList owners)
    {
    }
}
