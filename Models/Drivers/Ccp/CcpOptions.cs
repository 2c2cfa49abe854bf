using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>AMD's ccp: an upper layer that keeps the order of each transformation, and a device with hardware queues below it; each has a limit and a backlog of its own.</summary>
[Model("ccp")]
[KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "ccp_crypto_enqueue_cmd, ccp_crypto_complete", Version = "v6.18", Rules = "DM-P2")]
[KernelSource("drivers/crypto/ccp/ccp-dev.c", "ccp_enqueue_cmd, ccp_cmd_queue_thread", Version = "v6.18", Rules = "DM-P3")]
public sealed record CcpOptions : CryptoDeviceOptions
{
    /// <summary>Commands of the upper layer beyond which the answer is EBUSY.</summary>
    [Range(1, 65535)]
    [DefaultFrom("CCP_CRYPTO_MAX_QLEN 100 (DM-P2)")]
    public int MaxQlen { get; init; } = 100;

    /// <summary>Commands of the device that wait for a hardware queue; those beyond go to its backlog.</summary>
    [Range(1, 65535)]
    [DefaultFrom("MAX_CMD_QLEN 100 (DM-P3)")]
    public int MaxCmdQlen { get; init; } = 100;

    /// <summary>Hardware queues, each with a kthread.</summary>
    [Range(1, 5)]
    [DefaultFrom("up to 5 (DM-P3)")]
    public int Queues { get; init; } = 5;

    /// <summary>Which of the two layers tells a caller that its request has left the backlog.</summary>
    [DefaultFrom("cmd.ret: what the caller was answered decides (DM-P3)")]
    public CcpNotify Notify { get; init; } = CcpNotify.AsAnswered;

    /// <summary>Time a hardware queue spends on a command besides moving its data.</summary>
    public required DurationDistribution Setup { get; init; }

    /// <summary>Rate at which one hardware queue moves data.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>From waking a kthread or queueing a work item until it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <summary>CPU time of the tasklet that completes a command, callback included.</summary>
    [DefaultFrom("computed from ME-D20 and ME-D21: 780ns of CPU time a request, of which callback, collection and freeing are 12.2 of 23.8 parts")]
    public Duration Tasklet { get; init; } = Duration.FromNanoseconds(400);

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new CcpDriver(parts, this);
    }
}

/// <summary>Which of ccp's two layers notifies.</summary>
public enum CcpNotify
{
    /// <summary>A notification of the device goes up only to a caller that was answered EBUSY and has not been told yet: <c>cmd.ret</c>. The upper layer's own goes out without looking.</summary>
    [KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "ccp_crypto_complete", Version = "v6.18", Rules = "DM-P2 DM-P3")]
    AsAnswered,

    /// <summary>Every notification of the device goes up, whatever the caller was answered: ccp without its guard.</summary>
    [KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "ccp_crypto_complete", Rules = "DM-P3 DM-C5")]
    FromBothLayers,

    /// <summary>The upper layer looks at <c>cmd.ret</c> as well before it notifies: in no release, derived from what exploration finds.</summary>
    [KernelSource("drivers/crypto/ccp/ccp-crypto-main.c", "ccp_crypto_complete", Rules = "DM-P3 DM-C5")]
    Once,
}
