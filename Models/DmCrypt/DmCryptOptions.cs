using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>A dm-crypt target. What is left out is as in the release that <c>kernel</c> names.</summary>
[Model("dm-crypt")]
[KernelSource("drivers/md/dm-crypt.c", "crypt_ctr, crypt_map, crypt_convert, dmcrypt_write", Version = "v6.18", Rules = "DM-D1 DM-D10 DM-D30")]
public sealed record DmCryptOptions : StackOptions
{
    /// <summary>The crypto device that encrypts.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>The block device below.</summary>
    [NamesPart(typeof(BlockDeviceOptions))]
    public required string Below { get; init; }

    // ── the table line ──────────────────────────────────────────────────

    /// <summary>Data that are encrypted under one IV: 512B, 1KiB, 2KiB or 4KiB.</summary>
    [DefaultFrom("the sector size of dm-crypt before and without the sector_size option (DM-D5)")]
    public DataSize SectorSize { get; init; } = new(512);

    /// <summary>Data of one crypto request: a sector, or the part of a bio in one page.</summary>
    [DefaultFrom("as merged: a request for each sector (ME-D20)")]
    public RequestSize RequestSize { get; init; } = RequestSize.Sector;

    /// <summary>plain64 IVs count sectors of sector_size instead of 512 bytes.</summary>
    [DefaultFrom("the iv_large_sectors flag is optional (DM-D5)")]
    public bool IvLargeSectors { get; init; }

    /// <summary>Integrity tag of each sector, as with <c>integrity:N:aead</c>; 0B for none.</summary>
    [DefaultFrom("length-preserving encryption without tags")]
    public DataSize TagSize { get; init; } = new(0);

    /// <summary>kcryptd is a bound workqueue: a bio is encrypted on the CPU that submitted it.</summary>
    [DefaultFrom("the same_cpu_crypt flag is optional")]
    public bool SameCpuCrypt { get; init; }

    /// <summary>Writes whose conversion ended synchronously are submitted by kcryptd instead of the dmcrypt_write thread.</summary>
    [DefaultFrom("the submit_from_crypt_cpus flag is optional (DM-D42)")]
    public bool SubmitFromCryptCpus { get; init; }

    /// <summary>Reads are decrypted where they end, not in kcryptd.</summary>
    [DefaultFrom("the no_read_workqueue flag is optional (DM-D40)")]
    [SinceKernel("5.9", "39d42fa96ba1")]
    public bool NoReadWorkqueue { get; init; }

    /// <summary>Writes are encrypted where they are submitted, and go below from there.</summary>
    [DefaultFrom("the no_write_workqueue flag is optional (DM-D40)")]
    [SinceKernel("5.9", "39d42fa96ba1")]
    public bool NoWriteWorkqueue { get; init; }

    /// <summary>kcryptd, kcryptd_io and dmcrypt_write get the CPU from a cpu-load at once: WQ_HIGHPRI and nice -20.</summary>
    [DefaultFrom("the high_priority flag is optional")]
    public bool HighPriority { get; init; }

    /// <summary>The device below is a host-managed zoned one: writes go below in the order of their submission, each once its conversion is done.</summary>
    [DefaultFrom("an ordinary device below (DM-D40)")]
    public bool Zoned { get; init; }

    /// <summary>Largest write that is taken whole; the rest of a larger bio is sent again by the device mapper.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: 128KiB from 6.18 (ME 1.9: DM_CRYPT_DEFAULT_MAX_WRITE_SIZE), before it the 256 pages of BIO_MAX_PAGES (DM-D10)")]
    public DataSize? MaxWriteSize { get; init; }

    /// <summary>Largest read that is taken whole.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: 128KiB from 6.18 (DM_CRYPT_DEFAULT_MAX_READ_SIZE), before it any size")]
    public DataSize? MaxReadSize { get; init; }

    /// <summary>kcryptd items that run at the same time; per CPU where kcryptd is bound.</summary>
    [Range(1, 1024)]
    [DefaultFrom("num_online_cpus(), or 1 where kcryptd is bound (DM-D10)")]
    public int? MaxActive { get; init; }

    // ── decisions that history took one way and then another ────────────

    /// <summary>Which answers of the crypto API crypt_convert waits on.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: 4.1-rc1 waits on every request (0618764cb25f), all others on EBUSY (c0403ec0bb5a)")]
    public Submit? Submit { get; init; }

    /// <summary>What crypt_convert does with EBUSY where it must not sleep.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: continue from 5.11 (8abec36d1274), sleep before it")]
    public BusyInSoftirq? BusyInSoftirq { get; init; }

    /// <summary>How crypt_convert allocates a request where it must not sleep.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: atomic from 5.11 (d68b29584c25), may-sleep before it")]
    public RequestAllocation? RequestAllocation { get; init; }

    /// <summary>Callback and flags of all requests of a target with no_read_workqueue or no_write_workqueue.</summary>
    [DefaultFrom("as merged: MAY_BACKLOG and a callback, always (DM-D43)")]
    public InlineRequest InlineRequest { get; init; } = InlineRequest.MayBacklog;

    /// <summary>Where a read is decrypted that ends in an interrupt or with interrupts disabled, with no_read_workqueue.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: DM-D40's table")]
    public DecryptFromInterrupt? DecryptFromInterrupt { get; init; }

    /// <summary>Where a bio is ended whose decryption ran in a tasklet of its own io.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: in-tasklet before 5.11, via-kcryptd-io from it (8e14f610159d)")]
    public EndFromTasklet? EndFromTasklet { get; init; }

