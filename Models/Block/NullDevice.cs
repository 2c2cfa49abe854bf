using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A device that completes every bio at once, in the submitter's context.</summary>
[KernelSource("drivers/block/null_blk/main.c", "null_handle_cmd", Version = "v6.18")]
public sealed class NullDevice(LinuxKernel kernel, string name, NullDeviceOptions options) : TaggedDevice(kernel, name, options)
{
    /// <summary>Nothing is ever left in it.</summary>
    public override void Owners(OwnerList owners)
    {
    }

    /// <inheritdoc/>
    protected override Operation StartAsync(Bio bio)
    {
        Finish(bio);
        return Operation.Completed;
    }
}
