using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Errors that bios or requests of a workload ended with. An object of its own, so that work without errors changes nothing that is shared.</summary>
[KernelSource("fs/direct-io.c", "dio_bio_complete", Version = "v4.1")]
internal sealed class IoErrors
{
    [NotState]
    private long _count;

    /// <summary>How many, for people.</summary>
    public long Count => _count;

    /// <summary>True once there was one.</summary>
    public bool Any { get; private set; }

    /// <summary>One more.</summary>
    public void Add()
    {
        _count++;
        Any = true;
    }
}
