using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The softirqs of one CPU.</summary>
internal sealed class SoftirqCpu : Waitable, IAtomicRunner
{
    private const int Vectors = 3;

    private readonly LinuxKernel _kernel;
    private readonly Softirqs _softirqs;
    private readonly int _cpu;                                                  // 0-based
    private readonly Queue<SoftirqWork>[] _pending = [new(), new(), new()];     // by vector
    private readonly Queue<SoftirqWork> _next = new();                          // runs before all that is pending
    private readonly Process _process;

    public SoftirqCpu(LinuxKernel kernel, Softirqs softirqs, int cpu)
        : base(kernel.Simulation, $"softirq/{cpu}", "__do_softirq")
    {
        Idle = true;
        (_kernel, _softirqs, _cpu) = (kernel, softirqs, cpu);
        _process = kernel.Simulation.Spawn(Name, Run(), daemon: true);
        kernel.Add(this);
    }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => Pending > 0 ? $"{Pending} softirq{(Pending == 1 ? " is" : "s are")} pending" : null;

    private int Pending => _next.Count + _pending[0].Count + _pending[1].Count + _pending[2].Count;

    public void Add(SoftirqWork work)
    {
        _pending[(int)work.Vector].Enqueue(work);
        Wake();
    }

    public void AddNext(SoftirqWork work)
    {
        _next.Enqueue(work);
        Wake();
    }

    public bool Runs(Process process) => process == _process;

    public void RunNext(SoftirqWork work) => _softirqs.RaiseNext(_cpu, work);

    public void Owners(OwnerList owners) => owners.Add(_process);

    private void Wake()
    {
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    [KernelSource("kernel/softirq.c", "__do_softirq", Version = "v6.18")]
    private async Process Run()
    {
        _kernel.Enter(CpuContext.Softirq, _cpu);
        while (true)
        {
            while (Pending == 0)
            {
                await WaitForWorkAsync();
            }

            if (_kernel.Costs.Softirq > Duration.Zero)
            {
                await _kernel.Cpus.InterruptAsync(_cpu, _kernel.Costs.Softirq);
            }

            await RunNextAsync();
            for (int vector = 0; vector < Vectors; vector++)
            {
                await RunVectorAsync(_pending[vector]);
            }
        }
    }

    /// <summary>What is pending now; what is raised meanwhile waits for the next round.</summary>
    private async Operation RunVectorAsync(Queue<SoftirqWork> pending)
    {
        for (int left = pending.Count; left > 0; left--)
        {
            await RunAsync(pending.Dequeue());
            await RunNextAsync();
        }
    }

    private async Operation RunNextAsync()
    {
        while (_next.TryDequeue(out SoftirqWork? work))
        {
            await RunAsync(work);
        }
    }

    private async Operation RunAsync(SoftirqWork work)
    {
        if (work.IsRunning)
        {
            work.IsHeldBack = true;   // on another CPU, which hands it over when it is done
            return;
        }

        if (_kernel.Cpus.Fpu is { DisableSoftirqs: true } fpu)
        {
            await fpu.WaitAsync(_cpu);
        }

        (work.IsRaised, work.IsRunning, work.RunsOn) = (false, true, _cpu);
        (work as Tasklet)?.Touch(_kernel, "tasklet_action_common");
        await work.RunAsync();
        if (work is Tasklet tasklet)
        {
            await _kernel.Simulation.Delay(Duration.Zero);   // what the handler caused elsewhere may come before this
            tasklet.Touch(_kernel, "tasklet_unlock");
        }

        work.IsRunning = false;
        if (work.IsHeldBack)
        {
            work.IsHeldBack = false;
            _softirqs.RunAgain(work);
        }
    }

    private Suspension WaitForWorkAsync([CallerLineNumber] int line = 0) => Block(line);
}
