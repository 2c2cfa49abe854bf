using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>
/// The moments at which something besides a tag may be needed before a request can go on: at the submission of a bio, when it
/// has become a request, and at dispatch. By default nothing is. The designs of inline encryption differ in which they use.
/// </summary>
/// <remarks>
/// <code>
///   submit_bio ──► AtSubmit ──► merge? ──► tag ──► AtRequest ──► plug, queue ──► driver tag ──► AtDispatch ──► queue_rq
/// </code>
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_submit_bio, blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-23")]
internal abstract class RequestGate
{
    /// <summary>Requests take their driver tag when they are dispatched and give it back when they cannot go on; else they have had it since they were allocated (KS-43).</summary>
    public virtual bool TakesTagAtDispatch => false;

    /// <summary>A bio comes in, before anything else. Context: the submitter's.</summary>
    /// <returns>Ok: it goes on; anything else is how it ends.</returns>
    public virtual Operation<BlkStatus> AtSubmitAsync(Bio bio) => new(BlkStatus.Ok);

    /// <summary>A bio has become a request, which has its tag. Context: the submitter's.</summary>
    /// <returns>Ok: it goes on; anything else is how it ends.</returns>
    public virtual Operation<BlkStatus> AtRequestAsync(Request request) => new(BlkStatus.Ok);

    /// <summary>A request is about to be handed to the driver. Context: the dispatcher's.</summary>
    public virtual Operation<DispatchAnswer> AtDispatchAsync(Request request) => new(DispatchAnswer.Go);

    /// <summary>A request ends: what it has is given back. Context: the completion's.</summary>
    public virtual void OnEnd(Request request)
    {
    }

    /// <summary>A bio ends. Context: the completion's.</summary>
    public virtual void OnBioEnd(Bio bio)
    {
    }

    /// <summary>A hardware queue is run because its delay is over: nothing else has run it. Context: none.</summary>
    public virtual void OnDelayedRun(HardwareContext context)
    {
    }

    /// <summary>For diagnosis: who may let those go on that this gate keeps.</summary>
    public virtual void Owners(OwnerList owners)
    {
    }
}

/// <summary>What becomes of a request at dispatch.</summary>
internal enum DispatchAnswer
{
    /// <summary>It goes to the driver.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-37")]
    Go,

    /// <summary>As BLK_STS_RESOURCE: it goes back to the head of the list, and the hardware queue stops.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-37 KS-C2")]
    Resource,

    /// <summary>As BLK_STS_DEV_RESOURCE: the same, but only an end of this device's own requests lets it go on.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-37")]
    DevResource,

    /// <summary>The gate keeps it, and the next one is looked at.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-D1")]
    Parked,

    /// <summary>It ends with an error.</summary>
    [KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Version = "v6.18", Rules = "KS-37")]
    Failed,
}
