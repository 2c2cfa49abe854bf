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

    /// <summary>How the device tells that a bio ended; if left out, by none: in softirq of no CPU or, by null and ram, in the submitter's context.</summary>
    public BlockInterruptOptions? Interrupt { get; init; }
}

/// <summary>The interrupt of a block device: bios end on a CPU and in a context.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_complete_request, blk_done_softirq", Version = "v6.18", Rules = "DM-X1 DM-D40")]
public sealed record BlockInterruptOptions
{
    /// <summary>Context in which bio_endio runs.</summary>
    [DefaultFrom("blk_mq_complete_request raises BLOCK_SOFTIRQ on devices with one queue")]
    public BioEnd Context { get; init; } = BioEnd.Softirq;

    /// <summary>CPU that is interrupted, modulo the number of CPUs; the submitter's if left out.</summary>
    [Range(0, 1023)]
    public int? Cpu { get; init; }

    /// <summary>CPU time of each bio in that context.</summary>
    [DefaultFrom("assumed: nothing beside what bi_end_io itself does")]
    public Duration Cost { get; init; }
}

/// <summary>Context in which a device ends bios.</summary>
public enum BioEnd
{
    /// <summary>The interrupt raises BLOCK_SOFTIRQ on its CPU, and the bio ends there.</summary>
    [KernelSource("block/blk-mq.c", "blk_done_softirq, blk_complete_reqs", Version = "v6.18", Rules = "DM-X1")]
    Softirq,

    /// <summary>The interrupt handler ends the bio.</summary>
    [KernelSource("drivers/nvme/host/pci.c", "nvme_irq, nvme_complete_rq", Version = "v6.18", Rules = "DM-X1 DM-D40")]
    Hardirq,

    /// <summary>The idle thread of the CPU ends the bio with interrupts disabled: irqs_disabled() without in_hardirq().</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt", Commit = "c87a95dc28b1", Rules = "DM-X1 DM-B05")]
    IrqsOff,
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
