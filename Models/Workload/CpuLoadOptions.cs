using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Tasks that compete for the CPUs, one on each: a woken thread waits behind them, softirqs do not. Ends with the other jobs and measures nothing of its own.</summary>
[Model("cpu-load")]
[KernelSource("kernel/sched/fair.c", "check_preempt_wakeup", Version = "v4.1", Rules = "DM-X1")]
public sealed record CpuLoadOptions : WorkloadOptions
{
    /// <summary>CPUs that are loaded, from CPU 0 on; all if left out.</summary>
    [Range(1, 1024)]
    public int? Cpus { get; init; }

    /// <summary>Percentage of its time that a load would use on a CPU of its own.</summary>
    [Range(1, 100)]
    public required int Utilization { get; init; }

    /// <summary>CPU time a load uses before it sleeps; the sleeps are exponential.</summary>
    [DefaultFrom("assumed: a few scheduling periods of CFS")]
    public Duration Slice { get; init; } = Duration.FromMilliseconds(10);

    /// <summary>CPU time for which a load, once it has the CPU, is not preempted by a task that wakes.</summary>
    [DefaultFrom("assumed: sched_wakeup_granularity of CFS, recalled as 1 ms times 1 + log2 of the CPUs, without the factor")]
    public Duration Granularity { get; init; } = Duration.FromMilliseconds(1);

    /// <summary>Above 0 it gives way at once to every task that wakes.</summary>
    [Range(0, 19)]
    [DefaultFrom("nice of a task that sets none")]
    public int Nice { get; init; }

    internal override Duration? RunsFor => null;
}
