using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>An eMMC with a command queue engine: data unit numbers of 32 bits, keys programmed by registers without barriers.</summary>
[Model("cqhci")]
[KernelSource("drivers/mmc/host/cqhci-crypto.c", "cqhci_crypto_program_key, cqhci_crypto_init", Version = "v6.18", Rules = "KS-46 KS-47 KS-48 KS-49")]
public sealed record CqhciOptions : StorageHostOptions
{
    /// <inheritdoc/>
    [Range(1, 32)]
    [DefaultFrom("recalled: 32 task slots, of which one is kept for direct commands (KS-47)")]
    public override int QueueDepth { get; init; } = 31;

    /// <inheritdoc/>
    [Range(0, 256)]
    [DefaultFrom("assumed: eMMC hosts have 16 to 32 (KS-47)")]
    public override int Keyslots { get; init; } = 16;

    /// <inheritdoc/>
    [Range(1, 32)]
    [DefaultFrom("CQHCI carries 32 bits of it in a task descriptor (KS-49)")]
    public override int MaxDunBytes { get; init; } = 4;

    /// <inheritdoc/>
    [DefaultFrom("assumed: a random read of 4KiB, 200us, twice that of UFS")]
    public override DurationDistribution Latency { get; init; } = new ConstantDuration(Duration.FromMicroseconds(200));

    /// <inheritdoc/>
    [DefaultFrom("assumed: a write of 4KiB, 60us, twice that of UFS")]
    public override DurationDistribution WriteLatency { get; init; } = new ConstantDuration(Duration.FromMicroseconds(60));

    /// <summary>CPU time of each of the 19 writes that program or clear a slot.</summary>
    [DefaultFrom("assumed: a posted write of 0.1us to 0.2us, without a barrier 0.1us (KS-46)")]
    public Duration RegisterWrite { get; init; } = Duration.FromNanoseconds(100);

    /// <summary>mmc_init_queue() sets BLK_MQ_F_BLOCKING for every card (recalled).</summary>
    internal override bool IsBlocking(KernelVersion kernel) => Blocking ?? true;

    internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new RegisterKeyslotOps(kernel, CreatePower(kernel, name), RegisterWrite);
}
