using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>When a request takes its keyslot, and what becomes of it when every slot is in use.</summary>
[KernelSource("block/blk-crypto.c", "__blk_crypto_rq_get_keyslot, __blk_crypto_rq_put_keyslot", Version = "v6.18", Rules = "KS-28")]
internal abstract class KeyslotGate(CryptoProfile profile) : RequestGate
{
    /// <summary>The keyslots.</summary>
    protected CryptoProfile Profile { get; } = profile;

    /// <summary>The queue whose requests need them; set while the machine is built.</summary>
    protected RequestQueue Queue { get; private set; } = null!;

    /// <summary>The design that the options name.</summary>
    public static KeyslotGate For(CryptoProfile profile, InlineCryptoHostOptions options) => options.NoKeyslot switch
    {
        NoKeyslot.SleepAtSubmit => new SleepAtSubmit(profile),
        NoKeyslot.SleepAtRequest => new SleepAtRequest(profile),
        NoKeyslot.Requeue => new RequeueAtDispatch(profile, options.WakeHook, options.KeyslotStall),
        NoKeyslot.Fallback => new FallbackWithoutSlot(profile),
        _ => new ParkAtDispatch(profile, options.AgeLimit),
    };

    /// <summary>Says which queue it stands in.</summary>
    public virtual void Attach(RequestQueue queue) => Queue = queue;

    /// <inheritdoc/>
    public override void OnEnd(Request request) => request.PutKeyslot(Profile);
}
