using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The kthread of a driver: its task state, schedule() and wake_up_process().</summary>
/// <remarks>
/// A wake-up makes the task TASK_RUNNING whether or not it sleeps, and schedule() sleeps only in another state: who sets the
/// state before testing its condition loses no wake-up (DM-X7).
/// </remarks>
[KernelSource("kernel/sched/core.c", "schedule, wake_up_process", Version = "v4.1", Rules = "DM-X7")]
internal sealed class DriverThread : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;   // from the wake-up until it runs
    [NotState]
    private readonly Process _process;   // for diagnosis

    public DriverThread(LinuxKernel kernel, string name, string function, Duration wakeup, Process body)
        : base(kernel.Simulation, name, function)
    {
        Idle = true;
        (_kernel, _wakeup) = (kernel, wakeup);
        _process = kernel.Simulation.Spawn(name, body, daemon: true);
    }

    /// <summary>TASK_RUNNING; otherwise TASK_INTERRUPTIBLE.</summary>
    public bool IsRunning { get; set; } = true;

    public string Label => Name;

    public string? WhyNobody => null;

    /// <summary><c>wake_up_process</c>. Context: any.</summary>
    public void Wake()
    {
        IsRunning = true;
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
            _ = WakeFirstAfter(delay);
        }
    }

    /// <summary><c>schedule</c>: sleeps unless the task is TASK_RUNNING.</summary>
    public Suspension ScheduleAsync([CallerLineNumber] int line = 0) => IsRunning ? Ready : Block(line);

    public void Owners(OwnerList owners) => owners.Add(_process);
}
