using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Submits the bios of a job in softirq, as no submitter in the kernel's tree is known to do (DM-B17).</summary>
/// <remarks>
/// <code>
///   Submit(bio) ──► softirq of the CPU: submit_bio for each, oldest first
/// </code>
/// </remarks>
[KernelSource("block/blk-core.c", "submit_bio", Version = "v6.18", Rules = "DM-B17")]
internal sealed class SoftirqSubmitter : BhWork
{
    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly int _cpu;                  // 0-based
    private readonly Queue<Bio> _bios = new();  // not yet submitted, oldest first

    public SoftirqSubmitter(LinuxKernel kernel, IBlockDevice device, int cpu)
    {
        (_kernel, _device, _cpu) = (kernel, device, cpu);
        _ = kernel.Softirqs;   // brought up while the machine is built
    }

    /// <summary>The job hands a bio over. Context: process.</summary>
    public void Submit(Bio bio)
    {
        _bios.Enqueue(bio);
        _kernel.Softirqs.Raise(_cpu, this);
    }

    /// <inheritdoc/>
    public override async Operation RunAsync()
    {
        while (_bios.TryDequeue(out Bio? bio))
        {
            await _device.SubmitAsync(bio);
        }
    }
}
