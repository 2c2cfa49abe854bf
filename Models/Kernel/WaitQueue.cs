using System.Runtime.CompilerServices;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Kernel;

/// <summary><c>wait_queue_head_t</c> with entries that are not exclusive: a wake-up wakes all who sleep, and each looks for itself whether it goes on.</summary>
/// <remarks>
/// <code>
///   while (!condition) await SleepAsync();      ◄── Wake: everybody, first come first
/// </code>
/// Time passes in the wake-up. The condition is looked at and the sleep begun in one step, as the queue's lock and
/// set_current_state() make it in Linux.
/// </remarks>
[KernelSource("kernel/sched/wait.c", "wait_event, wake_up, prepare_to_wait_event", Version = "v6.18", Rules = "KS-9 KS-14 DM-X7")]
public sealed class WaitQueue : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly IWaitCondition _condition;
    private readonly Duration _wakeup;   // [ps] from wake_up() until a sleeper runs

    /// <summary>An empty queue, as <c>init_waitqueue_head</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">E.g. <c>idle_slots_wait_queue</c>.</param>
    /// <param name="function">The function that sleeps, e.g. <c>blk_crypto_get_keyslot</c>.</param>
    /// <param name="condition">What sleepers wait for; for diagnosis.</param>
    /// <param name="wakeup">From a wake-up until a sleeper runs.</param>
    public WaitQueue(LinuxKernel kernel, string name, string function, IWaitCondition condition, Duration wakeup)
        : base(kernel.Simulation, name, function)
    {
        (_kernel, _condition, _wakeup) = (kernel, condition, wakeup);
    }

    /// <inheritdoc/>
    protected override string? WorkLeft => _condition.WorkLeft;

    /// <summary>Sleeps until the next wake-up. Context: process; elsewhere a fault.</summary>
    public Suspension SleepAsync([CallerLineNumber] int line = 0)
    {
        if (_kernel.MaySleep(Symbol))
        {
            _kernel.Tracer?.Emit(TraceKind.Wait, Symbol, target: Name);
            _kernel.OnSleep();
        }

        return Block(line);
    }

    /// <summary>wake_up(): wakes all who sleep. Context: any.</summary>
    /// <returns>How many slept; for meters.</returns>
    public int Wake()
    {
        int woken = 0;
        while (HasWaiters)
        {
            woken++;
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
            _ = WakeFirstAfter(delay);
        }

        return woken;
    }
}

/// <summary>What a <see cref="WaitQueue"/> is waited on for.</summary>
[KernelSource("include/linux/wait.h", "___wait_event", Version = "v6.18")]
public interface IWaitCondition
{
    /// <summary>What is there for a sleeper, as a clause; null while the condition does not hold. For diagnosis.</summary>
    string? WorkLeft { get; }
}
