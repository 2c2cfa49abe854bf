using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design C, "the dumb version first": without a slot the request goes back to the head of the dispatch list, and everything behind it stops (KS-C2).</summary>
/// <remarks>
/// <code>
///   AtDispatch ──► slot? ──► driver
///       ▲           └─ none: head of the dispatch list, and the hardware queue stops
///       └── run again by: the wake hook │ the end of a request of this hardware queue │ 3 ms
/// </code>
/// A slot belongs to the host and not to a hardware queue: without the hook, one that becomes idle by the end of another
/// queue's request is noticed after 3 ms (KS-C3).
/// </remarks>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C1 KS-C2 KS-C3 KS-C4 KS-C5")]
internal sealed class RequeueAtDispatch : KeyslotGate, IKeyslotListener
{
    private readonly WakeHook _hook;
    private readonly KeyslotStall _stall;
    private StoppedQueue[] _stopped = [];   // by hardware queue
    private HardwareContext? _ending;       // on which a request ends now

    public RequeueAtDispatch(CryptoProfile profile, WakeHook hook, KeyslotStall stall)
        : base(profile)
    {
        (_hook, _stall) = (hook, stall);
        profile.Tell(this);
    }

    /// <inheritdoc/>
    public override bool TakesTagAtDispatch => true;

    /// <inheritdoc/>
    public override void Attach(RequestQueue queue)
    {
        base.Attach(queue);
        _stopped = new StoppedQueue[queue.Contexts.Count];
        for (int i = 0; i < _stopped.Length; i++)
        {
            _stopped[i] = new StoppedQueue();
        }
    }

    /// <inheritdoc/>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_get_keyslot", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C1")]
    public override async Operation<DispatchAnswer> AtDispatchAsync(Request request)
    {
        if (request.Crypt is not { } crypt || request.Keyslot is not null)
        {
            return DispatchAnswer.Go;
        }

        BlkStatus status = await Profile.TryGetAsync(crypt.Key, request);
        if (status == BlkStatus.Again)
        {
            return DispatchAnswer.Resource;   // no slot would help it: the host cannot be programmed now (KS-C5)
        }

        _stopped[request.Context.Index].OnLooked(request, status == BlkStatus.Resource);
        return status switch
        {
            BlkStatus.Ok => DispatchAnswer.Go,
            BlkStatus.Resource => DispatchAnswer.Resource,
            _ => DispatchAnswer.Failed,
        };
    }

    /// <inheritdoc/>
    public override void OnEnd(Request request)
    {
        _ending = request.Context;
        base.OnEnd(request);
        _ending = null;
    }

    /// <summary>The wake-up that mail 001 asks for: of the right hardware queue, or of all that wait.</summary>
    public void OnSlotIdle(Keyslot slot)
    {
        foreach (HardwareContext context in Queue.Contexts)
        {
            StoppedQueue stopped = _stopped[context.Index];
            if (!stopped.Waits)
            {
                continue;
            }

            switch (_hook)
            {
                case WakeHook.AllHctxs:
                case WakeHook.SameHctx when context == _ending:
                    context.QueueRun();
                    break;

                default:
                    stopped.OnMissed(Profile.Now);
                    break;
            }
        }
    }

    /// <summary>Nothing but the delay has run a hardware queue: for want of a slot that has been idle, if nothing of the queue is in the device whose end would have run it.</summary>
    public override void OnDelayedRun(HardwareContext context)
    {
        StoppedQueue stopped = _stopped[context.Index];
        if (!stopped.HasMissed || context.Tags.InUse > 0)
        {
            return;
        }

        Profile.Meter.OnStall(Profile.Now - stopped.MissedAt);
        if (_stall == KeyslotStall.Report)
        {
            Profile.Simulation.Fail("KS-C3", $"{context.Label} waits for a keyslot, one has become idle, and nobody ran the queue: only the delay of 3 ms does");
        }
    }
}
