using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>In which order a kthread looks for work and goes to sleep (DM-X7).</summary>
public enum WaitOrder
{
    /// <summary>Sets its state, looks, and calls schedule() if there is nothing: a wake-up in between sets the state back, and schedule() returns at once.</summary>
    [KernelSource("kernel/kthread.c", "kthread_worker_fn", Version = "v6.18", Rules = "DM-X7")]
    StateTestSchedule,

    /// <summary>Looks, then sets its state and calls schedule(): a wake-up in between finds a running task, does nothing, and is lost.</summary>
    [KernelSource("kernel/sched/core.c", "try_to_wake_up", Version = "v4.1", Rules = "DM-X7 DM-B21")]
    TestStateSchedule,

    /// <summary>Sets its state, takes a mutex, looks, and calls schedule(): if it had to sleep for the mutex, its state is running again and schedule() returns at once, so that it looks again and again.</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "dcp_chan_thread_aes", Version = "v4.1", Rules = "DM-X7 DM-B21")]
    StateMutexTestSchedule,
}

/// <summary>What a kthread works on.</summary>
public interface IKthreadWork
{
    /// <summary>True if there is something to do.</summary>
    bool HasWork { get; }

    /// <summary>What there is to do, as a clause, e.g. <c>its queue holds 2 requests</c>. For diagnosis.</summary>
    string WorkLeft { get; }
}

/// <summary>The sleep of a kthread that others wake by <c>wake_up_process</c>, in the right order or in one of the wrong ones (DM-X7, DM-B21).</summary>
/// <remarks>
/// <code>
///   SleepAsync: set state ──► look ──► (others may run) ──► schedule() ──► ... ◄── Wake
/// </code>
/// Returns when there may be work; the thread looks, works, and calls it again. Time passes in the wake-up.
/// </remarks>
[KernelSource("kernel/sched/core.c", "set_current_state, schedule, wake_up_process", Version = "v6.18", Rules = "DM-X7 DM-B21")]
public sealed class KthreadWait : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly IKthreadWork _work;
    private readonly WaitOrder _order;
    private readonly KernelMutex? _mutex;   // protects the queue; null for a spinlock
    private readonly Duration _wakeup;      // [ps] from Wake until the thread runs
    private bool _isInterruptible;          // TASK_INTERRUPTIBLE: schedule() would sleep

    /// <summary>Prepares the sleep of one kthread.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">What it waits for, e.g. <c>dcp.chan</c>.</param>
    /// <param name="function">The thread's function, e.g. <c>dcp_chan_thread_aes</c>.</param>
    /// <param name="work">What it works on.</param>
    /// <param name="order">In which order it looks and sleeps.</param>
    /// <param name="wakeup">From <see cref="Wake"/> until it runs.</param>
    /// <param name="mutex">What protects its queue, needed by <see cref="WaitOrder.StateMutexTestSchedule"/>; null for a spinlock.</param>
    public KthreadWait(LinuxKernel kernel, string name, string function, IKthreadWork work, WaitOrder order, Duration wakeup, KernelMutex? mutex = null)
        : base(kernel.Simulation, name, function)
    {
        if (order == WaitOrder.StateMutexTestSchedule)
        {
            ArgumentNullException.ThrowIfNull(mutex);
        }

        Idle = true;
        (_kernel, _work, _order, _wakeup, _mutex) = (kernel, work, order, wakeup, mutex);
    }

    /// <summary>Times that schedule() returned at once although there was nothing to do.</summary>
    [field: NotState]
    public long Spins { get; private set; }

    /// <inheritdoc/>
    protected override string? WorkLeft => _work.HasWork ? _work.WorkLeft : null;

    /// <summary>Sleeps unless there is work. Context: process, the kthread's own.</summary>
    public async Operation SleepAsync()
    {
        switch (_order)
        {
            case WaitOrder.StateTestSchedule:
                _isInterruptible = true;
                await ScheduleUnlessAsync(_work.HasWork);
                break;

            case WaitOrder.TestStateSchedule:
                bool hasWork = _work.HasWork;
                await _kernel.Simulation.Delay(Duration.Zero);   // a wake-up may come now
                _isInterruptible = !hasWork;
                await ScheduleUnlessAsync(hasWork);
                break;

            default:
                _isInterruptible = true;
                _isInterruptible &= !_mutex!.IsLocked;           // sleeping for it leaves the task running
                await _mutex.LockAsync();
                bool found = _work.HasWork;
                _mutex.Unlock();
                await ScheduleUnlessAsync(found);
                break;
        }

        _isInterruptible = false;
    }

    /// <summary>wake_up_process(): wakes the thread, or keeps it from going to sleep if its state says that it is about to. Context: any.</summary>
    public void Wake()
    {
        _isInterruptible = false;
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
            _ = WakeFirstAfter(delay);
        }
    }

    /// <summary>schedule(), after a moment in which others may run; not called if there is work.</summary>
    private async Operation ScheduleUnlessAsync(bool hasWork)
    {
        if (hasWork)
        {
            return;
        }

        await _kernel.Simulation.Delay(Duration.Zero);
        if (_isInterruptible)
        {
            await ScheduleAsync();
        }
        else
        {
            Spins++;
        }
    }

    private Suspension ScheduleAsync([CallerLineNumber] int line = 0) => Block(line);
}
