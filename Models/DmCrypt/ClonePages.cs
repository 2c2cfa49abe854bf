using System.Numerics;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The pages of a target's clones: <c>cc->page_pool</c>, and the rules by which a write gets its pages (DM-D20 to DM-D23).</summary>
/// <remarks>
/// <code>
///   AllocateAsync ──► without waiting, all or none ──► under bio_alloc_lock, each with waiting    (two-phase, compound)
///                 └─► each with waiting, no lock                                                  (unlocked)
/// </code>
/// On a machine that is never short of memory pages are only counted. Time passes in waiting for the lock and for pages.
/// Not modelled: the per-CPU counter behind the cap (DM-D23), which is exact here.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer, crypt_page_alloc, crypt_free_buffer_pages", Version = "v6.18", Rules = "DM-D21 DM-D22")]
internal sealed partial class ClonePages
{
    private const long CapFloor = 4096;     // DM_CRYPT_MIN_PAGES_PER_CLIENT, BIO_MAX_VECS * 16
    private const long CapPercent = 2;      // DM_CRYPT_MEMORY_PERCENT

    private readonly DmCryptSettings _settings;
    private readonly PageAllocator _allocator = null!;
    private readonly MemoryPool? _pool;      // page_pool; null on a machine that is never short
    private readonly KernelMutex? _lock;     // bio_alloc_lock

    public ClonePages(LinuxKernel kernel, DmCryptSettings settings)
    {
        _settings = settings;
        bool isCapped = settings.PageCap == PageCap.TwoPercent && kernel.Memory.Total is not null;
        if (kernel.Memory.IsEndless && !isCapped)
        {
            return;
        }

        _allocator = isCapped ? new PageAllocator(kernel.Memory, Cap(kernel.Memory.Total!.Value)) : kernel.Memory;
        _pool = new MemoryPool(kernel, "page_pool", settings.PagePoolReserve, _allocator, settings.Options.Wakeup);
        _lock = settings.PageAllocation is PageAllocation.TwoPhase or PageAllocation.Compound ? new KernelMutex(kernel, "bio_alloc_lock") : null;
    }

    /// <summary>Pages in use.</summary>
    public long InUse { get; private set; }

    /// <summary>Most pages in use so far.</summary>
    [field: NotState]
    public long InUseMax { get; private set; }

    /// <summary>Allocates the pages of one clone. Context: process.</summary>
    /// <returns>False if a clone cannot hold so many.</returns>
    public Operation<bool> AllocateAsync(ConvertData data, IHolder holder)
    {
        data.CompoundPages = 0;
        if (data.Pages > DmCryptSettings.BioMaxPages && _settings.Options.LargeWrite == LargeWrite.Fail)
        {
            return new Operation<bool>(false);
        }

        if (_pool is null)
        {
            Count(data.Pages);
            return new Operation<bool>(true);
        }

        return AllocateFromPoolAsync(data, holder);
    }

    /// <summary>Gives the pages of one clone back.</summary>
    public void Free(ConvertData data, IHolder holder)
    {
        InUse -= data.Pages;
        if (_pool is null)
        {
            return;
        }

        _allocator.GiveMany(data.CompoundPages);
        FreeSingles(data.Pages - data.CompoundPages, holder);
    }

    private static long Cap(DataSize total) => Math.Max(total.Bytes / PageAllocator.PageBytes * CapPercent / 100, CapFloor);

    private async Operation<bool> AllocateFromPoolAsync(ConvertData data, IHolder holder)
    {
        if (_lock is null)
        {
            await AllocateWaitingAsync(data.Pages, holder);
        }
        else if (!TryAllocateAll(data, holder))
        {
            await _lock.LockAsync();
            await AllocateWaitingAsync(data.Pages, holder);
            _lock.Unlock();
        }

        Count(data.Pages);
        return true;
    }

    /// <summary>Phase one: no lock, GFP_NOWAIT; on the first failure all go back (DM-D21).</summary>
    private bool TryAllocateAll(ConvertData data, IHolder holder)
    {
        int left = data.Pages - TryAllocateCompound(data);
        for (int taken = 0; taken < left; taken++)
        {
            if (!_pool!.TryAllocate(Gfp.NoWait, holder))
            {
                FreeSingles(taken, holder);
                _allocator.GiveMany(data.CompoundPages);
                data.CompoundPages = 0;
                return false;
            }
        }

        return true;
    }

    /// <summary>The largest compound pages that fit what is left, while the allocator has any (DM-D22).</summary>
    private int TryAllocateCompound(ConvertData data)
    {
        if (_settings.PageAllocation == PageAllocation.Compound)
        {
            for (int left = data.Pages; left > 1 && _allocator.TryTakeMany(Largest(left)); left -= Largest(left))
            {
                data.CompoundPages += Largest(left);
            }
        }

        return data.CompoundPages;
    }

    private static int Largest(int pages) => 1 << BitOperations.Log2((uint)pages);

    private async Operation AllocateWaitingAsync(int pages, IHolder holder)
    {
        for (int taken = 0; taken < pages; taken++)
        {
            await _pool!.AllocateAsync(Gfp.NoIo, holder);
        }
    }

    private void FreeSingles(int pages, IHolder holder)
    {
        for (; pages > 0; pages--)
        {
            _pool!.Free(holder);
        }
    }

    private void Count(int pages)
    {
        InUse += pages;
        InUseMax = Math.Max(InUseMax, InUse);
    }
}
