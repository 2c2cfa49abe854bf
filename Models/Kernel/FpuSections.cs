using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>What a kernel-FPU section does to the softirqs of its CPU.</summary>
public enum FpuSection
{
    /// <summary>Disables them: a softirq waits for the end of the section, and finds SIMD usable always.</summary>
    [KernelSource("arch/x86/kernel/fpu/core.c", "kernel_fpu_begin_mask, fpregs_lock", Commit = "d02198550423", Rules = "SC-6 SC-7")]
    SoftirqsDisabled,

    /// <summary>Lets them in: a softirq that interrupts the section of a task finds SIMD unusable.</summary>
    [KernelSource("arch/x86/kernel/fpu/core.c", "irq_fpu_usable, kernel_fpu_begin_mask", Version = "v6.6", Rules = "SC-4 SC-5")]
    SoftirqsEnabled,
}

/// <summary>The kernel-FPU sections of tasks, on each CPU: who interrupts one can not use SIMD.</summary>
/// <remarks>
/// Kept only in a machine where somebody asks. Sections of softirqs are not kept: only a hardirq could interrupt one, and
/// none encrypts. In an exploration without clock tasks may be in sections of one CPU at the same time, which preemption
/// forbids; a softirq sees no difference between one and several.
/// </remarks>
[KernelSource("arch/x86/include/asm/simd.h", "may_use_simd", Version = "v6.6", Rules = "SC-4 SC-5 SC-6")]
public sealed class FpuSections
{
    private readonly FpuCpu[] _cpus;
    private readonly FpuSection _section;

    internal FpuSections(Simulation simulation, int cpus, FpuSection section)
    {
        _section = section;
        _cpus = new FpuCpu[cpus];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            _cpus[cpu] = new FpuCpu(simulation, cpu);
        }
    }

    /// <summary>True if softirqs wait for the end of a section.</summary>
    public bool DisableSoftirqs => _section == FpuSection.SoftirqsDisabled;

    /// <summary>True while a task is in a section on that CPU.</summary>
    /// <param name="cpu">0-based.</param>
    public bool IsActive(int cpu) => _cpus[cpu].Active > 0;

    /// <summary>What <c>crypto_simd_usable</c> answers. Context: any.</summary>
    /// <param name="context">Of the caller.</param>
    /// <param name="cpu">Where it runs; taken modulo the number of CPUs. Below 0: anywhere, which only a task can.</param>
    public bool IsSimdUsable(CpuContext context, int cpu) => context switch
    {
        CpuContext.Process or CpuContext.RcuReader => true,
        CpuContext.Softirq when DisableSoftirqs => true,
        _ => !IsActive(Math.Max(0, cpu) % _cpus.Length),
    };

    /// <summary>A task begins a section, as <c>kernel_fpu_begin</c>.</summary>
    internal void Begin(int cpu) => _cpus[cpu].Active++;

    /// <summary>And ends it, as <c>kernel_fpu_end</c>; softirqs that it held off run.</summary>
    internal void End(int cpu) => _cpus[cpu].End();

    /// <summary>A softirq lets the section of its CPU end first. Context: softirq.</summary>
    internal Suspension WaitAsync(int cpu) => _cpus[cpu].WaitAsync();
}
