using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A device that serves one command at a time, in the order in which they got their tags.</summary>
/// <remarks>Time passes in each command: latency, then size / bandwidth. A command that does not follow the one before takes a seek more. Not modelled: seeks as a function of distance, NCQ reordering.</remarks>
[KernelSource("drivers/scsi/sd.c", "sd_init_command", Version = "v6.18")]
public sealed class DiskDevice : TaggedDevice
{
    private readonly DiskOptions _options;
    private readonly RandomStream _latency;   // draws in the order of service
    private readonly Store<Bio> _commands;
    [NotState]
    private readonly Process _process;        // for diagnosis
    [NotState]
    private long _head;                       // [512-byte sectors] where the last command ended; decides when, not whether

    /// <summary>Spins up a disk.</summary>
    public DiskDevice(LinuxKernel kernel, string name, DiskOptions options, RandomStream latency)
        : base(kernel, name, options)
    {
        _options = options;
        _latency = latency;
        _commands = new Store<Bio>(kernel.Simulation, name: name + ".queue") { Idle = true };
        _process = kernel.Simulation.Spawn(name, Serve(), daemon: true);
    }

    /// <summary>Commands that did not begin where the one before had ended.</summary>
    [field: NotState]
    public long Seeks { get; private set; }

    internal override void AddMetrics(MetricList metrics, Duration measured)
    {
        base.AddMetrics(metrics, measured);
        metrics.Add(Name + ".seeks", Seeks);
    }

    /// <inheritdoc/>
    public override void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        owners.Add(_process);
    }

    /// <inheritdoc/>
    protected override Operation StartAsync(Bio bio)
    {
        _commands.TryPut(bio);
        return Operation.Completed;
    }

    /// <summary>Moves the head, if it is not there.</summary>
    private Duration SeekTo(Bio bio)
    {
        bool isThere = bio.Sector == _head;
        _head = bio.Sector + (bio.Size.Bytes / 512);
        Seeks += isThere ? 0 : 1;
        return isThere ? Duration.Zero : _options.Seek;
    }

    private async Process Serve()
    {
        Kernel.Enter(CpuContext.Softirq);
        while (true)
        {
            Bio bio = await _commands.GetAsync();
            await Kernel.Simulation.Delay(_options.Latency.Sample(_latency) + _options.Bandwidth.TimeFor(bio.Size) + SeekTo(bio));
            Finish(bio);
        }
    }
}
