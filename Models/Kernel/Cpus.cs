using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The online CPUs: processes occupy them for the CPU time they use, interrupts take it from them.</summary>
/// <remarks>
/// <code>
///   RunAsync(cost) ──► run queue of the CPU that is free first ──► slice of `cost` ──► the process goes on
///   InterruptAsync(cpu, cost) ──► runs at once, after interrupts already there; every slice on that CPU ends `cost` later
///   HardirqAsync(cpu, cost)   ──► the same before softirqs too, which end `cost` later
///   LoadAsync(cpu, cost)      ──► a competing load: slices go before it once it has run for its granularity
/// </code>
/// Each CPU serves slices first come, first served; a process takes one slice for each step of its mechanism, so several
/// processes on one CPU share it round robin with a time slice of one step. Among CPUs free at the same time the highest
/// numbered is taken, which keeps tasks away from CPU 0, where interrupts land.
/// What happens to fall on one instant is in the order of preemption: hardware and interrupts first, then the processes.
/// A slice that is a kernel-FPU section is one only while it really occupies its CPU: its process wakes once more, when the
/// slice begins. Time passes in slices and interrupts. Not modelled: priorities among processes that are no load, migration of a queued
/// slice, caches, frequency.
/// </remarks>
[KernelSource("kernel/sched/core.c", "try_to_wake_up, select_task_rq", Version = "v4.1", Rules = "DM-X1")]
public sealed class Cpus
{
    private const int AfterInterrupts = 9;   // priority of the end of a slice; everything else has 8

    private readonly Simulation _simulation;
    private long _contextSwitch;    // [ps] CPU time of a switch between tasks
    private bool _isLoaded;         // a competing load runs on some CPU
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

    /// <summary>The kernel-FPU sections of tasks; null while nobody asks for them.</summary>
    public FpuSections? Fpu { get; private set; }

    /// <summary>num_online_cpus().</summary>
    public int Count => _cpus.Length;

    /// <summary>[ps] CPU time used so far by processes on all CPUs.</summary>
    [field: NotState]
    public long TaskPicoseconds { get; private set; }

    /// <summary>[ps] CPU time used so far by interrupts on all CPUs.</summary>
    [field: NotState]
    public long InterruptPicoseconds { get; private set; }

    /// <summary>[ps] CPU time used so far by competing loads on all CPUs.</summary>
    [field: NotState]
    public long LoadPicoseconds { get; private set; }

    /// <summary>True if a competing load runs on some CPU.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>CPU time of going over from one task to another.</summary>
    internal Duration ContextSwitch { set => _contextSwitch = value.Picoseconds; }

    /// <summary>The running process uses CPU time on whichever CPU is free first. Context: process.</summary>
    public Suspension RunAsync(Duration cost) => RunOnAsync(FreeFirst(), cost);

    /// <summary>The running process uses CPU time on one CPU. Context: process.</summary>
    /// <param name="cpu">0-based; a bound worker's.</param>
    /// <param name="cost">CPU time; zero takes no CPU.</param>
    public Suspension RunOnAsync(int cpu, Duration cost)
    {
        long used = cost.Picoseconds;
        if (_contextSwitch != 0 && used != 0 && _cpus[cpu].SwitchesTask())
        {
            used += _contextSwitch;
        }

        TaskPicoseconds += used;
        long wait = _cpus[cpu].AddSlice(used);
        return wait == 0 ? _simulation.DelayPicoseconds(0) : _simulation.DelayPicoseconds(wait, AfterInterrupts);
    }

