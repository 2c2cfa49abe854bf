namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>What is wrong with what should keep a chain of IOCBs together; at most one of them.</summary>
internal enum IvFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The driver's queue lets the next request of a chain go when an engine has done the one before it, and not when its IV is written back.</summary>
    LetsGoBeforeWriteBack,

    /// <summary>The driver calls back, and with it the socket's mutex is released, before the IV is written back.</summary>
    CallsBackBeforeWriteBack,

    /// <summary>The socket has no <c>ctx->inflight</c>: a second request is not refused.</summary>
    ForgetsInflight,
}
