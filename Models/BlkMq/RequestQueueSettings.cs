using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>How a request queue is set up: <c>struct blk_mq_tag_set</c> and the queue's limits.</summary>
[KernelSource("include/linux/blk-mq.h", "struct blk_mq_tag_set", Version = "v6.18", Rules = "KS-43 KS-44")]
internal sealed record RequestQueueSettings
{
    /// <summary>nr_hw_queues.</summary>
    public required int HardwareQueues { get; init; }

    /// <summary>queue_depth: driver tags of each hardware queue.</summary>
    public required int QueueDepth { get; init; }

    /// <summary>BLK_MQ_F_BLOCKING: queue_rq may sleep, and the queue is run in process context.</summary>
    public required bool IsBlocking { get; init; }

    /// <summary>What becomes of a task's plug when the task sleeps.</summary>
    public required PlugOnSleep PlugOnSleep { get; init; }

    /// <summary>From waking a task, or queueing work to kblockd, until it runs.</summary>
    public required Duration Wakeup { get; init; }

    /// <summary>nr_requests where requests take their driver tag at dispatch: 2 * min(queue_depth, BLKDEV_DEFAULT_RQ).</summary>
    public int SchedulerTags => 2 * Math.Min(QueueDepth, 128);
}
