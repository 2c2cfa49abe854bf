using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.AfAlg;

/// <summary>What one sendmsg() on an operation socket brings: data, and control messages.</summary>
/// <param name="Bytes">Data [B].</param>
/// <param name="More">MSG_MORE.</param>
[KernelSource("crypto/af_alg.c", "af_alg_cmsg_send, af_alg_sendmsg", Version = "v4.14", Rules = "AA-1 AA-2")]
internal readonly record struct SendMessage(long Bytes, bool More)
{
    /// <summary>ALG_SET_OP; null without. Control messages without it mean decryption, which is 0.</summary>
    public AlgOp? Op { get; init; }

    /// <summary>ALG_SET_IV; null without.</summary>
    public IvValue? Iv { get; init; }

    /// <summary>The ivlen that comes with ALG_SET_IV [B].</summary>
    public int IvLength { get; init; } = IvValue.Size;

    /// <summary>MSG_DONTWAIT: does not sleep for room.</summary>
    public bool DontWait { get; init; }

    /// <summary>Where in the user's stream the data are [B]; null: behind what was sent before.</summary>
    public long? Position { get; init; }

    /// <summary>There are control messages.</summary>
    public bool HasControl => Op is not null || Iv is not null;

    /// <summary>The IV is as long as the tfm's.</summary>
    public bool IsValid => Iv is null || IvLength == IvValue.Size;
}

/// <summary>What sendmsg() answers.</summary>
/// <param name="Bytes">Data that were taken [B].</param>
/// <param name="Errno">Why none were; Success if some were.</param>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v4.14", Rules = "AA-1 AA-2")]
internal readonly record struct Sent(long Bytes, Errno Errno);
