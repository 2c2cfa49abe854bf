using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Drivers;

/// <summary>A channel of Freescale's SEC (talitos): a hardware FIFO, and no backlog at all.</summary>
[Model("talitos")]
[KernelSource("drivers/crypto/talitos.c", "talitos_submit, flush_channel", Version = "v4.1", Rules = "DM-P11 DM-B32")]
public sealed record TalitosOptions : AcceleratorOptions
{
    /// <summary>fsl,channel-fifo-len: entries of the channel's FIFO; one stays free.</summary>
    [Range(2, 1024)]
    [DefaultFrom("assumed: the 24 of common device trees, recalled")]
    public int ChannelFifoLen { get; init; } = 24;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new TalitosDriver(parts, this);
    }
}
