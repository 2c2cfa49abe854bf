using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>A way to break the protocol of the crypto API.</summary>
internal enum ProtocolFault : byte
{
    None,
    SubmittedTwice,
    CalledBackUnsubmitted,
    CalledBackThoughRefused,
    CalledBackAfterFinal,
    NotificationNotOwed,
    FinalBeforeNotification,
    NotifiedOutOfTurn,
}

/// <summary>The rule behind each fault, and its sentence.</summary>
[KernelSource("include/linux/crypto.h", "CRYPTO_TFM_REQ_MAY_BACKLOG", Version = "v4.1", Rules = "DM-C1 DM-C4 DM-C5 DM-C9 DM-Q10")]
internal static class ProtocolFaults
{
    /// <summary>Id of the broken rule and what was done to the request, as the rest of a sentence about it.</summary>
    public static (string Rule, string Sentence) Describe(this ProtocolFault fault) => fault switch
    {
        ProtocolFault.SubmittedTwice => ("DM-C4", "was submitted again before its final callback"),
        ProtocolFault.CalledBackUnsubmitted => ("DM-C1", "was called back without having been submitted"),
        ProtocolFault.CalledBackThoughRefused => ("DM-C1", "was called back although its submission was refused or done at once"),
        ProtocolFault.CalledBackAfterFinal => ("DM-C9", "was called back again after its final callback"),
        ProtocolFault.NotificationNotOwed => ("DM-C5", "was called back with EINPROGRESS that was not owed: it had not been answered EBUSY, or had been called back so before"),
        ProtocolFault.NotifiedOutOfTurn => ("DM-Q10", "was called back with EINPROGRESS before another that was answered EBUSY earlier"),
        _ => ("DM-C5", "was answered EBUSY and got its final status without the callback with EINPROGRESS"),
    };
}
