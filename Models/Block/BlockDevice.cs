using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>What block devices at the bottom of a stack have in common: their interrupt, and the meter.</summary>
/// <remarks>
/// <code>
///   SubmitAsync ──► ... ──► Enter ──► the device works ──► Finish ──► interrupt, if it has one ──► EndBio
/// </code>
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_complete_request", Version = "v6.18")]
public abstract class BlockDevice : IBlockDevice, IHolder
{
    private readonly DiskContents? _contents;   // what was written; null where no job verifies
    private readonly BlockInterrupt? _interrupt;   // null: bios end where the device is done with them

    /// <summary>A device with the interrupt of its options.</summary>
    protected BlockDevice(LinuxKernel kernel, string name, BlockDeviceOptions options)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        Kernel = kernel;
        Name = name;
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
    public abstract Operation SubmitAsync(Bio bio);

    /// <summary>Forgets what was measured before, at the end of the warm-up.</summary>
    internal virtual void RestartMeter()
    {
        InFlight.Restart();
        Finished = 0;
    }

    /// <summary>What was measured, under the device's name.</summary>
    /// <param name="metrics">Where it goes.</param>
    /// <param name="measured">Virtual time over which it was measured.</param>
    internal virtual void AddMetrics(MetricList metrics, Duration measured)
    {
        metrics.Add(Name + ".ios", Finished);
        metrics.Add(Name + ".in_flight.mean", InFlight.Mean);
        metrics.Add(Name + ".in_flight.max", InFlight.Max);
    }

    /// <inheritdoc/>
    public abstract void Owners(OwnerList owners);

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

    /// <summary>Ends a command and its bios. Context: as the device's options say.</summary>
    /// <param name="bio">The one that <see cref="Finish"/> was called with.</param>
    internal abstract void EndBio(Bio bio);

    /// <summary>One more command in the device.</summary>
    protected void Enter() => InFlight.Set(++Active);

    /// <summary>One command less in the device.</summary>
    protected void Leave()
    {
        InFlight.Set(--Active);
        Finished++;
    }

    /// <summary>The medium takes what a write brings, or answers what stands where a read looks; only where a job verifies.</summary>
    protected void MoveData(Bio bio) => MoveData(bio, default);

    /// <summary>The same through an engine that encrypts what is written and decrypts what is read.</summary>
    /// <param name="bio">The bio.</param>
    /// <param name="iv">Under what its first sector is encrypted; the default for plain.</param>
    private protected void MoveData(Bio bio, SectorIv iv)
    {
        ArgumentNullException.ThrowIfNull(bio);
        if (_contents is not null)
        {
            bio.Transfer(_contents, iv);
        }
    }
}
