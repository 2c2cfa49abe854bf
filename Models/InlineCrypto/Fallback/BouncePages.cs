using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>The pages that hold the ciphertext of writes in flight: blk_crypto_bounce_page_pool.</summary>
/// <remarks>
/// <code>
///   one-at-a-time:  page ──► encrypt ──► page (sleeps, and keeps those it has) ──► encrypt ...
///   bulk:           all pages (sleeps, and has none of the reserve) ──► encrypt ──► encrypt ...
/// </code>
/// Time passes in waiting for pages, on a machine that is short of memory.
/// </remarks>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_bounce_page_pool, blk_crypto_fallback_encrypt_endio", Version = "v6.18", Rules = "KS-E2")]
internal sealed class BouncePages
{
    private readonly BouncePageAllocation _allocation;
    private readonly MemoryPool _pool;

    public BouncePages(LinuxKernel kernel, BlkCryptoFallbackOptions options)
    {
        _allocation = options.BouncePages;
        _pool = new MemoryPool(kernel, "blk_crypto_bounce_page_pool", options.EffectiveNumPreallocBouncePg, wakeup: options.Wakeup);
    }

    /// <summary>Pages in use.</summary>
    public int InUse => _pool.InUse;

    /// <summary>Most pages in use so far.</summary>
    public int InUseMax => _pool.InUseMax;

    /// <summary>Before a bio is encrypted. Context: process.</summary>
    public Operation BeginAsync(int pages, IHolder holder)
    {
        switch (_allocation)
        {
            case BouncePageAllocation.Bulk:
                return _pool.AllocateManyAsync(pages, holder);
            default:
                return Operation.Completed;
        }
    }

    /// <summary>Before a page is encrypted. Context: process.</summary>
    public Operation<bool> NextAsync(IHolder holder)
    {
        switch (_allocation)
        {
            case BouncePageAllocation.Bulk:
                return new Operation<bool>(true);
            default:
                return _pool.AllocateAsync(Gfp.NoIo, holder);
        }
    }

    /// <summary>The bio has ended. Context: any.</summary>
    public void Free(int pages, IHolder holder)
    {
        for (; pages > 0; pages--)
        {
            _pool.Free(holder);
        }
    }
}
