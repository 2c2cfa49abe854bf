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

    private readonly PageAllocator? _parent;       // where pages come from; null for the machine itself
    private readonly long _atomicReserve;          // pages below the watermark
    private readonly List<MemoryPool> _pools = [];  // in order of creation
    private readonly List<Kmalloc> _kmallocs = [];  // in order of creation
    private long _free;                            // pages
    private long _reclaimable;                     // pages

    /// <summary>Free memory as the options say.</summary>
    /// <param name="options">Null for a machine that is never short.</param>
    public PageAllocator(MemoryOptions? options = null)
    {
        IsEndless = options?.Free is null;
        Total = options?.Total;
        _free = (options?.Free?.Bytes ?? 0) / PageBytes;
        _atomicReserve = (options?.AtomicReserve.Bytes ?? 0) / PageBytes;
        _reclaimable = (options?.Reclaimable.Bytes ?? 0) / PageBytes;
    }

    /// <summary>A share of another allocator's pages: no more than so many at a time.</summary>
    /// <param name="parent">Where the pages come from.</param>
    /// <param name="pages">The most that may be taken at a time.</param>
    public PageAllocator(PageAllocator parent, long pages) => (_parent, _free) = (parent, pages);

    /// <summary>RAM; null if it is endless.</summary>
    public DataSize? Total { get; }

    /// <summary>True on a machine that is never short.</summary>
    public bool IsEndless { get; }

    /// <summary>Free pages; <see cref="long.MaxValue"/> on a machine that is never short.</summary>
    public long Free => IsEndless ? long.MaxValue : _free;

    /// <summary>Mempools of the machine, in order of creation.</summary>
    public IReadOnlyList<MemoryPool> Pools => _pools;

    /// <summary>Places that allocate without a pool and may wait, in order of creation.</summary>
    public IReadOnlyList<Kmalloc> Kmallocs => _kmallocs;

    /// <summary>Takes so many adjacent pages without reclaim, or none. Context: any.</summary>
    public bool TryTakeMany(int pages)
    {
        for (int taken = 0; taken < pages; taken++)
        {
            if (!TryTake(Gfp.NoWait))
            {
                GiveMany(taken);
                return false;
            }
        }

        return true;
    }

    /// <summary>Gives so many pages back.</summary>
    public void GiveMany(int pages)
    {
        for (; pages > 0; pages--)
        {
            Give();
        }
    }

    /// <summary>Takes a page without sleeping; direct reclaim is instantaneous. Context: any.</summary>
    /// <param name="gfp">What the allocation may do.</param>
    /// <returns>False if it finds none.</returns>
    public bool TryTake(Gfp gfp)
    {
        if (_parent is not null)
        {
            return TryTakeShare(gfp);
        }

        if (IsEndless)
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
        if (IsEndless)
        {
            return;
        }

        _free++;
        _parent?.Give();
        foreach (MemoryPool pool in _pools)
        {
            pool.OnPageFreed();
        }

        foreach (Kmalloc kmalloc in _kmallocs)
        {
            kmalloc.OnPageFreed();
        }
    }

    private bool TryTakeShare(Gfp gfp)
    {
        if (_free == 0 || !_parent!.TryTake(gfp))
        {
            return false;
        }

        _free--;
        return true;
    }

    internal void Add(MemoryPool pool) => _pools.Add(pool);

    internal void Add(Kmalloc kmalloc) => _kmallocs.Add(kmalloc);
}
