using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>One command slot of a flash device: first the latency, then the transfer.</summary>
[KernelSource("drivers/nvme/host/pci.c", "struct nvme_iod", Version = "v6.18")]
internal sealed class NvmeCommand(Simulation simulation, string name, NvmeDevice device) : Simulator.Timer(simulation, name)
{
    private readonly NvmeDevice _device = device;
    private Bio? _bio;              // in the slot; null if it is free
    private bool _transferring;     // the latency is over

    /// <summary>Begins with the latency.</summary>
    public void Start(Bio bio, Duration latency)
    {
        (_bio, _transferring) = (bio, false);
        Arm(latency);
    }

    /// <summary>A slot in use will end its bio.</summary>
    public void Owners(OwnerList owners)
    {
        if (_bio is not null)
        {
            owners.Add(this);
        }
    }

    /// <inheritdoc/>
    protected override void OnExpired()
    {
        Bio bio = _bio!;
        if (!_transferring)
        {
            _transferring = true;
            Arm(_device.Transfer(bio));
            return;
        }

        _bio = null;
        _device.OnCommandDone(this, bio);
    }
}
