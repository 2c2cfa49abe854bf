using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Around the gate of a queue: a bio enters the queue only while the host is awake. What the gate does at submission comes before that, as blk_crypto_submit_bio() came before generic_make_request().</summary>
[KernelSource("include/linux/blkdev.h", "struct request_queue", Version = "v6.18", Rules = "KS-55 KS-A1")]
internal sealed class PoweredGate(RequestGate inner, RuntimePm pm) : RequestGate
{
    private readonly RequestGate _inner = inner;
    private readonly RuntimePm _pm = pm;

    /// <inheritdoc/>
    public override bool TakesTagAtDispatch => _inner.TakesTagAtDispatch;

    /// <inheritdoc/>
    public override async Operation<BlkStatus> AtSubmitAsync(Bio bio)
    {
        BlkStatus status = await _inner.AtSubmitAsync(bio);
        if (status == BlkStatus.Ok)
        {
            await _pm.EnterQueueAsync(bio);
        }
        else
        {
            _pm.OnEnter();   // its end comes at once
        }

        return status;
    }

    /// <inheritdoc/>
    public override Operation<BlkStatus> AtRequestAsync(Request request) => _inner.AtRequestAsync(request);

    /// <inheritdoc/>
    public override Operation<DispatchAnswer> AtDispatchAsync(Request request) => _inner.AtDispatchAsync(request);

    /// <inheritdoc/>
    public override void OnEnd(Request request) => _inner.OnEnd(request);

    /// <inheritdoc/>
    public override void OnBioEnd(Bio bio)
    {
        _inner.OnBioEnd(bio);
        _pm.ExitQueue();
    }

    /// <inheritdoc/>
    public override void OnDelayedRun(HardwareContext context) => _inner.OnDelayedRun(context);

    /// <inheritdoc/>
    public override void Owners(OwnerList owners) => _inner.Owners(owners);
}
