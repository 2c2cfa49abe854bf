using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>How a write gets the pages for its ciphertext.</summary>
public enum BouncePageAllocation
{
    /// <summary>One after the other, each as the page before it has been encrypted: a write that has some waits for more.</summary>
    [KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_encrypt_bio", Version = "v6.18", Rules = "KS-E2")]
    OneAtATime,

    /// <summary>mempool_alloc_bulk: what the allocator does not have comes from the reserve, all of it or nothing.</summary>
    [KernelSource("block/blk-crypto-fallback.c", "blk_crypto_alloc_enc_bio", Commit = "3d939695e682", Rules = "KS-E2")]
    Bulk,
}

/// <summary>Where the bio of the ciphertext comes from.</summary>
public enum CiphertextBio
{
    /// <summary>bio_kmalloc with GFP_NOIO: there is none while no page is free.</summary>
    [KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_clone_bio", Version = "v6.18", Rules = "KS-E2")]
    Kmalloc,

    /// <summary>A bioset, whose reserve is filled by bios that end.</summary>
    [KernelSource("block/blk-crypto-fallback.c", "blk_crypto_alloc_enc_bio", Commit = "b37fbce460ad", Rules = "KS-E2")]
    Bioset,
}
