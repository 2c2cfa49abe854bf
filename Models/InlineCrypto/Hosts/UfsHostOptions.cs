using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>What UFS hosts have in common: 32 commands, 32 slots, data unit numbers of 64 bits, and clocks that may be gated.</summary>
public abstract record UfsHostOptions : StorageHostOptions
{
    /// <inheritdoc/>
    [Range(1, 1024)]
    [DefaultFrom("recalled: UFS before MCQ has 32 (KS-43)")]
    public override int QueueDepth { get; init; } = 32;

    /// <inheritdoc/>
    [DefaultFrom("assumed: a random read of 4KiB, 100us")]
    public override DurationDistribution Latency { get; init; } = new ConstantDuration(Duration.FromMicroseconds(100));

    /// <inheritdoc/>
    [DefaultFrom("assumed: a write of 4KiB, 30us")]
    public override DurationDistribution WriteLatency { get; init; } = new ConstantDuration(Duration.FromMicroseconds(30));

    /// <summary>The clocks are turned off when the host has been idle (UFSHCD_CAP_CLK_GATING); never if left out.</summary>
    public ClockGatingOptions? ClockGating { get; init; }

    internal override bool IsBlocking(KernelVersion kernel) => Blocking ?? ClockGating?.HoldIn(kernel) == ClockHold.Sync;

    internal override HostPower CreatePower(LinuxKernel kernel, string name) =>
        new(CreatePm(kernel, name), ClockGating is null ? null : new ClockGating(kernel, name, ClockGating, Wakeup));
}
