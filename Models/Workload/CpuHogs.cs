using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>The competing load of one CPU: works for a slice, sleeps, and so on for ever.</summary>
/// <remarks>
/// <code>
///   slice of CPU time (pushed back by interrupts and by tasks that preempt it) ──► exponential sleep ──► ...
/// </code>
/// Time passes in both. Not modelled: that it wakes others, memory and caches.
/// </remarks>
[KernelSource("kernel/sched/fair.c", "check_preempt_wakeup", Version = "v4.1", Rules = "DM-X1")]
internal sealed class CpuHogs
{
    private readonly LinuxKernel _kernel;
    private readonly RandomStream _sleeps;   // draws one sleep after each slice
    private readonly Duration _slice;        // [ps] CPU time before it sleeps
    private readonly Duration _sleep;        // [ps] mean sleep; zero for a load that never sleeps
    private readonly int _cpu;               // 0-based

    private CpuHogs(LinuxKernel kernel, string name, int cpu, CpuLoadOptions options, RandomSource random)
    {
        (_kernel, _cpu, _slice) = (kernel, cpu, options.Slice);
        _sleep = new Duration(checked(options.Slice.Picoseconds / options.Utilization * (100 - options.Utilization)));
        _sleeps = random.Stream($"{name}/{cpu}.sleep");
        kernel.Cpus.AddLoad(cpu, options.Granularity, options.Nice);
        kernel.Simulation.Spawn($"{name}/{cpu}", Run(), daemon: true);
    }

    /// <summary>Starts the load on its CPUs.</summary>
    public static void Start(LinuxKernel kernel, string name, CpuLoadOptions options, RandomSource random)
    {
        int cpus = Math.Min(options.Cpus ?? kernel.Cpus.Count, kernel.Cpus.Count);
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            _ = new CpuHogs(kernel, name, cpu, options, random);   // kept by its process
        }
    }

    private async Process Run()
    {
        _kernel.Enter(CpuContext.Process, _cpu);
        while (true)
        {
            if (_sleep > Duration.Zero)
            {
                await _kernel.Simulation.Delay(_sleeps.Exponential(_sleep));
            }

            await _kernel.Cpus.LoadAsync(_cpu, _slice);
        }
    }
}
