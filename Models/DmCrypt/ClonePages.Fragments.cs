using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Pages as 2.6.32 and 3.6 allocated them: one by one, and as many as there are (DM-D20).</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Version = "v2.6.32", Rules = "DM-D20 DM-S12")]
internal sealed partial class ClonePages
{
    /// <summary>Allocates pages for a fragment: the first few with waiting, the others only while there are any. Context: process.</summary>
    /// <param name="clone">Who gets them; it is told if they ran out.</param>
    /// <param name="wanted">Pages that the rest of the write needs, 1 or more.</param>
    /// <returns>Pages allocated, 1 or more and no more than the clone may have segments.</returns>
    public Operation<int> AllocateSomeAsync(FragmentClone clone, int wanted)
    {
        if (_pool is not null)
        {
            return AllocateSomeFromPoolAsync(clone, wanted);
        }

        int pages = Math.Min(wanted, _settings.Options.MaxSegments);
        Count(pages);
        return new Operation<int>(pages);
    }

    private async Operation<int> AllocateSomeFromPoolAsync(FragmentClone clone, int wanted)
    {
        int pages = 0;
        while (pages < wanted && await AllocateOneAsync(clone, pages))
        {
            if (pages == _settings.Options.MaxSegments)
            {
                FreeSingles(1, clone);   // bio_add_page() refuses it
                break;
            }

            pages++;
        }

        Count(pages);
        return pages;
    }

    /// <summary>The page after so many; none if it may not wait and there is none.</summary>
    private async Operation<bool> AllocateOneAsync(FragmentClone clone, int pages)
    {
        if (pages < _settings.BlockingPages)
        {
            return await _pool!.AllocateAsync(Gfp.NoIo, clone);
        }

        clone.IsOutOfPages = !_pool!.TryAllocate(Gfp.NoWait, clone);
        return !clone.IsOutOfPages;
    }
}
