using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A RAM disk: the submitter copies the data on its own CPU time and ends the bio.</summary>
/// <remarks>Time passes in the copy.</remarks>
[KernelSource("drivers/block/brd.c", "brd_submit_bio", Version = "v6.18", Rules = "ME-A1")]
public sealed class RamDevice(LinuxKernel kernel, string name, RamDeviceOptions options) : TaggedDevice(kernel, name, options)
{
    private readonly Bandwidth _bandwidth = options.Bandwidth;

    /// <summary>The copying process is the submitter, which is found on its own.</summary>
    public override void Owners(OwnerList owners)
    {
    }

    /// <inheritdoc/>
    protected override async Operation StartAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        await Kernel.Cpus.RunAsync(_bandwidth.TimeFor(bio.Size));
        Finish(bio);
    }
}
