using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A device that needs nothing for a bio but a tag: each bio is a command.</summary>
/// <remarks>
/// <code>
///   SubmitAsync ──► tag (sleeps while queue_depth commands are in the device) ──► StartAsync ──► Finish ──► interrupt, if it has one ──► bio_endio
/// </code>
/// Not modelled: merging, plugging, the I/O scheduler; the hosts of inline encryption have a queue of their own for that.
/// </remarks>
[KernelSource("block/blk-mq-tag.c", "blk_mq_get_tag", Version = "v4.1")]
public abstract class TaggedDevice : BlockDevice
{
    private readonly Resource _tags;

    /// <summary>A device with the tags and the interrupt of its options.</summary>
    protected TaggedDevice(LinuxKernel kernel, string name, BlockDeviceOptions options)
        : base(kernel, name, options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        _tags = new Resource(kernel.Simulation, options.QueueDepth, name + ".tags", "blk_mq_get_tag") { Owner = this };
    }

    /// <inheritdoc/>
    public override async Operation SubmitAsync(Bio bio)
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
        Enter();
        Kernel.Tracer?.Bio("generic_make_request", Name, bio);
        await StartAsync(bio);
    }

    /// <summary>Begins a command.</summary>
    protected abstract Operation StartAsync(Bio bio);

    /// <inheritdoc/>
    internal override void EndBio(Bio bio)
    {
        Leave();
        _tags.Release();
        MoveData(bio);
        Kernel.Tracer?.BioEnd(bio.EndIo, bio);
        bio.End(Errno.Success);
    }
}
