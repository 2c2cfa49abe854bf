using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The online CPUs: processes occupy them for the CPU time they use, interrupts take it from them.</summary>
/// <remarks>
/// <code>
///   RunAsync(cost) ──► run queue of the CPU that is free first ──► slice of `cost` ──► the process goes on
///   InterruptAsync(cpu, cost) ──► runs at once, after interrupts already there; every slice on that CPU ends `cost` later
/// </code>
/// Each CPU serves slices first come, first served; a process takes one slice for each step of its mechanism, so several
/// processes on one CPU share it round robin with a time slice of one step. Among CPUs free at the same time the highest
/// numbered is taken, which keeps tasks away from CPU 0, where interrupts land.
/// What happens to fall on one instant is in the order of preemption: hardware and interrupts first, then the processes.
/// A slice that is a kernel-FPU section is one only while it really occupies its CPU: its process wakes once more, when the
/// slice begins. Time passes in slices and interrupts. Not modelled: priorities, migration of a queued slice, caches, frequency.
/// </remarks>
[KernelSource("kernel/sched/core.c", "try_to_wake_up, select_task_rq", Version = "v4.1", Rules = "DM-X1")]
public sealed class Cpus
{
    private const int AfterInterrupts = 9;   // priority of the end of a slice; everything else has 8

    private readonly Simulation _simulation;
    [NotState]
    private readonly Cpu[] _cpus;   // instants only: they decide when, never whether

    /// <summary>Brings up <paramref name="count"/> CPUs.</summary>
    public Cpus(Simulation simulation, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _simulation = simulation;
        _cpus = new Cpu[count];
        for (int i = 0; i < count; i++)
        {
            _cpus[i] = new Cpu(simulation);
        }
    }

    /// <summary>The kernel-FPU sections of tasks; null while no part of the machine asks whether SIMD is usable.</summary>
    public FpuSections? Fpu { get; private set; }

    /// <summary>num_online_cpus().</summary>
    public int Count => _cpus.Length;

    /// <summary>[ps] CPU time used so far by processes on all CPUs.</summary>
    [field: NotState]
    public long TaskPicoseconds { get; private set; }

    /// <summary>[ps] CPU time used so far by interrupts on all CPUs.</summary>
    [field: NotState]
    public long InterruptPicoseconds { get; private set; }

    /// <summary>The running process uses CPU time on whichever CPU is free first. Context: process.</summary>
    public Suspension RunAsync(Duration cost) => RunOnAsync(FreeFirst(), cost);

    /// <summary>The running process uses CPU time on one CPU. Context: process.</summary>
    /// <param name="cpu">0-based; a bound worker's.</param>
    /// <param name="cost">CPU time; zero takes no CPU.</param>
    public Suspension RunOnAsync(int cpu, Duration cost)
    {
        TaskPicoseconds += cost.Picoseconds;
        long wait = _cpus[cpu].AddSlice(cost.Picoseconds);
        return wait == 0 ? _simulation.DelayPicoseconds(0) : _simulation.DelayPicoseconds(wait, AfterInterrupts);
    }

    /// <summary>The running process spends the CPU time of a call it has made, in its own context. Context: process or softirq.</summary>
    /// <param name="cpu">0-based; below 0: whichever is free first.</param>
    /// <param name="cost">CPU time; zero takes no CPU.</param>
    /// <param name="usesSimd">It is a kernel-FPU section.</param>
    public async Operation SpendAsync(int cpu, Duration cost, bool usesSimd)
    {
        if ((CpuContext)_simulation.CurrentMark != CpuContext.Process)
        {
            await InterruptAsync(Math.Max(0, cpu), cost);
        }
        else if (!usesSimd || Fpu is null || cost == Duration.Zero)
        {
            await (cpu < 0 ? RunAsync(cost) : RunOnAsync(cpu, cost));
        }
        else
        {
            int on = cpu < 0 ? FreeFirst() : cpu;
            await _simulation.DelayPicoseconds(_cpus[on].QueueSlice(cost.Picoseconds), AfterInterrupts);
            Fpu.Begin(on);
            TaskPicoseconds += cost.Picoseconds;
            await _simulation.DelayPicoseconds(_cpus[on].BeginSlice(cost.Picoseconds), AfterInterrupts);
            Fpu.End(on);
        }
    }

    /// <summary>smp_processor_id() of the running process: the CPU it is bound to, else the one it would go on with, which instants decide.</summary>
    /// <param name="cpu">CPU it is bound to, taken modulo the number of CPUs; below 0: none.</param>
    public int Here(int cpu) => cpu < 0 ? FreeFirst() : cpu % _cpus.Length;

    /// <summary>From now on kernel-FPU sections are kept: a part asks whether SIMD is usable. While the machine is built.</summary>
    /// <param name="section">What a section does to softirqs; the first who asks decides.</param>
    public FpuSections WatchFpu(FpuSection section) => Fpu ??= new FpuSections(_simulation, _cpus.Length, section);

    /// <summary>The running interrupt handler uses CPU time; slices of processes on that CPU end so much later. Context: hardirq or softirq.</summary>
    /// <param name="cpu">0-based; taken modulo the number of CPUs.</param>
    /// <param name="cost">CPU time.</param>
    public Suspension InterruptAsync(int cpu, Duration cost)
    {
        InterruptPicoseconds += cost.Picoseconds;
        return _simulation.DelayPicoseconds(_cpus[cpu % _cpus.Length].AddInterrupt(cost.Picoseconds));
    }

    private int FreeFirst()
    {
        int best = _cpus.Length - 1;
        long now = _simulation.NowPicoseconds;
        for (int i = best; i >= 0; i--)
        {
            if (_cpus[i].FreeAt <= now)
            {
                return i;
            }

            best = _cpus[i].FreeAt < _cpus[best].FreeAt ? i : best;
        }

        return best;
    }
}
