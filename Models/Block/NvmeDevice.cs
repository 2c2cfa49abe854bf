using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A flash device: commands overlap in their latency and then move their data one after the other.</summary>
/// <remarks>Time passes in the latency of each command and in its transfer over the shared bandwidth.</remarks>
[KernelSource("drivers/nvme/host/pci.c", "nvme_queue_rq, nvme_irq", Version = "v6.18")]
public sealed class NvmeDevice : TaggedDevice
{
    private readonly NvmeOptions _options;
    private readonly RandomStream _latency;                  // draws in the order of submission
    [NotState]
    private readonly List<NvmeCommand> _all = [];            // every command slot ever used; for diagnosis
    private readonly FreeList<NvmeCommand> _free = new();    // command slots not in use
    [NotState]
    private VirtualTime _busFreeAt;                          // end of the last transfer

    /// <summary>Brings up a device.</summary>
    public NvmeDevice(LinuxKernel kernel, string name, NvmeOptions options, RandomStream latency)
        : base(kernel, name, options)
    {
        _options = options;
        _latency = latency;
    }

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (NvmeCommand command in _all)
        {
            command.Owners(owners);
        }
    }

    /// <summary>A command has waited out its latency: its transfer begins when the bus is free.</summary>
    /// <returns>From now until the transfer ends.</returns>
    internal Duration Transfer(Bio bio)
    {
        VirtualTime now = Kernel.Simulation.Now;
        _busFreeAt = (_busFreeAt > now ? _busFreeAt : now) + _options.Bandwidth.TimeFor(bio.Size);
        return _busFreeAt - now;
    }

    /// <summary>A command has moved its data. Context: softirq.</summary>
    internal void OnCommandDone(NvmeCommand command, Bio bio)
    {
        Kernel.Enter(CpuContext.Softirq);
        _free.Put(command);
        Finish(bio);
    }

    /// <inheritdoc/>
    protected override Operation StartAsync(Bio bio)
    {
        if (!_free.TryTake(out NvmeCommand? command))
        {
            command = new NvmeCommand(Kernel.Simulation, Name, this);
            Remember(command);
        }

        command.Start(bio, _options.Latency.Sample(_latency));
        return Operation.Completed;
    }

    private void Remember(NvmeCommand command)
    {
        if (_all.Count == _options.QueueDepth)
        {
            _all.Clear();   // left there by states that were explored before
        }

        _all.Add(command);
    }
}
