using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>The mutex of an operation socket's IV that was proposed in 2018: taken by the task that submits, given on by the callback.</summary>
/// <remarks>
/// <code>
///   LockAsync ──► held, if free │ FIFO of waiters ◄── Unlock, in softirq: to the first waiter
/// </code>
/// Time passes in the wake-up. A mutex of the kernel has to be unlocked by its owner in task context, so this is a semaphore
/// (recalled), in the order of arrival. Not modelled: stealing it before a waiter that was woken.
/// </remarks>
[KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Mail = "004_6baa3db2e19eea6a", Rules = "AA-P1 AA-M2")]
internal sealed class IvLock(LinuxKernel kernel, Duration wakeup) : Waitable(kernel.Simulation, "ctx->ivlock", "mutex_lock")
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly Duration _wakeup = wakeup;   // [ps] from the callback until the first waiter runs

    /// <summary>Somebody holds it, or is about to wake up with it.</summary>
    public bool IsLocked { get; private set; }

    /// <inheritdoc/>
    protected override string? WorkLeft => IsLocked ? null : $"{Name} is unlocked";

    /// <summary>Takes it. Context: process; elsewhere a fault.</summary>
    public Suspension LockAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!_kernel.MaySleep(Symbol) || _kernel.LockOrder?.Taking(Name, file, line) == false)
        {
            return Block(line);   // the run ends after this step
        }

        if (!IsLocked)
        {
            IsLocked = true;
            return Ready;
        }

        _kernel.OnSleep();
        return Block(line);
    }

    /// <summary>Gives it to the first waiter. Context: any.</summary>
    public void Unlock()
    {
        if (!HasWaiters)
        {
            IsLocked = false;
            return;
        }

        Process woken = WakeFirstAfter(_kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup));
        _kernel.Tracer?.Emit(TraceKind.Wake, "mutex_unlock", target: woken.Name, subject: Name);
    }
}
