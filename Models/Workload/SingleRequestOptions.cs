using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>A user of the crypto API that submits one request with MAY_BACKLOG and waits for its final status before the next: the harmless pattern beside dm-crypt.</summary>
[Model("crypto-wait-req")]
[KernelSource("include/linux/crypto.h", "crypto_wait_req", Version = "v6.18", Rules = "DM-C6")]
[KernelSource("crypto/api.c", "crypto_req_done", Version = "v6.18", Rules = "DM-C6")]
public sealed record SingleRequestOptions : WorkloadOptions
{
    /// <summary>The job ring it uses.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>Data of one request.</summary>
    [DefaultFrom("assumed: the message size of ME-D, 4 KiB")]
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>Clones, each with one request in flight.</summary>
    [Range(1, 4096)]
    [DefaultFrom("fio's default")]
    public int Numjobs { get; init; } = 1;

    /// <summary>Requests each clone does.</summary>
    [Range(1, int.MaxValue)]
    public int? NumberIos { get; init; }

    /// <summary>Virtual time after which no further request is submitted.</summary>
    public Duration? Runtime { get; init; }

    /// <summary>CRYPTO_TFM_REQ_MAY_BACKLOG: the driver may keep a request beyond its limit. Without it a full driver refuses.</summary>
    [DefaultFrom("what users of crypto_wait_req pass (DM-C6)")]
    public bool MayBacklog { get; init; } = true;

    /// <summary>A request that ends with an error is counted and does not fail the run: the caller reckons with it.</summary>
    [DefaultFrom("assumed: a caller that wants its data")]
    public bool ContinueOnError { get; init; }

    internal override Duration? RunsFor => Runtime;
}
