using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>A block device at the bottom of a stack.</summary>
public abstract record BlockDeviceOptions : DeviceOptions
{
    /// <summary>Commands the device holds at the same time; bios beyond it wait for a tag.</summary>
    public abstract int QueueDepth { get; init; }
}

/// <summary>Completes every bio at once: measures the layers above alone.</summary>
[Model("null")]
[KernelSource("drivers/block/null_blk/main.c", "null_handle_cmd", Version = "v6.18")]
public sealed record NullDeviceOptions : BlockDeviceOptions
{
    /// <inheritdoc/>
    [Range(1, 65535)]
    [DefaultFrom("assumed: hw_queue_depth of null_blk, recalled as 64; without latency it never fills")]
    public override int QueueDepth { get; init; } = 64;
}

/// <summary>A RAM disk: copies the data in the submitter's context and completes there.</summary>
[Model("ram")]
[KernelSource("drivers/block/brd.c", "brd_submit_bio", Version = "v6.18", Rules = "ME-A1")]
public sealed record RamDeviceOptions : BlockDeviceOptions
{
    /// <inheritdoc/>
    [Range(1, 65535)]
    [DefaultFrom("assumed: brd has no queue; each submitter copies for itself")]
    public override int QueueDepth { get; init; } = 65535;

    /// <summary>Rate of the copy.</summary>
    [DefaultFrom("4 KiB in 1.73us, system call included (ME-A1)")]
    public Bandwidth Bandwidth { get; init; } = new(2_367_630_058);
}

/// <summary>A rotating disk or any device that serves one command at a time.</summary>
[Model("disk")]
[KernelSource("drivers/scsi/sd.c", "sd_init_command", Version = "v6.18")]
public sealed record DiskOptions : BlockDeviceOptions
{
    /// <inheritdoc/>
    [Range(1, 65535)]
    [DefaultFrom("assumed: the 32 tags of SATA NCQ")]
    public override int QueueDepth { get; init; } = 32;

    /// <summary>Time of a command besides moving its data.</summary>
    public required DurationDistribution Latency { get; init; }

    /// <summary>Rate at which the device moves data.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>Further time of a command that does not begin where the one before it ended.</summary>
    [DefaultFrom("assumed: contained in latency")]
    public Duration Seek { get; init; } = Duration.Zero;
}

/// <summary>A flash device: commands up to the queue depth overlap in their latency and share the bandwidth.</summary>
[Model("nvme")]
[KernelSource("drivers/nvme/host/pci.c", "nvme_queue_rq", Version = "v6.18")]
public sealed record NvmeOptions : BlockDeviceOptions
{
    /// <inheritdoc/>
    [Range(1, 65535)]
    [DefaultFrom("assumed: io_queue_depth of the nvme driver, recalled as 1024")]
    public override int QueueDepth { get; init; } = 1024;

    /// <summary>Time of a command besides moving its data.</summary>
    public required DurationDistribution Latency { get; init; }

    /// <summary>Rate at which the device moves data, shared by all commands.</summary>
    public required Bandwidth Bandwidth { get; init; }
}
