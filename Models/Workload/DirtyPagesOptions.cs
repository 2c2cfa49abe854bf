using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Dirty page cache of a file system on a device: what an allocation with GFP_KERNEL writes back, and waits for, where no page is free. Submits nothing of its own accord; needs <c>memory</c> with little enough <c>free</c>.</summary>
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

    internal override Duration? RunsFor => null;
}
