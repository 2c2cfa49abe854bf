using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>What submitting a request to the crypto API answers (DM-C1, DM-C3).</summary>
public enum SubmitStatus
{
    /// <summary>0: done synchronously; there will be no callback.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request", Rules = "DM-C1")]
    Done,

    /// <summary>-EINPROGRESS: accepted; one callback with the final status.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request", Rules = "DM-C1")]
    InProgress,

    /// <summary>-EBUSY: to a caller with MAY_BACKLOG, accepted beyond the queue limit; two callbacks, EINPROGRESS and then the final status.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request", Rules = "DM-C1")]
    Busy,

    /// <summary>-ENOSPC: rejected because the queue is full; no callback.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request", Commit = "6b80ea389a0b", Rules = "DM-C3")]
    NoSpace,

    /// <summary>Any other error: rejected; no callback.</summary>
    [KernelSource("crypto/algapi.c", "crypto_enqueue_request", Rules = "DM-C1")]
    Error,
}

/// <summary>The answer to a submission: its kind, and the error number where the kind alone does not tell it.</summary>
/// <param name="Status">Kind of the answer.</param>
/// <param name="Errno">The error number that the kernel function would return negated.</param>
public readonly record struct SubmitResult(SubmitStatus Status, Errno Errno)
{
    /// <summary>CPU time that the call takes: the caller, in whose context the provider ran, spends it before it goes on. Zero for a driver that only queues.</summary>
    public Duration CpuTime { get; init; }

    /// <summary>That CPU time is a kernel-FPU section: until it is over, interrupts on that CPU find SIMD unusable.</summary>
    public bool UsesSimd { get; init; }

    /// <summary>Done synchronously.</summary>
    public static SubmitResult Done => new(SubmitStatus.Done, Errno.Success);

    /// <summary>Accepted.</summary>
    public static SubmitResult InProgress => new(SubmitStatus.InProgress, Errno.EINPROGRESS);

    /// <summary>Accepted beyond the queue limit, or so it says.</summary>
    public static SubmitResult Busy => new(SubmitStatus.Busy, Errno.EBUSY);

    /// <summary>Rejected because the queue is full.</summary>
    public static SubmitResult NoSpace => new(SubmitStatus.NoSpace, Errno.ENOSPC);

    /// <summary>Rejected for another reason.</summary>
    public static SubmitResult Error(Errno errno) => new(SubmitStatus.Error, errno);

    /// <summary>True if the request now belongs to the provider.</summary>
    public bool Accepted => Status is SubmitStatus.InProgress or SubmitStatus.Busy;
}
