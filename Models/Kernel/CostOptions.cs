using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What the kernel itself costs on this machine.</summary>
[KernelSource("kernel/sched/core.c", "try_to_wake_up, context_switch", Version = "v6.18", Rules = "ME-A4 ME-A5")]
public sealed record CostOptions
{
    /// <summary>One thread hop: queueing work or waking a thread, until it runs. In a scenario the wake-ups of parts that set none are this.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Hop { get; init; } = new(5_670_000);

    /// <summary>CPU time of going over from one task to another on the same CPU.</summary>
    [DefaultFrom("assumed: part of the hop, which was measured with it")]
    public Duration ContextSwitch { get; init; }

    /// <summary>CPU time of entering and leaving a device's interrupt, besides its handler.</summary>
    [DefaultFrom("assumed: part of what a device's interrupt costs; recalled as about 1us")]
    public Duration Hardirq { get; init; }

    /// <summary>CPU time of a softirq from raising to its first work item, once for all that is pending then.</summary>
    [DefaultFrom("assumed: part of what the work costs; recalled as 0.5us to 2us")]
    public Duration Softirq { get; init; }
}
