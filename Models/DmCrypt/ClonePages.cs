using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The pages of a target's clones: <c>cc->page_pool</c>, and the rules by which a write gets its pages (DM-D20 to DM-D23).</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer, crypt_free_buffer_pages", Version = "v6.18", Rules = "DM-D21 DM-D22")]
internal sealed class ClonePages
{
    private const int PagesMax = 256;   // BIO_MAX_VECS

    private readonly DmCryptSettings _settings;

    public ClonePages(DmCryptSettings settings) => _settings = settings;

    /// <summary>Pages in use.</summary>
    [field: NotState]
    public long InUse { get; private set; }

    /// <summary>Most pages in use so far.</summary>
    [field: NotState]
    public long InUseMax { get; private set; }

    /// <summary>Allocates the pages of one clone. Context: process.</summary>
    /// <returns>False if a clone cannot hold so many.</returns>
    public Operation<bool> AllocateAsync(int pages)
    {
        if (pages > PagesMax && _settings.Options.LargeWrite == LargeWrite.Fail)
        {
            return new Operation<bool>(false);
        }

        InUse += pages;
        InUseMax = Math.Max(InUseMax, InUse);
        return new Operation<bool>(true);
    }

    /// <summary>Gives the pages of one clone back.</summary>
    public void Free(int pages) => InUse -= pages;
}
