using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

/// <summary>How the pages of a write's clone are allocated.</summary>
public enum PageAllocation
{
    /// <summary>All without waiting, the largest compound pages first; failing that, all under bio_alloc_lock with waiting.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Version = "v6.6", Rules = "DM-D22")]
    Compound,

    /// <summary>All without waiting; failing that, all under bio_alloc_lock with waiting.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Commit = "7145c241a1bf", Rules = "DM-D21 DM-B06")]
    TwoPhase,

    /// <summary>All, each with waiting, without a lock.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Commit = "cf2f1abfbd0d", Rules = "DM-B06")]
    Unlocked,

    /// <summary>As many as there are: the first few with waiting, the others without; the rest of the bio becomes another fragment.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Version = "v2.6.32", Mail = "003_b607b29a8b8f132c", Rules = "DM-D20")]
    OneByOne,
}

/// <summary>Pages that one target may have allocated for clones.</summary>
public enum PageCap
{
    /// <summary>2 percent of RAM shared by the targets, 4096 pages at least.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_calculate_pages_per_client, crypt_page_alloc", Commit = "5059353df86e", Rules = "DM-D22 DM-B24")]
    TwoPercent,

    /// <summary>Any number.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Version = "v4.1", Rules = "DM-B24")]
    None,
}

/// <summary>What becomes of a write larger than one clone can hold.</summary>
public enum LargeWrite
{
    /// <summary>The first part is taken, and the device mapper sends the rest again.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_map", Commit = "4e870e948fba", Rules = "DM-D10 DM-B27")]
    AcceptPartial,

    /// <summary>The clone cannot be allocated, and the write ends with EIO.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_buffer", Commit = "cf2f1abfbd0d", Rules = "DM-B27")]
    Fail,
}

/// <summary>How fragments of one write share a convert context: the patch of mail 003.</summary>
public enum Fragments
{
    /// <summary>Each further fragment has an io and a context of its own, counted in the first.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Commit = "393b47ef23bb", Mail = "003_b607b29a8b8f132c", Rules = "DM-S7 DM-S8")]
    OwnContext,

    /// <summary>All share the io's one context, and the next fragment waits until the counter of the last is 0.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Mail = "003_b607b29a8b8f132c", Rules = "DM-S1 DM-S2 DM-S3")]
    SharedContext,

    /// <summary>All share the io's one context, and the next fragment begins at once.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Mail = "003_b607b29a8b8f132c", Rules = "DM-S4 DM-S5 DM-S6")]
    SharedWithoutWait,
}

/// <summary>In which order converted writes go below.</summary>
public enum WriteOrder
{
    /// <summary>The dmcrypt_write thread takes all that are converted and submits them by sector.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "dmcrypt_write", Commit = "b3c5fd305249", Rules = "DM-D13 DM-B26")]
    Sorted,

    /// <summary>Each as its conversion ends: from kcryptd if it ended there, else from kcryptd_io.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_io_submit", Version = "v3.6", Rules = "DM-B26")]
    AsConverted,
}

/// <summary>What io->sector is while the io stands in write_tree, whose key it is.</summary>
public enum SectorInTree
{
    /// <summary>The first sector of the write.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Commit = "9fdbbdbbc92b", Rules = "DM-B19")]
    Kept,

    /// <summary>Set to the sector after the write once it has been inserted.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Commit = "b3c5fd305249", Rules = "DM-B19")]
    Advanced,
}

/// <summary>Whether dmcrypt_write lets others run between two bios of a batch.</summary>
public enum WriterYield
{
    /// <summary>cond_resched() after each bio.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "dmcrypt_write", Commit = "fb294b1c0ba9", Rules = "DM-B25")]
    AfterEachBio,

    /// <summary>Not before the batch is empty.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "dmcrypt_write", Version = "v4.1", Rules = "DM-B25")]
    Never,
}
