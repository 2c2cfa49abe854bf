using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Dirty page cache of a file system on a device: what an allocation with GFP_KERNEL writes back, and waits for, where no page is free. Submits nothing of its own accord unless allocating_tasks need memory; needs <c>memory</c> with little enough <c>free</c>.</summary>
[Model("dirty-pages")]
[KernelSource("mm/vmscan.c", "shrink_page_list, pageout", Version = "v4.1", Rules = "DM-B22")]
public sealed record DirtyPagesOptions : WorkloadOptions
{
    /// <summary>The stacked or bare block device that the file system is on.</summary>
    [NamesPart(typeof(object))]
    public required string Device { get; init; }

    /// <summary>Dirty pages at the start; each reclaim writes one, and finds nothing to write when all are clean.</summary>
    [Range(1, 1_000_000)]
    [DefaultFrom("assumed: more than there are kcryptd workers, which is what it takes")]
    public int Pages { get; init; } = 64;

    /// <summary>Tasks that need a page each, with GFP_KERNEL, when the run begins. While none is free the flusher writes dirty pages, and each that is clean is freed.</summary>
    [Range(0, 1024)]
    [DefaultFrom("assumed: none, so that pages are written where another part of the machine reclaims")]
    public int AllocatingTasks { get; init; }

    /// <summary>Name of the key under which the pages are encrypted, as key of a fio job; not encrypted if left out.</summary>
    public string? Key { get; init; }

    /// <summary>data_unit_size of the key: a power of two, 512 B to 4 KiB.</summary>
    [DefaultFrom("the block size of the filesystem; assumed: 4KiB")]
    public DataSize DataUnitSize { get; init; } = DataSize.FromKibibytes(4);

    internal override Duration? RunsFor => null;

    internal override (string Device, CryptoConfig Config)? UsesKeys =>
        Key is null ? null : (Device, new CryptoConfig(CryptoMode.Aes256Xts, DataUnitSize, 4));
}
