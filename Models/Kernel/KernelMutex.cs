using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary><c>struct mutex</c>: one holder at a time, who may sleep while holding it.</summary>
/// <remarks>
/// <code>
///   LockAsync ──► held, if free │ FIFO of waiters ◄── Unlock: to the first waiter
/// </code>
/// No time passes. Not modelled: spinning on the holder, taking the mutex before a waiter that was woken.
/// </remarks>
[KernelSource("kernel/locking/mutex.c", "mutex_lock, mutex_trylock, mutex_unlock", Version = "v4.1", Rules = "DM-X2 DM-K3 DM-K4")]
public sealed class KernelMutex : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private Process _holder;   // none while it is free

    /// <summary>An unlocked mutex, as <c>mutex_init</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">Its class: mutexes of one name have one place in the lock order.</param>
    public KernelMutex(LinuxKernel kernel, string name)
        : base(kernel.Simulation, name, "mutex_lock")
    {
        _kernel = kernel;
        Owner = this;
        kernel.Add(this);
    }

    /// <summary>True while somebody holds it.</summary>
    public bool IsLocked => _holder.Exists;

    /// <summary>True while the running process holds it.</summary>
    public bool IsMine => _holder.Exists && _holder == Simulation.CurrentProcess;

    /// <inheritdoc/>
    public string Label => Name + "->owner";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    protected override string? WorkLeft => _holder.Exists ? null : $"{Name} is unlocked";

    /// <summary>Takes it, as <c>mutex_lock</c>. Context: process; elsewhere a fault.</summary>
    /// <param name="file">Of the caller.</param>
    /// <param name="line">Of the caller.</param>
    public Suspension LockAsync([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!_kernel.MaySleep("mutex_lock") || _kernel.LockOrder?.Taking(Name, file, line) == false)
        {
            return Block(line);   // the run ends after this step
        }

        if (_holder.Exists)
        {
            _kernel.OnSleep();
            return Block(line);
        }

        _holder = Simulation.CurrentProcess;
        return Ready;
    }

    /// <summary>Takes it as <see cref="LockAsync"/> does if that need not sleep; else nothing happens, and the caller awaits that. Context: process.</summary>
    /// <param name="file">Of the caller.</param>
    /// <param name="line">Of the caller.</param>
    internal bool LockAtOnce([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (_holder.Exists || !_kernel.MaySleep("mutex_lock") || _kernel.LockOrder?.Taking(Name, file, line) == false)
        {
            return false;
        }

        _holder = Simulation.CurrentProcess;
        return true;
    }

    /// <summary>Takes it if it is free, as <c>mutex_trylock</c>; no place in the lock order is taken, for it waits for nothing. Context: process.</summary>
    public bool TryLock()
    {
        if (_holder.Exists)
        {
            return false;
        }

        _holder = Simulation.CurrentProcess;
        return true;
    }

    /// <summary>Gives it to the first waiter, as <c>mutex_unlock</c>. By its holder; anybody else is a fault.</summary>
    public void Unlock()
    {
        if (!IsMine)
        {
            string holder = _holder.Exists ? $"held by {_holder.Name}" : "not locked";
            Simulation.Fail("DM-K4", $"{Simulation.CurrentProcess.Name} unlocks {Name}, which is {holder}");
            return;
        }

        _holder = WakeFirst();
    }

    /// <summary>Its holder will unlock it.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_holder.Exists)
        {
            owners.Add(_holder);
        }
    }
}
