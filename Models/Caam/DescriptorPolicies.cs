using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Caam;

/// <summary>What <c>skcipher_do_one_req</c> does with the descriptor of a request that the full ring refused.</summary>
public enum EdescOnEnospc
{
    /// <summary>Leaves it alone: the engine will bring the request again.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_do_one_req", Commit = "087e1d715bcc", Rules = "DM-J16")]
    Kept,

    /// <summary>Unmaps and frees it, as after any other error.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_do_one_req", Commit = "2d653936eb2c", Rules = "DM-B09")]
    Freed,
}

/// <summary>When <c>skcipher_crypt_done</c> looks whether the request came through the crypto_engine, which its descriptor says.</summary>
public enum EdescAtDone
{
    /// <summary>Before it frees the descriptor.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_crypt_done", Version = "v6.18", Rules = "DM-J16")]
    FlagReadBeforeFree,

    /// <summary>After it has freed it.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_crypt_done", Commit = "ee38767f152a", Rules = "DM-J16")]
    FlagReadAfterFree,
}

/// <summary>Which flag of the request lets the allocation of its descriptor sleep.</summary>
public enum EdescGfp
{
    /// <summary>MAY_SLEEP: GFP_KERNEL, else GFP_ATOMIC.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "skcipher_edesc_alloc", Commit = "42cfcafb91da", Rules = "DM-J7")]
    MaySleep,

    /// <summary>MAY_SLEEP or MAY_BACKLOG, though the latter says nothing about sleeping.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "ablkcipher_edesc_alloc", Version = "v4.1", Rules = "DM-J7 DM-B28")]
    MayBacklog,
}

/// <summary>Requests that the hardware or its mapping fails, for good: submitted again they fail again. One of every and job.</summary>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue, caam_jr_strstatus", Version = "v6.18", Rules = "DM-J6")]
public sealed record FailsOptions
{
    /// <summary>Every so many requests, counted from the start of the run, the last of them.</summary>
    [Range(1, int.MaxValue)]
    public int? Every { get; init; }

    /// <summary>The one request with this number, counted from 1.</summary>
    [Range(1, int.MaxValue)]
    public int? Job { get; init; }

    /// <summary>Where it fails.</summary>
    [DefaultFrom("the error that the crypto_engine sees (DM-E7)")]
    public FailsAt At { get; init; }
}

/// <summary>Where a request fails.</summary>
public enum FailsAt
{
    /// <summary>Its descriptor cannot be mapped: <c>caam_jr_enqueue</c> answers EIO.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J6")]
    Enqueue,

    /// <summary>Its job ends with an error status: the final callback says EIO, and the data are as they were.</summary>
    [KernelSource("drivers/crypto/caam/error.c", "caam_jr_strstatus", Version = "v6.18", Rules = "DM-J2")]
    Completion,
}
