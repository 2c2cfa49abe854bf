using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The options of a target with what its kernel release fills in: the one place where history stands as a table.</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_ctr", Version = "v6.18", Rules = "DM-D10 DM-D20 DM-D21 DM-D22 DM-D40")]
internal sealed record DmCryptSettings
{
    public const int BioMaxPages = 256;   // BIO_MAX_PAGES, today BIO_MAX_VECS

    private DmCryptSettings(DmCryptOptions options, KernelVersion kernel)
    {
        Options = options;
        MaxWriteSize = options.MaxWriteSize ?? (kernel >= KernelVersion.V618 ? DataSize.FromKibibytes(128) : new DataSize((long)BioMaxPages * PageAllocator.PageBytes));
        MaxReadSize = options.MaxReadSize ?? (kernel >= KernelVersion.V618 ? DataSize.FromKibibytes(128) : null);
        Submit = options.Submit ?? (kernel == KernelVersion.V41Rc1 ? Submit.WaitEveryRequest : Submit.WaitOnBusy);
        BusyInSoftirq = options.BusyInSoftirq ?? (kernel >= KernelVersion.V511 ? BusyInSoftirq.Continue : BusyInSoftirq.Sleep);
        RequestAllocation = options.RequestAllocation ?? (kernel >= KernelVersion.V511 ? RequestAllocation.Atomic : RequestAllocation.MaySleep);
        DecryptFromInterrupt = options.DecryptFromInterrupt ?? DecryptIn(kernel);
        EndFromTasklet = options.EndFromTasklet ?? (kernel >= KernelVersion.V511 ? EndFromTasklet.ViaKcryptdIo : EndFromTasklet.InTasklet);
        TagOffset = options.TagOffset ?? (kernel >= KernelVersion.V618 ? TagOffset.Context : TagOffset.Local);
        Recheck = options.Recheck ?? (kernel >= KernelVersion.V69 ? Recheck.OnPrivatePages : Recheck.Never);
        PageAllocation = options.PageAllocation ?? PagesIn(kernel);
        PageCap = options.PageCap ?? (kernel >= KernelVersion.V58 ? PageCap.TwoPercent : PageCap.None);
        WriteOrder = HasFragments ? WriteOrder.AsConverted : options.WriteOrder ?? (kernel >= KernelVersion.V41Rc1 ? WriteOrder.Sorted : WriteOrder.AsConverted);
        SectorInTree = options.SectorInTree ?? (kernel >= KernelVersion.V618 ? SectorInTree.Kept : SectorInTree.Advanced);
        WriterYield = options.WriterYield ?? (kernel >= KernelVersion.V65 ? WriterYield.AfterEachBio : WriterYield.Never);
        RequestSleep = options.RequestSleep ?? (kernel >= KernelVersion.V58 ? RequestSleep.Never : RequestSleep.MaySleep);
        QueueFlags = WorkQueueFlags.MemReclaim | (options.HighPriority ? WorkQueueFlags.HighPri : WorkQueueFlags.None);
        ReadsFromSubmitter = kernel >= KernelVersion.V36;
        IsOneThread = kernel < KernelVersion.V36;
        HasIoPool = kernel < KernelVersion.V41Rc1;
        IsBound = options.SameCpuCrypt || kernel == KernelVersion.V36;
        PagePoolReserve = options.PagePool is { } pages ? pages : kernel >= KernelVersion.V41Rc1 ? BioMaxPages : 32;
        RequestReserve = options.RequestPool is { } requests ? requests : kernel >= KernelVersion.V65 ? 64 : 16;
        BlockingPages = kernel >= KernelVersion.V36 ? 1 : 8;
    }

    public DmCryptOptions Options { get; }

    public DataSize MaxWriteSize { get; }

    /// <summary>Null: any size.</summary>
    public DataSize? MaxReadSize { get; }

    public Submit Submit { get; }

    public BusyInSoftirq BusyInSoftirq { get; }

    public RequestAllocation RequestAllocation { get; }

    public DecryptFromInterrupt DecryptFromInterrupt { get; }

    public EndFromTasklet EndFromTasklet { get; }

    public TagOffset TagOffset { get; }

    public Recheck Recheck { get; }

    public PageAllocation PageAllocation { get; }

    public PageCap PageCap { get; }

    public WriteOrder WriteOrder { get; }

    public SectorInTree SectorInTree { get; }

    public WriterYield WriterYield { get; }

    public RequestSleep RequestSleep { get; }

    /// <summary>Of kcryptd and kcryptd_io: a rescuer in all releases, kworkers of nice -20 with high_priority.</summary>
    public WorkQueueFlags QueueFlags { get; }

    /// <summary>Reads go below in the submitter's context; before 3.6 always from kcryptd_io (DM-D30).</summary>
    public bool ReadsFromSubmitter { get; }

    /// <summary>A write is split where pages run out; such a clone goes below as it is converted, from kcryptd or kcryptd_io.</summary>
    public bool HasFragments => PageAllocation == PageAllocation.OneByOne;

    /// <summary>ios come from a mempool; later they are part of the bio (298a9fa08a15).</summary>
    public bool HasIoPool { get; }

    /// <summary>kcryptd and kcryptd_io are one thread each for the device.</summary>
    public bool IsOneThread { get; }

    /// <summary>kcryptd is a bound workqueue.</summary>
    public bool IsBound { get; }

    /// <summary>[pages] MIN_POOL_PAGES, later BIO_MAX_PAGES.</summary>
    public int PagePoolReserve { get; }

    /// <summary>MIN_IOS: requests, and before 4.1 ios, in reserve.</summary>
    public int RequestReserve { get; }

    /// <summary>[pages] Those at the start of a fragment that are allocated with waiting: MIN_BIO_PAGES.</summary>
    public int BlockingPages { get; }

    /// <summary>False for what never asks a workqueue: a zoned device forces no_write_workqueue.</summary>
    public bool WritesInline => Options.NoWriteWorkqueue || Options.Zoned;

    /// <summary>Of dmcrypt_write: MIN_NICE with high_priority.</summary>
    public int WriterNice => Options.HighPriority ? -20 : 0;

    /// <summary>Conversions in kcryptd at the same time; per CPU where it is bound.</summary>
    public int MaxActive(int cpus) => Options.MaxActive ?? (IsBound || IsOneThread ? 1 : cpus);

    /// <summary>Fills in what the options leave out.</summary>
    public static DmCryptSettings Of(DmCryptOptions options, KernelVersion kernel) => new(options, kernel);

    private static DecryptFromInterrupt DecryptIn(KernelVersion kernel) => kernel switch
    {
        >= KernelVersion.V69 => DecryptFromInterrupt.BhWork,
        >= KernelVersion.V511 => DecryptFromInterrupt.Tasklet,
        _ => DecryptFromInterrupt.TaskletInHardirq,
    };

    private static PageAllocation PagesIn(KernelVersion kernel) => kernel switch
    {
        >= KernelVersion.V65 => PageAllocation.Compound,
        >= KernelVersion.V41Rc1 => PageAllocation.TwoPhase,
        _ => PageAllocation.OneByOne,
    };
}
