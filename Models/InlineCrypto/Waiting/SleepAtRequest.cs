using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Waiting;

/// <summary>Design B: the request takes its slot right after its tag, where sleeping is legal, and keeps it through plug, queue and device (KS-23).</summary>
[KernelSource("block/blk-mq.c", "blk_crypto_rq_get_keyslot", Commit = "a892c8d52c02", Rules = "KS-23 KS-24 KS-B1 KS-B2 KS-B3")]
internal sealed class SleepAtRequest(CryptoProfile profile) : KeyslotGate(profile)
{
    /// <inheritdoc/>
    public override Operation<BlkStatus> AtRequestAsync(Request request) =>
        request.Crypt is { } crypt ? Profile.GetAsync(crypt.Key, request) : new Operation<BlkStatus>(BlkStatus.Ok);
}
