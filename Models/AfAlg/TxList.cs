using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What was sent to an operation socket and not yet read: <c>ctx->tsgl_list</c>, as a run of its user's stream.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg, af_alg_pull_tsgl", Version = "v4.14", Rules = "AA-1 AA-7")]
internal struct TxList
{
    private long _head;    // [B] place of the first byte in the stream
    private long _used;    // [B] ctx->used

    /// <summary>ctx->used [B].</summary>
    public readonly long Used => _used;

    /// <summary>The user sends more [B].</summary>
    public void Append(long bytes) => _used += bytes;

    /// <summary>A request takes the first bytes.</summary>
    /// <returns>Their place in the stream [B].</returns>
    public long Pull(long bytes)
    {
        Invariant.Holds(bytes <= _used, "no request pulls more than was sent (AA-7)");
        long position = _head;
        (_head, _used) = (_head + bytes, _used - bytes);
        return position;
    }
}
