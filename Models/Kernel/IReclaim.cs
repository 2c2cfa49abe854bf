using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What direct reclaim may have to wait for when an allocation with GFP_KERNEL finds no free page: writing dirty pages.</summary>
[KernelSource("mm/vmscan.c", "shrink_page_list, pageout", Version = "v4.1", Rules = "DM-B22")]
public interface IReclaim
{
    /// <summary>Writes dirty pages and waits until they are clean. Context: process.</summary>
    Operation WriteBackAsync();
}
