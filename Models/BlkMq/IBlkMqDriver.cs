using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary><c>struct blk_mq_ops</c>: the driver below the queue.</summary>
[KernelSource("include/linux/blk-mq.h", "struct blk_mq_ops", Version = "v6.18", Rules = "KS-37 KS-44 KS-45")]
internal interface IBlkMqDriver : IHolder
{
    /// <summary>queue_rq. Context: the dispatcher's; may sleep only with BLK_MQ_F_BLOCKING.</summary>
    /// <returns>Go: the device has it and will end it; Resource, DevResource or Failed as queue_rq answers.</returns>
    Operation<DispatchAnswer> QueueRqAsync(Request request);

    /// <summary>get_budget: whether the device may take one more, whatever the hardware queue; always, for a driver that has none. Context: the dispatcher's.</summary>
    bool TryGetBudget() => true;

    /// <summary>put_budget. Context: any.</summary>
    /// <param name="isEnd">A command has ended; else one was never begun.</param>
    void PutBudget(bool isEnd)
    {
    }
}
