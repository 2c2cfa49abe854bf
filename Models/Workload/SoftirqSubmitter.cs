using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Submits the bios of a job in softirq, as no submitter in the kernel's tree is known to do (DM-B17).</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► softirq of the bio's CPU: submit_bio for each, oldest first
/// </code>
/// The task does not wait for the submission.
/// </remarks>
[KernelSource("block/blk-core.c", "submit_bio", Version = "v6.18", Rules = "DM-B17")]
internal sealed class SoftirqSubmitter : BhWork, IBlockDevice
{
    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly Queue<Bio> _bios = new();  // not yet submitted, oldest first

    public SoftirqSubmitter(LinuxKernel kernel, IBlockDevice device)
    {
        (_kernel, _device) = (kernel, device);
        _ = kernel.Softirqs;   // brought up while the machine is built
    }

    public string Name => _device.Name;

    /// <summary>The job hands a bio over. Context: process.</summary>
    public Operation SubmitAsync(Bio bio)
    {
        _bios.Enqueue(bio);
        _kernel.Softirqs.Raise(bio.Cpu, this);
        return Operation.Completed;
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
