using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>What a queue that is full answers to a request without MAY_BACKLOG, which it does not keep.</summary>
[KernelSource("crypto/algapi.c", "crypto_enqueue_request", Commit = "6b80ea389a0b", Rules = "DM-C3")]
internal static class FullQueue
{
    /// <summary>EBUSY up to 4.14, which a caller cannot tell from "kept"; ENOSPC since 4.15.</summary>
    public static SubmitResult Refusal(KernelVersion version) => version < KernelVersion.V58 ? SubmitResult.Busy : SubmitResult.NoSpace;
}
