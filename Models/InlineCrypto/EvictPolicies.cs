using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>What becomes of a key's slot when the key cannot be evicted: its slot is in use, or the driver fails.</summary>
public enum FailedEvict
{
    /// <summary>The slot forgets the key all the same: whoever evicts frees it next, whatever the answer.</summary>
    [KernelSource("block/blk-crypto-profile.c", "__blk_crypto_evict_key", Commit = "5c7cb9445290", Rules = "KS-18")]
    Unlink,

    /// <summary>The slot keeps its pointer to the key, which is freed next: programming all keys again reads freed memory.</summary>
    [KernelSource("block/blk-crypto-profile.c", "__blk_crypto_evict_key", Commit = "a892c8d52c02", Rules = "KS-19")]
    Keep,
}

/// <summary>What became of such a slot in a release.</summary>
internal static class FailedEvicts
{
    /// <summary>5c7cb9445290 came with 6.4, which counts from the era 6.5.</summary>
    public static FailedEvict In(KernelVersion kernel) => kernel >= KernelVersion.V65 ? FailedEvict.Unlink : FailedEvict.Keep;
}

/// <summary>What evicting a key answers that is in no slot.</summary>
public enum EvictAbsent
{
    /// <summary>0: there is nothing to do.</summary>
    [KernelSource("block/blk-crypto-profile.c", "__blk_crypto_evict_key", Version = "v6.18", Rules = "KS-17")]
    Success,

    /// <summary>-ENOKEY, as in the series before 5.8.</summary>
    [KernelSource("block/keyslot-manager.c", "keyslot_manager_evict_key", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-17")]
    Enokey,
}
