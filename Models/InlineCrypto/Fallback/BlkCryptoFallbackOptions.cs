using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>blk-crypto-fallback: the crypto API encrypts, on the CPU, what a device cannot.</summary>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_init", Version = "v6.18", Rules = "KS-E1 KS-E2 KS-E3 KS-E5")]
public sealed record BlkCryptoFallbackOptions
{
    /// <summary>CONFIG_BLK_INLINE_ENCRYPTION_FALLBACK: without it such an I/O ends with EOPNOTSUPP.</summary>
    [DefaultFrom("what distributions and Android build")]
    public bool Enabled { get; init; } = true;

    /// <summary>num_keyslots: transformations that can hold a key at the same time.</summary>
    [Range(1, 4096)]
    [DefaultFrom("num_keyslots = 100")]
    public int NumKeyslots { get; init; } = 100;

    /// <summary>num_prealloc_bounce_pg: reserve of the pool of pages for ciphertext.</summary>
    [Range(1, 65536)]
    [DefaultFrom("32 one at a time, BIO_MAX_VECS = 256 in bulk (3d939695e682)")]
    public int? NumPreallocBouncePg { get; init; }

    /// <summary>num_prealloc_fallback_crypt_ctxs: reserve of the pool of contexts for reads.</summary>
    [Range(1, 65536)]
    [DefaultFrom("num_prealloc_fallback_crypt_ctxs = 128")]
    public int NumPreallocFallbackCryptCtxs { get; init; } = 128;

    /// <summary>Reserve of each of its biosets.</summary>
    [Range(1, 65536)]
    [DefaultFrom("bioset_init(&crypto_bio_split, 64, 0, 0)")]
    public int BiosetPoolSize { get; init; } = 64;

    /// <summary>How a write gets the pages for its ciphertext.</summary>
    [DefaultFrom("what 6.18 does")]
    public BouncePageAllocation BouncePages { get; init; } = BouncePageAllocation.OneAtATime;

    /// <summary>Where the bio of the ciphertext comes from.</summary>
    [DefaultFrom("what 6.18 does")]
    public CiphertextBio CiphertextBio { get; init; } = CiphertextBio.Kmalloc;

    /// <summary>A published row, which says what a data unit costs unless the keys below do.</summary>
    [DefaultFrom("assumed: an ARM SoC with AES instructions, as UFS and eMMC hosts have (ME-D7)")]
    public CipherCpu Cpu { get; init; } = CipherCpu.Imx8mNanoCe;

    /// <summary>CPU time of a data unit besides its data.</summary>
    [DefaultFrom("that of cpu")]
    public Duration? Setup { get; init; }

    /// <summary>Rate at which one CPU encrypts.</summary>
    [DefaultFrom("that of cpu")]
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>Rate at which one CPU decrypts.</summary>
    [DefaultFrom("bandwidth if that is given, else that of cpu")]
    public Bandwidth? DecryptionBandwidth { get; init; }

    /// <summary>CPU time of a bio as a whole, instead of that of its data units: for examples worked out by hand.</summary>
    [DefaultFrom("none: each data unit costs what the keys above say")]
    public Duration? CostPerBio { get; init; }

    /// <summary>CPU time of crypto_skcipher_setkey: what it takes to program one of its keyslots, or to blank it.</summary>
    [DefaultFrom("assumed: 0.5us, the expansion of the two AES-256 keys of XTS")]
    public Duration SetKey { get; init; } = new(500_000);

    /// <summary>From waking a task, or queueing work to blk_crypto_wq, until it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <summary>The reserve of pages after defaults.</summary>
    public int EffectiveNumPreallocBouncePg => NumPreallocBouncePg ?? (BouncePages == BouncePageAllocation.Bulk ? BlkCryptoFallback.BioMaxVecs : 32);

    /// <summary>What a data unit costs after defaults.</summary>
    internal CipherCost Cost
    {
        get
        {
            CipherCost row = CipherPresets.Of(Cpu);
            return new CipherCost(
                Setup ?? row.Setup,
                Bandwidth ?? row.Encryption,
                DecryptionBandwidth ?? Bandwidth ?? row.Decryption,
                row.UsesSimd);
        }
    }
}