    /// <summary>What remembers the place of the next tag when a conversion is continued from a workqueue.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: context from 6.18 (8b8f80377657), local before it")]
    public TagOffset? TagOffset { get; init; }

    /// <summary>What is done about a read whose integrity tag does not fit.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: on-private-pages from 6.9, never before it (DM-D33)")]
    public Recheck? Recheck { get; init; }

    /// <summary>How the pages of a write's clone are allocated.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: one-by-one to 3.6, two-phase from 4.1-rc1 (7145c241a1bf), compound from 6.5 (DM-D20 to DM-D22)")]
    public PageAllocation? PageAllocation { get; init; }

    /// <summary>Pages that one target may have allocated for clones, as dm_crypt_pages_per_client.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: none before 5.8, then 2 percent of RAM, of which 4096 pages is the least (DM-D22, DM-B24)")]
    public PageCap? PageCap { get; init; }

    /// <summary>Pages in reserve for clones; set lower only to shrink a scene.</summary>
    [Range(1, 256)]
    [ByKernel]
    [DefaultFrom("by kernel: MIN_POOL_PAGES 32 to 3.6, BIO_MAX_PAGES 256 from 4.1-rc1")]
    public int? PagePool { get; init; }

    /// <summary>Requests in reserve, and ios where fragments have their own; set lower only to shrink a scene.</summary>
    [Range(1, 1024)]
    [ByKernel]
    [DefaultFrom("by kernel: MIN_IOS 16, from 6.5 on 64")]
    public int? RequestPool { get; init; }

    /// <summary>What becomes of a write larger than one clone can hold.</summary>
    [DefaultFrom("accepted in part (DM-D10, DM-B27)")]
    public LargeWrite LargeWrite { get; init; } = LargeWrite.AcceptPartial;

    /// <summary>How fragments of one write share a convert context.</summary>
    [DefaultFrom("an io for each fragment (DM-S7); from 4.1-rc1 on there are no fragments")]
    public Fragments Fragments { get; init; } = Fragments.OwnContext;

    /// <summary>Pages that the physical segment limit of the device below lets one clone of 2.6.32 or 3.6 have.</summary>
    [Range(1, 256)]
    [DefaultFrom("no limit below 256 pages; mail 003 names it as a reason to split")]
    public int MaxSegments { get; init; } = 256;

    /// <summary>In which order converted writes go below; sorting needs whole writes, not page_allocation one-by-one.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: as-converted to 3.6, sorted from 4.1-rc1 (dc2676210c42, b3c5fd305249)")]
    public WriteOrder? WriteOrder { get; init; }

    /// <summary>What io->sector is while the io stands in write_tree.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: kept from 6.18 (9fdbbdbbc92b), advanced before it where writes are sorted")]
    public SectorInTree? SectorInTree { get; init; }

    /// <summary>Whether dmcrypt_write lets others run between two bios of a batch.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: after-each-bio from 6.5 (fb294b1c0ba9), never before it")]
    public WriterYield? WriterYield { get; init; }

    /// <summary>What crypt_dec_pending does first when the last reference goes.</summary>
    [DefaultFrom("free-first (b35f8caa0890)")]
    public LastReference LastReference { get; init; } = LastReference.FreeFirst;

    /// <summary>Somebody waits with a new table until no bio is in the target, and then destroys this one with its pools; once.</summary>
    [DefaultFrom("nobody loads a table (DM-B23)")]
    public bool TableSwap { get; init; }

    /// <summary>Whether crypt_convert allows the driver to sleep and reclaim memory.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: may-sleep before 5.8, not from it (432061b3da64)")]
    public RequestSleep? RequestSleep { get; init; }

    // ── costs ───────────────────────────────────────────────────────────

    /// <summary>Whether a template such as xts or essiv stands between dm-crypt and the driver.</summary>
    [DefaultFrom("a driver that implements the whole mode, as CAAM does for cbc(aes)")]
    public Template Template { get; init; } = Template.None;

    /// <summary>CPU time of submitting one crypto request: the crypt_convert loop and the driver's enqueue; not of a synchronous cipher's own work.</summary>
    [DefaultFrom("computed from ME-D20 and ME-D21: 780ns of CPU time a request, of which dispatch, lookup, loop and allocation are 11.6 of 23.8 parts")]
    public Duration SubmitCost { get; init; } = Duration.FromNanoseconds(380);

    /// <summary>CPU time of a bio, or the part of it that is taken, besides its requests, the cipher and its hops: mapping, cloning, pages, ending. Spent where it is mapped.</summary>
    [DefaultFrom("assumed: contained in the device's latency; a fit to published rows sets it (docs/validation.md)")]
    public Duration MapCost { get; init; } = Duration.Zero;

    /// <summary>CPU time that dmcrypt_write spends on submitting one bio.</summary>
    [DefaultFrom("assumed: contained in the device's latency")]
    public Duration WriteCost { get; init; } = Duration.Zero;

    /// <summary>Time from queueing work or waking a thread until it runs: kcryptd, dmcrypt_write, a signalled crypt_convert.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <summary>Some conversions do not go through kcryptd.</summary>
    internal bool ConvertsInline => NoReadWorkqueue || NoWriteWorkqueue;

    /// <summary>Data of one crypto request.</summary>
    internal DataSize Unit => RequestSize == RequestSize.Segment ? DataSize.FromKibibytes(4) : SectorSize;
}
