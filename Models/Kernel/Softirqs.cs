using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The softirqs of all CPUs: each CPU runs what was raised on it one after the other, before its tasks go on.</summary>
/// <remarks>
/// <code>
///   hardirq ──► Raise(cpu, work) ──► irq exit: __do_softirq of that CPU: Hi, Block, Tasklet, first raised first ──► again, while any is pending
///                                                                          └─ RaiseNext: right after the work that runs
/// </code>
/// CPU time that the work uses is taken from the tasks of its CPU. Not modelled: the other vectors, handing over to ksoftirqd
/// after ten rounds or 2 ms, PREEMPT_RT.
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
            _cpus[cpu] = new SoftirqCpu(kernel, this, cpu);
        }
    }

    /// <summary>Marks work as pending on a CPU, as <c>raise_softirq</c>; work that is pending already is left where it is. Context: any.</summary>
    /// <param name="cpu">0-based; taken modulo the number of CPUs.</param>
    /// <param name="work">What to run.</param>
    public void Raise(int cpu, SoftirqWork work)
    {
        if (Mark(cpu, work))
        {
            _cpus[work.RaisedOn].Add(work);
        }
    }

    /// <summary>Has a CPU run work before all that is pending on it, right after the work that it runs now: what a call from that work would do. Context: any.</summary>
    /// <param name="cpu">0-based; taken modulo the number of CPUs.</param>
    /// <param name="work">What to run; if it is pending already, it is left where it is.</param>
    public void RaiseNext(int cpu, SoftirqWork work)
    {
        if (Mark(cpu, work))
        {
            _cpus[work.RaisedOn].AddNext(work);
        }
    }

    /// <summary>For diagnosis: raised work is run by its CPU.</summary>
    public void Owners(int cpu, OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _cpus[cpu % _cpus.Length].Owners(owners);
    }

    /// <summary>Work that was raised while another CPU ran it can now run there.</summary>
    internal void RunAgain(SoftirqWork work) => _cpus[work.RaisedOn].Add(work);

    private bool Mark(int cpu, SoftirqWork work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (work.IsRaised)
        {
            return false;
        }

        work.IsRaised = true;
        work.RaisedOn = cpu % _cpus.Length;
        if (!work.IsRunning)
        {
            work.RunsOn = work.RaisedOn;
        }

        return true;
    }
}
