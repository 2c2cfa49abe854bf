using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The softirqs of all CPUs: each CPU runs what was raised on it one after the other, before its tasks go on.</summary>
/// <remarks>
/// <code>
///   Raise(cpu, work) ──► pending of that CPU ──► __do_softirq: work.RunAsync(), first raised first
/// </code>
/// CPU time that the work uses is taken from the tasks of its CPU. Not modelled: the priorities among the softirq vectors,
/// handing over to ksoftirqd after 2 ms.
/// </remarks>
[KernelSource("kernel/softirq.c", "__do_softirq, raise_softirq", Version = "v6.18", Rules = "DM-X1 DM-X6")]
public sealed class Softirqs
{
    private readonly SoftirqCpu[] _cpus;

    internal Softirqs(LinuxKernel kernel)
    {
        _cpus = new SoftirqCpu[kernel.Cpus.Count];
        for (int cpu = 0; cpu < _cpus.Length; cpu++)
        {
            _cpus[cpu] = new SoftirqCpu(kernel, cpu);
        }
    }

    /// <summary>Marks work as pending on a CPU, as <c>raise_softirq</c>; work that is pending already is left where it is. Context: any.</summary>
    /// <param name="cpu">0-based; taken modulo the number of CPUs.</param>
    /// <param name="work">What to run.</param>
    public void Raise(int cpu, SoftirqWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (!work.IsRaised)
        {
            work.IsRaised = true;
            work.RunsOn = cpu % _cpus.Length;
            _cpus[work.RunsOn].Add(work);
        }
    }

    /// <summary>The CPU whose softirqs a process runs; null if it runs none.</summary>
    internal int? CpuOf(Process process)
    {
        for (int cpu = 0; cpu < _cpus.Length; cpu++)
        {
            if (_cpus[cpu].Runner == process)
            {
                return cpu;
            }
        }

        return null;
    }

    /// <summary>For diagnosis: raised work is run by its CPU.</summary>
    public void Owners(int cpu, OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _cpus[cpu % _cpus.Length].Owners(owners);
    }
}

/// <summary>The softirqs of one CPU.</summary>
internal sealed class SoftirqCpu : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly int _cpu;
    private readonly Queue<SoftirqWork> _pending = new();
    [NotState]
    private readonly Process _process;   // for diagnosis

    public SoftirqCpu(LinuxKernel kernel, int cpu)
        : base(kernel.Simulation, $"softirq/{cpu}", "__do_softirq")
    {
        Idle = true;
        (_kernel, _cpu) = (kernel, cpu);
        _process = kernel.Simulation.Spawn(Name, Run(), daemon: true);
    }

    /// <summary>The process that runs them.</summary>
    public Process Runner => _process;

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _pending.Count > 0 ? $"{_pending.Count} softirq{(_pending.Count == 1 ? " is" : "s are")} pending" : null;

    public void Add(SoftirqWork work)
    {
        _pending.Enqueue(work);
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    public void Owners(OwnerList owners) => owners.Add(_process);

    private async Process Run()
    {
        _kernel.Enter(CpuContext.Softirq);
        while (true)
        {
            SoftirqWork? work;
            while (!_pending.TryDequeue(out work))
            {
                await WaitForWorkAsync();
            }

            if (_kernel.Cpus.Fpu is { DisableSoftirqs: true } fpu)
            {
                await fpu.WaitAsync(_cpu);
            }

            work.IsRaised = false;
            await work.RunAsync();
        }
    }

    private Suspension WaitForWorkAsync([CallerLineNumber] int line = 0) => Block(line);
}
