using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>When the pump tells the backlogged caller that its request has left the backlog.</summary>
public enum Notify
{
    /// <summary>After do_one_request has taken the request before it: nobody hears of a dispatch that bounced.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "4140aafcff16", Rules = "DM-E3")]
    AfterDispatch,

    /// <summary>Before do_one_request: the caller goes on submitting although the request may come back to the front, and the queue grows.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "6a89f492f8e5", Rules = "DM-B08")]
    BeforeDispatch,
}

/// <summary>What a request that returns to the front of the queue does to the backlog mark.</summary>
public enum BacklogMark
{
    /// <summary>The mark steps back by one if the queue is at its limit: whose turn it was is told another time.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request_head", Commit = "4140aafcff16", Rules = "DM-Q7 DM-Q8")]
    StepsBack,

    /// <summary>The mark stays where the dequeue has moved it.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request_head", Commit = "6a89f492f8e5", Rules = "DM-Q7 DM-B08")]
    Stays,
}

/// <summary>What the pump does with a request that do_one_request did not take.</summary>
public enum FailedDispatch
{
    /// <summary>Back to the front on ENOSPC; any other error is its final status.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Version = "v6.18", Rules = "DM-E3")]
    RetryWhenFull,

    /// <summary>Every error is its final status, that of a full ring too.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Version = "v5.7", Rules = "DM-E2")]
    Finalize,

    /// <summary>Back to the front whatever the error: a request that can never be taken goes round for ever.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "6a89f492f8e5", Rules = "DM-E7 DM-B31")]
    RequeueAll,
}
