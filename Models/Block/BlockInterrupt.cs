using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>The interrupt of a block device: one line, or one for each CPU if bios end where they were submitted.</summary>
/// <remarks>
/// <code>
///   Complete(bio) ──► line of the CPU ──► hardirq ──► softirq: BLOCK_SOFTIRQ of that CPU ──► bio_endio
///                                            └─► hardirq, irqs-off: bio_endio at once
/// </code>
/// Time passes in entering the interrupt and in each bio; it is taken from the tasks of the CPU, and by a hardirq from its
/// softirqs too.
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_complete_request", Version = "v6.18", Rules = "DM-X1 DM-D40")]
internal sealed class BlockInterrupt : IHolder
{
    private readonly InterruptLine[] _lines;
    private readonly bool _followsSubmitter;

    public BlockInterrupt(LinuxKernel kernel, BlockDevice device, BlockInterruptOptions options)
    {
        kernel.Cpus.TellHardirqsApart();
        Label = device.Name + ".irq";
        _followsSubmitter = options.Cpu is null;
        _lines = new InterruptLine[_followsSubmitter ? kernel.Cpus.Count : 1];
        for (int i = 0; i < _lines.Length; i++)
        {
            _lines[i] = new InterruptLine(kernel, device, options, (options.Cpu ?? i) % kernel.Cpus.Count);
        }
    }

    [field: NotState]
    public string Label { get; }

    public string? WhyNobody => null;

    /// <summary>The device is done with a bio. Context: hardware, or the submitter's for a device that works there.</summary>
    public void Complete(Bio bio)
    {
        bio.HeldBy = this;
        _lines[_followsSubmitter ? bio.Cpu % _lines.Length : 0].Raise(bio);
    }

    public void Owners(OwnerList owners)
    {
        foreach (InterruptLine line in _lines)
        {
            line.Owners(owners);
        }
    }
}
