using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>Bounce buffers for a device that does not reach all memory: slots of 2 KiB, taken when a request is mapped, given back when it is unmapped.</summary>
/// <remarks>No time passes: copying is part of the submission. Not modelled: runs of adjacent slots, so that it is full only when all are taken.</remarks>
[KernelSource("kernel/dma/swiotlb.c", "swiotlb_tbl_map_single", Version = "v6.18", Rules = "DM-J20")]
internal sealed class Swiotlb(int slots)
{
    private const int SlotBytes = 2048;   // 1 << IO_TLB_SHIFT

    /// <summary>Slots in all.</summary>
    public int Slots { get; } = slots;

    /// <summary>Slots taken.</summary>
    public int Used { get; private set; }

    /// <summary>Most slots taken at a time.</summary>
    [field: NotState]
    public int UsedMax { get; private set; }

    /// <summary>Maps source and destination of so much data.</summary>
    /// <returns>False, with nothing taken, if the slots do not suffice.</returns>
    public bool TryMap(DataSize length)
    {
        int needed = SlotsOf(length);
        if (Used + needed > Slots)
        {
            return false;
        }

        Used += needed;
        UsedMax = Math.Max(UsedMax, Used);
        return true;
    }

    /// <summary>Unmaps them.</summary>
    public void Unmap(DataSize length) => Used -= SlotsOf(length);

    private static int SlotsOf(DataSize length) => 2 * (int)((length.Bytes + SlotBytes - 1) / SlotBytes);
}