    /// <summary>The running process spends the CPU time of a call it has made, in its own context. Context: process or softirq.</summary>
    /// <param name="cpu">0-based; below 0: whichever is free first.</param>
    /// <param name="cost">CPU time; zero takes no CPU.</param>
    /// <param name="usesSimd">It is a kernel-FPU section.</param>
    public async Operation SpendAsync(int cpu, Duration cost, bool usesSimd)
    {
        if ((CpuContext)_simulation.CurrentMark is not (CpuContext.Process or CpuContext.RcuReader))
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

    /// <summary>The running interrupt handler uses CPU time before the softirqs of that CPU. Context: hardirq, or a task with interrupts off.</summary>
    /// <param name="cpu">0-based; taken modulo the number of CPUs.</param>
    /// <param name="cost">CPU time.</param>
    public Suspension HardirqAsync(int cpu, Duration cost)
    {
        InterruptPicoseconds += cost.Picoseconds;
        return _simulation.DelayPicoseconds(_cpus[cpu % _cpus.Length].AddHardirq(cost.Picoseconds));
    }

    /// <summary>The process that has a CPU: a task, else the load; none if it is idle. For diagnosis.</summary>
    public Process RunningOn(int cpu) => _cpus[cpu % _cpus.Length].Running;

    // ── under a competing load ──────────────────────────────────────────

    /// <summary>[ps] From waking a process until it runs: its wake-up, and its wait on a run queue where a load has the CPU.</summary>
    /// <param name="task">Who will be woken.</param>
    /// <param name="wakeup">What it takes on an idle CPU.</param>
    /// <param name="cpu">CPU it belongs to; -1 for any.</param>
    /// <param name="nice">-20 for a high-priority kworker, 0 for others.</param>
    public Duration AfterWakeup(Process task, Duration wakeup, int cpu = -1, int nice = 0)
    {
        if (!_isLoaded)
        {
            return wakeup;
        }

        long now = _simulation.NowPicoseconds;
        long at = now + wakeup.Picoseconds;
        int best = cpu < 0 ? Soonest(at, nice) : cpu;
        long start = StartOn(best, at, nice);
        _cpus[best].Load?.Expect(task, start, nice);
        return new Duration(start - now);
    }

    /// <summary>The running process is a competing load and uses CPU time. Context: process.</summary>
    /// <param name="cpu">0-based; one that <see cref="AddLoad"/> knows.</param>
    /// <param name="cost">CPU time.</param>
    internal Suspension LoadAsync(int cpu, Duration cost)
    {
        LoadPicoseconds += cost.Picoseconds;
        return _simulation.DelayPicoseconds(_cpus[cpu].AddLoad(cost.Picoseconds), AfterInterrupts);
    }

    /// <summary>A competing load will run on a CPU.</summary>
    internal void AddLoad(int cpu, Duration granularity, int nice)
    {
        _isLoaded = true;
        _cpus[cpu].SetLoad(new CpuLoad(_simulation, granularity, nice));
    }

    /// <summary>Hardirqs preempt softirqs from now on.</summary>
    internal void TellHardirqsApart()
    {
        foreach (Cpu cpu in _cpus)
        {
            cpu.TellHardirqsApart();
        }
    }

    private int FreeFirst()
    {
        if (_isLoaded)
        {
            return Own() is >= 0 and int cpu ? cpu : Soonest(_simulation.NowPicoseconds, 0);
        }

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

    /// <summary>The loaded CPU for which the running process has waited, or on which its last slice ends now; -1 if there is none.</summary>
    private int Own()
    {
        for (int i = 0; i < _cpus.Length; i++)
        {
            if (_cpus[i].Load?.IsExpected() == true || _cpus[i].GoesOn())
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The CPU on which a task that wakes then [ps] runs first; of several the highest numbered.</summary>
    private int Soonest(long at, int nice)
    {
        int best = _cpus.Length - 1;
        for (int i = best - 1; i >= 0; i--)
        {
            best = StartOn(i, at, nice) < StartOn(best, at, nice) ? i : best;
        }

        return best;
    }

    private long StartOn(int cpu, long at, int nice)
    {
        long start = Math.Max(at, _cpus[cpu].FreeAt);
        return _cpus[cpu].Load?.StartOf(start, nice) ?? start;
    }
}
