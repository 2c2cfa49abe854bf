using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Options;

/// <summary>The typed form of hardware, stack and workload: everything a <see cref="Machine"/> is built from. Immutable; parts keep the order of the file.</summary>
public sealed record MachineOptions
{
    /// <summary>The kernel release whose behaviour parts take where the scenario does not set it.</summary>
    public KernelVersion Kernel { get; init; } = KernelVersion.V618;

    /// <summary>Hardware: the CPUs and named devices.</summary>
    public required HardwareOptions Hardware { get; init; }

    /// <summary>Stacked devices, top first, as <c>lsblk</c> prints them.</summary>
    public IReadOnlyList<NamedPart<StackOptions>> Stack { get; init; } = [];

    /// <summary>What the machine is asked to do.</summary>
    public required IReadOnlyList<NamedPart<WorkloadOptions>> Workload { get; init; }
}

/// <summary>CPUs and named devices.</summary>
public sealed record HardwareOptions
{
    /// <summary>Online CPUs; kcryptd's default max_active and the place where all processes and interrupts run.</summary>
    [Range(1, 1024)]
    [DefaultFrom("assumed: the 4 cores of the machines of ME-B")]
    public int Cpus { get; init; } = 4;

    /// <summary>What hops and interrupts cost; the defaults if left out.</summary>
    public CostOptions? Costs { get; init; }

    /// <summary>How short of memory the machine is; never if left out.</summary>
    public MemoryOptions? Memory { get; init; }

    /// <summary>What encrypts, on the CPU, what a device cannot; the defaults if left out.</summary>
    public BlkCryptoFallbackOptions? BlkCryptoFallback { get; init; }

    /// <summary>What a kernel-FPU section does to the softirqs of its CPU.</summary>
    [ByKernel]
    [DefaultFrom("the kernel: x86 disables them since 6.15 (SC-6); arm, arm64 and riscv did so earlier (SC-7)")]
    public FpuSection? FpuSections { get; init; }

    /// <summary>Named devices in the order of the file.</summary>
    public IReadOnlyList<NamedPart<DeviceOptions>> Devices { get; init; } = [];
}

/// <summary>A part of the machine under the name by which other parts refer to it.</summary>
/// <param name="Name">Kebab-case or a kernel device name, e.g. <c>jr0</c>, <c>dm-0</c>.</param>
/// <param name="Options">What it is.</param>
public sealed record NamedPart<T>(string Name, T Options);

/// <summary>A hardware device.</summary>
public abstract record DeviceOptions;

/// <summary>A stacked block device.</summary>
public abstract record StackOptions;

/// <summary>A source of work.</summary>
public abstract record WorkloadOptions
{
    /// <summary>When it stops submitting; null if it ends by size or number.</summary>
    internal abstract Duration? RunsFor { get; }

    /// <summary>To which device it submits I/O that is to be encrypted there, and what its keys ask of that device: what it calls blk_crypto_start_using_key with. Null if it has no keys.</summary>
    internal virtual (string Device, CryptoConfig Config)? UsesKeys => null;
}
