using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Drivers;

/// <summary>A queue pair of HiSilicon's security engine (sec2), shared by the transformations on it.</summary>
[Model("hisilicon-sec2")]
[KernelSource("drivers/crypto/hisilicon/sec2/sec_crypto.c", "sec_bd_send, sec_back_req_clear", Version = "v6.6", Rules = "DM-P7 DM-B30")]
public sealed record Sec2Options : AcceleratorOptions
{
    /// <summary>Entries of the submission queue; one stays free.</summary>
    [Range(2, 65536)]
    [DefaultFrom("assumed: the queue depth of the driver, recalled")]
    public int SqDepth { get; init; } = 1024;

    /// <summary>What the driver does with a request that finds the queue busy.</summary>
    [ByKernel]
    [DefaultFrom("kernel: fake-limit up to 6.9 (v6.6), queue-pair in 6.18 (v6.18)")]
    public Sec2Backlog? Backlog { get; init; }

    /// <summary>fake_req_limit: from so many jobs on the answer is EBUSY.</summary>
    public int FakeLimit => SqDepth / 2;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new Sec2Driver(parts, this);
    }

    /// <summary>What the driver of a release does, if it is not said.</summary>
    internal Sec2Backlog BacklogIn(KernelVersion version) => Backlog ?? (version < KernelVersion.V618 ? Sec2Backlog.FakeLimit : Sec2Backlog.QueuePair);
}

/// <summary>What sec2 does with a request that finds the queue pair busy.</summary>
public enum Sec2Backlog
{
    /// <summary>From half of the queue on a request with MAY_BACKLOG is sent all the same, answered EBUSY and put on a list of its transformation, from which completions of that transformation notify it. A queue that is really full answers ENOBUFS.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec2/sec_crypto.c", "sec_bd_send, sec_back_req_clear", Version = "v6.6", Rules = "DM-P7 DM-B30")]
    FakeLimit,

    /// <summary>A backlog of the queue pair for all transformations: a request that finds the queue full waits in it until a completion sends it.</summary>
    [KernelSource("drivers/crypto/hisilicon/sec2/sec_crypto.c", "sec_alg_send_message_maybacklog, sec_alg_send_backlog", Version = "v6.18", Rules = "DM-P7")]
    QueuePair,
}
