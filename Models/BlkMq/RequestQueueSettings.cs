using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>How a request queue is set up: <c>struct blk_mq_tag_set</c>, the queue's limits, and its elevator.</summary>
[KernelSource("include/linux/blk-mq.h", "struct blk_mq_tag_set", Version = "v6.18", Rules = "KS-43 KS-44")]
internal sealed record RequestQueueSettings
{
    /// <summary>BLKDEV_DEFAULT_RQ.</summary>
    private const int DefaultRequests = 128;

    /// <summary>nr_hw_queues.</summary>
    public required int HardwareQueues { get; init; }

    /// <summary>queue_depth: commands that each hardware queue holds.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>BLK_MQ_F_BLOCKING: queue_rq may sleep, and the queue is run in process context.</summary>
    public required bool IsBlocking { get; init; }

    /// <summary>What becomes of a task's plug when the task sleeps.</summary>
    public required PlugOnSleep PlugOnSleep { get; init; }

    /// <summary>From waking a task, or queueing work to kblockd, until it runs.</summary>
    public required Duration Wakeup { get; init; }

    /// <summary>The I/O scheduler.</summary>
    public ElevatorKind Elevator { get; init; } = ElevatorKind.None;

    /// <summary>What an mq-deadline is tuned to.</summary>
    public DeadlineOptions Deadline { get; init; } = new();

    /// <summary>nr_requests; null for the kernel's default.</summary>
    public int? Requests { get; init; }

    /// <summary>[512-byte sectors] max_sectors: no merge makes a request larger.</summary>
    public long MaxSectors { get; init; } = 2048;

    /// <summary>QUEUE_FLAG_NOMERGES and QUEUE_FLAG_NOXMERGES, as /sys/block/.../queue/nomerges: 0 tries every merge, 1 of an elevator's only the one-hit cache, 2 none.</summary>
    public int NoMerges { get; init; }

    /// <summary>What becomes of the keyslot of a request that is merged into another.</summary>
    public MergedKeyslot MergedKeyslot { get; init; } = MergedKeyslot.Put;

    /// <summary>When a request that has ended gives its keyslot back.</summary>
    public KeyslotRelease KeyslotRelease { get; init; } = KeyslotRelease.BeforeBioEndio;

    /// <summary>Driver tags of each hardware queue: nr_requests may leave some unused where requests are allocated from them.</summary>
    public int DriverTags => Elevator == ElevatorKind.None && Requests is { } requests ? Math.Min(QueueDepth, requests) : QueueDepth;

    /// <summary>nr_requests where requests take their driver tag at dispatch: 2 * min(queue_depth, BLKDEV_DEFAULT_RQ).</summary>
    public int SchedulerTags => Requests ?? 2 * Math.Min(QueueDepth, DefaultRequests);
}

/// <summary>What becomes of the keyslot of a request that vanishes in another (attempt_merge).</summary>
public enum MergedKeyslot
{
    /// <summary>It is given back: the request that remains has a reference of its own.</summary>
    [KernelSource("block/blk-merge.c", "attempt_merge, blk_crypto_rq_put_keyslot", Commit = "9cd1e566676b", Rules = "KS-28")]
    Put,

    /// <summary>Its reference is never given back, and the slot is in use for ever. No release does so: it is the commit without its part for attempt_merge.</summary>
    [KernelSource("block/blk-merge.c", "attempt_merge", Commit = "9cd1e566676b", Rules = "KS-28")]
    Leak,
}
