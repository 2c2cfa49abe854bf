using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>What a hardware queue that stopped for want of a keyslot knows.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C2 KS-C3")]
internal sealed class StoppedQueue
{
    private int _putBack;   // requests on its dispatch list that have found no slot

    /// <summary>A request of it waits for a slot.</summary>
    public bool Waits => _putBack > 0;

    /// <summary>A slot has become idle since it last looked, and it was not run for it.</summary>
    public bool HasMissed { get; private set; }

    /// <summary>When that was.</summary>
    [field: NotState]
    public VirtualTime MissedAt { get; private set; }

    /// <summary>One of its requests has looked for a slot.</summary>
    /// <param name="request">The request.</param>
    /// <param name="foundNone">It goes back on the dispatch list.</param>
    public void OnLooked(Request request, bool foundNone)
    {
        HasMissed = false;
        if (foundNone && !request.HasWaited)
        {
            request.BeginToWait();
            _putBack++;
        }
        else if (!foundNone && request.HasWaited)
        {
            _putBack--;
        }
    }

    /// <summary>A slot is idle, and nobody runs the queue for it.</summary>
    public void OnMissed(VirtualTime now)
    {
        MissedAt = HasMissed ? MissedAt : now;
        HasMissed = true;
    }
}
