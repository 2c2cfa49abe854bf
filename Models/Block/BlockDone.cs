using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>BLOCK_SOFTIRQ of one CPU for one device: ends the bios that the interrupt handed on, one by one.</summary>
[KernelSource("block/blk-mq.c", "blk_done_softirq", Version = "v6.18", Rules = "DM-X1")]
internal sealed class BlockDone(LinuxKernel kernel, BlockDevice device, Duration cost) : SoftirqWork
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly BlockDevice _device = device;
    private readonly Duration _cost = cost;               // [ps] CPU time of each bio
    private readonly Queue<Bio> _done = new();            // oldest first

    public override SoftirqVector Vector => SoftirqVector.Block;

    /// <summary>Context: hardirq.</summary>
    public void Add(Bio bio, int cpu)
    {
        _done.Enqueue(bio);
        _kernel.Softirqs.Raise(cpu, this);
    }

    /// <summary>Ends one bio; the next one follows when what this one caused here has run.</summary>
    public override async Operation RunAsync()
    {
        if (_cost > Duration.Zero)
        {
            await _kernel.Cpus.InterruptAsync(RunsOn, _cost);
        }

        _device.EndBio(_done.Dequeue());
        if (_done.Count > 0)
        {
            _kernel.Softirqs.RaiseNext(RunsOn, this);
        }
    }
}
