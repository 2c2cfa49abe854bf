using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct elevator_queue</c>: an I/O scheduler, in which the requests of a queue wait, merge, and are put in order. One for all hardware queues.</summary>
[KernelSource("block/elevator.h", "struct elevator_mq_ops", Version = "v6.18", Rules = "KS-42 KS-43")]
internal abstract class Elevator
{
    /// <summary>has_work.</summary>
    public abstract bool HasWork { get; }

    /// <summary>insert_requests. Context: the submitter's.</summary>
    /// <param name="request">It waits here from now on, unless it vanishes in another.</param>
    public abstract void Insert(Request request);

    /// <summary>dispatch_request: takes the request that is next; asked only if there is work. Context: the dispatcher's.</summary>
    public abstract Request Dispatch();

    /// <summary>bio_merge: the bio joins a request that waits here. Context: the submitter's.</summary>
    public abstract bool TryMerge(Bio bio);
}

/// <summary>The I/O scheduler of a queue, as in <c>/sys/block/.../queue/scheduler</c>.</summary>
public enum ElevatorKind
{
    /// <summary>No scheduler: requests have their driver tag from allocation on, and wait in the software queues in the order in which they came.</summary>
    [KernelSource("block/blk-mq-sched.c", "__blk_mq_sched_dispatch_requests, blk_mq_do_dispatch_ctx", Version = "v6.18", Rules = "KS-36 KS-43")]
    None,

    /// <summary>By sector, in batches of one direction, the oldest first once it has waited too long.</summary>
    [KernelSource("block/mq-deadline.c", "dd_insert_request, dd_dispatch_request", Version = "v6.18", Rules = "KS-42 KS-43")]
    MqDeadline,
}
