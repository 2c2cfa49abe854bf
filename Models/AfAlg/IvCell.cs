using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>The memory that a request's IV pointer points to: <c>ctx->iv</c> of an operation socket, or a copy of the request's own.</summary>
/// <remarks>Whoever holds a pointer to it reads what was written there last, whoever wrote it: that is the race of AA-15.</remarks>
[KernelSource("include/crypto/if_alg.h", "struct af_alg_ctx", Version = "v4.14", Rules = "AA-8 AA-15")]
public sealed class IvCell
{
    /// <summary>What stands there.</summary>
    public IvValue Value { get; private set; }

    /// <summary>Whose last block stands there: 1-based number of the IOCB, 0 for an IV of the user's. For people.</summary>
    [field: NotState]
    internal long WrittenBy { get; private set; }

    /// <summary>Links of the chain that led to what stands there: 0 for an IV of the user's. For people.</summary>
    [field: NotState]
    internal int Depth { get; private set; }

    /// <summary>How often a user has set it. For people.</summary>
    [field: NotState]
    internal long Sets { get; private set; }

    /// <summary>The user's IV, by sendmsg with ALG_SET_IV.</summary>
    internal void Set(IvValue iv)
    {
        (Value, WrittenBy, Depth) = (iv, 0, 0);
        Sets++;
    }

    /// <summary>What a driver leaves after a request.</summary>
    internal void Set(IvValue iv, long writtenBy, int depth) => (Value, WrittenBy, Depth) = (iv, writtenBy, depth);

    /// <summary>A copy of another.</summary>
    internal void CopyFrom(IvCell other) => (Value, WrittenBy, Depth, Sets) = (other.Value, other.WrittenBy, other.Depth, other.Sets);
}
