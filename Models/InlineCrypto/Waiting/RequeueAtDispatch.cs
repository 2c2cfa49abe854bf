using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design C, "the dumb version first": without a slot the request goes back to the head of the dispatch list, and everything behind it stops (KS-C2).</summary>
[KernelSource("block/blk-mq.c", "blk_mq_dispatch_rq_list", Mail = "001_3217e1b84d4cb6ed", Rules = "KS-C1 KS-C2 KS-C3 KS-C4 KS-C5")]
internal sealed class RequeueAtDispatch : KeyslotGate, IKeyslotListener
{
    private readonly WakeHook _hook;
    private HardwareContext? _ending;   // on which a request ends now

    public RequeueAtDispatch(CryptoProfile profile, WakeHook hook)
        : base(profile)
    {
        _hook = hook;
        profile.Tell(this);
    }

    /// <inheritdoc/>
    public override bool TakesTagAtDispatch => true;

    /// <inheritdoc/>
    public override async Operation<DispatchAnswer> AtDispatchAsync(Request request)
    {
        if (request.Crypt is not { } crypt || request.Keyslot is not null)
        {
            return DispatchAnswer.Go;
        }

        BlkStatus status = await Profile.TryGetAsync(crypt.Key, request);
        if (status == BlkStatus.Resource)
        {
            request.HasWaited = true;
            request.Context.WaitsForKeyslot = true;
        }

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
            if (context.WaitsForKeyslot && (_hook == WakeHook.AllHctxs || (_hook == WakeHook.SameHctx && context == _ending)))
            {
                context.WaitsForKeyslot = false;
                context.QueueRun();
            }
        }
    }
}
