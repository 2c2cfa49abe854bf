using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The kernel-FPU sections of one CPU, and its softirqs that wait for the end.</summary>
[KernelSource("kernel/softirq.c", "local_bh_disable, local_bh_enable", Version = "v6.18", Rules = "SC-6")]
internal sealed class FpuCpu(Simulation simulation, int cpu) : Waitable(simulation, $"kernel_fpu/{cpu}", "__do_softirq")
{
    /// <summary>Sections of tasks under way.</summary>
    public int Active { get; set; }

    protected override string? WorkLeft => Active == 0 ? $"no section of {Name} is under way" : null;

    /// <summary>A section ends; the last one lets softirqs run.</summary>
    public void End()
    {
        Invariant.Holds(Active > 0, "kernel_fpu_end follows a kernel_fpu_begin");
        Active--;
        if (Active == 0 && HasWaiters)
        {
            WakeAll();
        }
    }

    /// <summary>Goes on at once if no section is under way.</summary>
    public Suspension WaitAsync([CallerLineNumber] int line = 0) => Active == 0 ? Ready : Block(line);
}
