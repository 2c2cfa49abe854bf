using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>The memory of bios that carry ciphertext, and of those that a bio of more than BIO_MAX_VECS pages is split into.</summary>
/// <remarks>Time passes in waiting for it, on a machine that is short of memory.</remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_clone_bio, blk_crypto_fallback_split_bio_if_needed, crypto_bio_split", Version = "v6.18", Rules = "KS-E2")]
internal sealed class CiphertextBios
{
    private readonly CiphertextBio _source;
    private readonly Kmalloc _kmalloc;
    private readonly MemoryPool _bioset;
    private readonly MemoryPool _splits;

    public CiphertextBios(LinuxKernel kernel, BlkCryptoFallbackOptions options)
    {
        _source = options.CiphertextBio;
        _kmalloc = new Kmalloc(kernel, "bio_kmalloc", options.Wakeup);
        _bioset = new MemoryPool(kernel, "enc_bio_set", options.BiosetPoolSize, wakeup: options.Wakeup);
        _splits = new MemoryPool(kernel, "crypto_bio_split", options.BiosetPoolSize, wakeup: options.Wakeup);
    }

    /// <summary>A bio for ciphertext. Context: process.</summary>
    public Operation AllocateAsync(IHolder holder)
    {
        switch (_source)
        {
            case CiphertextBio.Bioset:
                return TakeAsync(_bioset, holder);
            default:
                return _kmalloc.AllocateAsync();
        }
    }

    /// <summary>It has ended. Context: any.</summary>
    public void Free(IHolder holder)
    {
        switch (_source)
        {
            case CiphertextBio.Bioset:
                _bioset.Free(holder);
                break;
            default:
                _kmalloc.Free();
                break;
        }
    }

    /// <summary>A bio that a part of another is split off into. Context: process.</summary>
    public Operation SplitAsync(IHolder holder) => TakeAsync(_splits, holder);

    /// <summary>That part has ended. Context: any.</summary>
    public void FreeSplit(IHolder holder) => _splits.Free(holder);

    private static async Operation TakeAsync(MemoryPool pool, IHolder holder) => await pool.AllocateAsync(Gfp.NoIo, holder);
}
