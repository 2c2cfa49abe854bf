using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Block;

/// <summary>What block devices at the bottom of a stack have in common: tags, and the meter.</summary>
/// <remarks>
/// <code>
///   SubmitAsync ──► tag (sleeps while queue_depth commands are in the device) ──► Start ──► Finish ──► interrupt, if it has one ──► bio_endio
/// </code>
/// Not modelled: merging, plugging, the I/O scheduler.
/// </remarks>
[KernelSource("block/blk-mq-tag.c", "blk_mq_get_tag", Version = "v4.1")]
public abstract class BlockDevice : IBlockDevice, IHolder
{
    private readonly Resource _tags;
    private readonly DiskContents? _contents;   // what was written; null where no job verifies
    private readonly BlockInterrupt? _interrupt;   // null: bios end where the device is done with them

    /// <summary>A device with the tags and the interrupt of its options.</summary>
    protected BlockDevice(LinuxKernel kernel, string name, BlockDeviceOptions options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        Kernel = kernel;
        Name = name;
        _tags = new Resource(kernel.Simulation, options.QueueDepth, name + ".tags", "blk_mq_get_tag") { Owner = this };
        InFlight = new TimeWeighted(kernel.Simulation);
        _contents = kernel.KeepsContents ? new DiskContents() : null;
        _interrupt = options.Interrupt is { } interrupt ? new BlockInterrupt(kernel, this, interrupt) : null;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Commands in the device over time.</summary>
    [field: NotState]
    public TimeWeighted InFlight { get; }

    /// <summary>Commands finished.</summary>
    [field: NotState]
    public long Finished { get; private set; }

    internal int CommandsInUse => Active;

    /// <summary>The kernel.</summary>
    protected LinuxKernel Kernel { get; }

    /// <summary>Commands in the device.</summary>
    protected int Active { get; private set; }

    /// <inheritdoc/>
    public async Operation SubmitAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        bio.Stages.Enter(BioStage.Device, Kernel.Simulation.Now);
        if (!_tags.TryAcquire())
        {
            Kernel.MaySleep("blk_mq_get_tag");
            Kernel.OnSleep();
            await _tags.AcquireAsync();
        }

        bio.HeldBy = this;
        InFlight.Set(++Active);
        Kernel.Tracer?.Bio("generic_make_request", Name, bio);
        await StartAsync(bio);
    }

    /// <summary>Forgets what was measured before, at the end of the warm-up.</summary>
    internal void RestartMeter()
    {
        InFlight.Restart();
        Finished = 0;
    }

    /// <inheritdoc/>
    public abstract void Owners(OwnerList owners);

    /// <summary>Begins a command.</summary>
    protected abstract Operation StartAsync(Bio bio);

    /// <summary>The device is done with a command. Context: softirq, or the submitter's for a device that works there.</summary>
    protected void Finish(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        if (_interrupt is null)
        {
            EndBio(bio);
        }
        else
        {
            _interrupt.Complete(bio);
        }
    }

    /// <summary>Ends a command: frees its tag and ends the bio. Context: as the device's options say.</summary>
    internal void EndBio(Bio bio)
    {
        InFlight.Set(--Active);
        Finished++;
        _tags.Release();
        if (_contents is not null)
        {
            bio.Transfer(_contents);
        }

        Kernel.Tracer?.BioEnd(bio.EndIo, bio);
        bio.End(Errno.Success);
    }
}
