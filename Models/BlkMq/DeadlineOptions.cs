using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>What mq-deadline is tuned to: <c>/sys/block/.../queue/iosched/</c>.</summary>
[KernelSource("block/mq-deadline.c", "struct deadline_data", Version = "v6.18", Rules = "KS-42")]
public sealed record DeadlineOptions
{
    /// <summary>From when a read has waited too long.</summary>
    [DefaultFrom("recalled: HZ / 2")]
    public Duration ReadExpire { get; init; } = Duration.FromMilliseconds(500);

    /// <summary>From when a write has waited too long.</summary>
    [DefaultFrom("recalled: 5 * HZ")]
    public Duration WriteExpire { get; init; } = Duration.FromSeconds(5);

    /// <summary>Batches of reads that go before a write that waits.</summary>
    [Range(0, int.MaxValue)]
    [DefaultFrom("recalled: writes_starved")]
    public int WritesStarved { get; init; } = 2;

    /// <summary>Requests in a row of one direction, in order of sectors, before others are looked at.</summary>
    [Range(0, int.MaxValue)]
    [DefaultFrom("recalled: fifo_batch")]
    public int FifoBatch { get; init; } = 16;

    /// <summary>Bios may join a request that begins where they end.</summary>
    [DefaultFrom("recalled: front_merges")]
    public bool FrontMerges { get; init; } = true;
}
