using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Sockets of kTLS that send: a user of the crypto API that keeps several records in flight and waits for all of them at the end of each sendmsg.</summary>
[Model("tls")]
[KernelSource("net/tls/tls_sw.c", "tls_sw_sendmsg, tls_do_encryption, tls_encrypt_done", Version = "v6.18", Rules = "DM-C4 DM-B14")]
public sealed record TlsOptions : WorkloadOptions
{
    /// <summary>The crypto device it uses.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    public required string Engine { get; init; }

    /// <summary>Data of one record.</summary>
    [DefaultFrom("TLS_MAX_PAYLOAD_SIZE, 16 KiB")]
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(16);

    /// <summary>Records of one sendmsg: so many are submitted before it waits for all of them.</summary>
    [Range(1, 4096)]
    [DefaultFrom("assumed: a write of 64 KiB")]
    public int Iodepth { get; init; } = 4;

    /// <summary>Sockets.</summary>
    [Range(1, 4096)]
    [DefaultFrom("fio's default")]
    public int Numjobs { get; init; } = 1;

    /// <summary>Records that each socket sends.</summary>
    [Range(1, int.MaxValue)]
    [DefaultFrom("one sendmsg of the default iodepth")]
    public int NumberIos { get; init; } = 4;

    /// <summary>What it does with a record that is answered EBUSY.</summary>
    [DefaultFrom("what tls_do_encryption does in 6.18")]
    public OnEbusy OnEbusy { get; init; } = OnEbusy.WaitForAll;

    internal override Duration? RunsFor => null;
}

/// <summary>What kTLS does with a record that the crypto API answered EBUSY, which with MAY_BACKLOG means kept.</summary>
public enum OnEbusy
{
    /// <summary>Waits until no record is in flight, and leaves the rest to the callbacks.</summary>
    [KernelSource("net/tls/tls_sw.c", "tls_do_encryption", Version = "v6.18", Rules = "DM-C4")]
    WaitForAll,

    /// <summary>Waits likewise, but if a record has failed it unwinds what the callback has already dealt with: encrypt_pending is counted down twice.</summary>
    [KernelSource("net/tls/tls_sw.c", "tls_do_encryption", Commit = "859054147318", Rules = "DM-B14")]
    WaitAndUnwind,

    /// <summary>Takes it for an error: counts the record out and frees it, while the driver has it. Takes the first callback for the result.</summary>
    [KernelSource("net/tls/tls_sw.c", "tls_do_encryption, tls_encrypt_done", Version = "v6.7", Rules = "DM-B14")]
    TakeForError,
}
