using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>What every accelerator has, whatever its driver: engines that take a job each, and an interrupt that says so when one is done.</summary>
public abstract record AcceleratorOptions : CryptoDeviceOptions
{
    /// <summary>Jobs processed at the same time.</summary>
    [Range(1, 64)]
    [DefaultFrom("assumed: engine counts were not researched; one is the least")]
    public int Engines { get; init; } = 1;

    /// <summary>Time an engine spends on a job besides moving its data.</summary>
    public required DurationDistribution Setup { get; init; }

    /// <summary>Rate at which one engine moves data.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>How a finished job reaches the CPU.</summary>
    public InterruptOptions Interrupt { get; init; } = new();

    /// <summary>Interrupt coalescing; null for none.</summary>
    internal virtual CoalesceOptions? Coalescing => null;

    /// <summary>What its engines need to know.</summary>
    internal EngineTiming Timing => new(Engines, Setup, Bandwidth, Interrupt.Latency, Interrupt.Latency > Duration.Zero, "engine");

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        if (Interrupt.Cpu >= cpus)
        {
            yield return new OptionProblem(name + ".interrupt.cpu", $"is {Interrupt.Cpu}, but the machine has {cpus} CPUs, numbered from 0");
        }
    }
}
