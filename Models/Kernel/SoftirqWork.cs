using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>Something a CPU runs in softirq context: a tasklet, a BH work item, the end of a bio in block softirq (DM-X1, DM-X6).</summary>
public abstract class SoftirqWork
{
    /// <summary>True from raising until the CPU takes it: raising it again meanwhile does nothing (DM-X6).</summary>
    public bool IsRaised { get; internal set; }

    /// <summary>CPU that runs it, 0-based; CPU time is used with <see cref="Cpus.InterruptAsync"/> on it.</summary>
    public int RunsOn { get; internal set; }

    /// <summary>What the CPU executes. Context: softirq.</summary>
    public abstract Operation RunAsync();
}
