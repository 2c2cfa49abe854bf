using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The machine's free pages, which the mempools try before their reserves.</summary>
/// <remarks>
/// <code>
///   TryTake(gfp) ──► free pages above the watermark │ GFP_ATOMIC: below it too │ GFP_NOIO: reclaimed ones
///   Give         ──► free pages; pools whose allocations sleep try again at the end of their 5 s
/// </code>
/// No time passes. Not modelled: zones and nodes, the size of slab objects (an element takes a page), kswapd, compaction, the OOM killer.
/// </remarks>
[KernelSource("mm/page_alloc.c", "__alloc_pages, free_pages", Version = "v6.18", Rules = "DM-X5")]
public sealed class PageAllocator
{
    /// <summary>[B] PAGE_SIZE.</summary>
    public const int PageBytes = 4096;

    private readonly bool _isEndless;              // never short: nothing is counted
    private readonly long _atomicReserve;          // pages below the watermark
    private readonly List<MemoryPool> _pools = [];  // in order of creation
    private long _free;                            // pages
    private long _reclaimable;                     // pages

    /// <summary>Free memory as the options say.</summary>
    /// <param name="options">Null for a machine that is never short.</param>
    public PageAllocator(MemoryOptions? options = null)
    {
        _isEndless = options?.Free is null;
        _free = (options?.Free?.Bytes ?? 0) / PageBytes;
        _atomicReserve = (options?.AtomicReserve.Bytes ?? 0) / PageBytes;
        _reclaimable = (options?.Reclaimable.Bytes ?? 0) / PageBytes;
    }

    /// <summary>Free pages; <see cref="long.MaxValue"/> on a machine that is never short.</summary>
    public long Free => _isEndless ? long.MaxValue : _free;

    /// <summary>Mempools of the machine, in order of creation.</summary>
    public IReadOnlyList<MemoryPool> Pools => _pools;

    /// <summary>Takes a page without sleeping; direct reclaim is instantaneous. Context: any.</summary>
    /// <param name="gfp">What the allocation may do.</param>
    /// <returns>False if it finds none.</returns>
    public bool TryTake(Gfp gfp)
    {
        if (_isEndless)
        {
            return true;
        }

        if (_free > (gfp == Gfp.Atomic ? 0 : _atomicReserve))
        {
            _free--;
            return true;
        }

        if (gfp != Gfp.NoIo || _reclaimable == 0)
        {
            return false;
        }

        _reclaimable--;
        return true;
    }

    /// <summary>Gives a page back. Context: any.</summary>
    public void Give()
    {
        if (_isEndless)
        {
            return;
        }

        _free++;
        foreach (MemoryPool pool in _pools)
        {
            pool.OnPageFreed();
        }
    }

    internal void Add(MemoryPool pool) => _pools.Add(pool);
}
