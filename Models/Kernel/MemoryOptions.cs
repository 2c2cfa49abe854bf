using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>How short of memory the machine is; without these keys it never is.</summary>
[KernelSource("mm/page_alloc.c", "__alloc_pages, zone_watermark_ok", Version = "v6.18", Rules = "DM-X5")]
public sealed record MemoryOptions
{
    /// <summary>Free memory for elements of mempools beyond their reserves, which are filled before the run begins; as much as is asked for if left out.</summary>
    public DataSize? Free { get; init; }

    /// <summary>RAM of the machine: dm-crypt's cap on clone pages is a share of it; endless if left out.</summary>
    public DataSize? Total { get; init; }

    /// <summary>The part of it that only GFP_ATOMIC may take: what lies below the watermark.</summary>
    [DefaultFrom("assumed: none, so that every allocation sees the same free memory")]
    public DataSize AtomicReserve { get; init; }

    /// <summary>Memory that an allocation gets only by direct reclaim, which GFP_NOIO allows: clean page cache. Used up once.</summary>
    [DefaultFrom("assumed: none; everything clean is reclaimed already when memory is short")]
    public DataSize Reclaimable { get; init; }

    /// <summary>Whether kworkers can be created.</summary>
    [DefaultFrom("kthreadd has memory for a stack")]
    public Kthreads Kthreads { get; init; } = Kthreads.AsNeeded;
}

/// <summary>What becomes of a workqueue that needs another kworker.</summary>
public enum Kthreads
{
    /// <summary>kworkers are there when they are needed.</summary>
    [KernelSource("kernel/workqueue.c", "maybe_create_worker, create_worker", Version = "v6.18", Rules = "DM-X4")]
    AsNeeded,

    /// <summary>None can be created: queues with WQ_MEM_RECLAIM have their rescuer, the others nobody.</summary>
    [KernelSource("kernel/workqueue.c", "maybe_create_worker, rescuer_thread", Version = "v6.18", Rules = "DM-X4")]
    None,
}

/// <summary>What an allocation may do to get memory.</summary>
[KernelSource("include/linux/gfp_types.h", "GFP_NOWAIT, GFP_ATOMIC, GFP_NOIO", Version = "v6.18", Rules = "DM-X5")]
public enum Gfp
{
    /// <summary>GFP_NOWAIT: takes what is free above the watermark. Context: any.</summary>
    [KernelSource("include/linux/gfp_types.h", "GFP_NOWAIT", Version = "v6.18")]
    NoWait,

    /// <summary>GFP_ATOMIC: takes what is free, below the watermark too. Context: any.</summary>
    [KernelSource("include/linux/gfp_types.h", "GFP_ATOMIC", Version = "v6.18")]
    Atomic,

    /// <summary>GFP_NOIO: reclaims what needs no I/O, and sleeps until there is memory. Context: process.</summary>
    [KernelSource("include/linux/gfp_types.h", "GFP_NOIO", Version = "v6.18")]
    NoIo,
}
