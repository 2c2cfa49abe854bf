using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Where a job sleeps until one of its bios ends: <c>read_events</c> of an aio context.</summary>
[KernelSource("fs/aio.c", "read_events, aio_complete", Version = "v4.1")]
internal sealed class IoEvents(LinuxKernel kernel, Duration wakeup, int cpu) : Waitable(kernel.Simulation, "io_getevents", "read_events")
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly Duration _wakeup = wakeup;   // [ps] from the end of a bio until the job that sleeps runs
    private readonly int _cpu = cpu;              // that of the job
    private bool _ended;   // a bio ended since the job last looked

    protected override string? WorkLeft => _ended ? "a bio has ended" : null;

    /// <summary>A bio ended.</summary>
    public void Signal()
    {
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup, _cpu);
            _ = WakeFirstAfter(delay);
        }
        else
        {
            _ended = true;
        }
    }

    /// <summary>Blocks until a bio has ended since the last call.</summary>
    public Suspension WaitAsync([CallerLineNumber] int line = 0)
    {
        if (_ended)
        {
            _ended = false;
            return Ready;
        }

        return Block(line);
    }
}
