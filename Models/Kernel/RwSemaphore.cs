using System.Runtime.CompilerServices;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary><c>struct rw_semaphore</c>: many readers or one writer, who may sleep while holding it.</summary>
/// <remarks>
/// <code>
///   ReadAsync  ──► held, if no writer holds it and nobody waits │ FIFO ◄── last holder leaves: to the first waiter and, if that reads,
///   WriteAsync ──► held, if nobody holds it                     │          to all readers that wait behind it
/// </code>
/// Time passes in the wake-up of those who sleep. Not modelled: the CPU time of who spins, spinning on the owner, optimistic
/// stealing, that Linux wakes readers from the whole queue and not only those up to the next writer.
/// </remarks>
[KernelSource("kernel/locking/rwsem.c", "down_read, down_write, up_read, up_write", Version = "v6.18", Rules = "KS-15")]
public sealed class RwSemaphore : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _wakeup;               // [ps] from up_read or up_write until the waiter runs
    private readonly Queue<Wanted> _wanted = new();  // for each waiter, in its order: as what
    private int _readers;                            // that hold it
    private bool _isWritten;                         // a writer holds it
    [NotState]
    private Process _writer;                         // for diagnosis

    /// <summary>A free semaphore, as <c>init_rwsem</c>.</summary>
    /// <param name="kernel">The kernel it lives in.</param>
    /// <param name="name">E.g. <c>profile->lock</c>.</param>
    /// <param name="wakeup">From leaving it until a waiter runs.</param>
    public RwSemaphore(LinuxKernel kernel, string name, Duration wakeup)
        : base(kernel.Simulation, name, "down_read, down_write")
    {
        (_kernel, _wakeup) = (kernel, wakeup);
        Owner = this;
    }

    /// <summary>True while a writer holds it.</summary>
    public bool IsWritten => _isWritten;

    /// <summary>Readers that hold it.</summary>
    public int Readers => _readers;

    /// <summary>True if a reader would have it at once.</summary>
    public bool IsFreeToRead => !_isWritten && _wanted.Count == 0;

    /// <summary>True if a writer would have it at once.</summary>
    public bool IsFreeToWrite => IsFreeToRead && _readers == 0;

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    protected override string? WorkLeft => !_isWritten && _readers == 0 ? $"{Name} is free" : null;

    /// <summary>Takes it for reading, as <c>down_read</c>. Context: process; elsewhere a fault.</summary>
    public Suspension ReadAsync([CallerLineNumber] int line = 0)
    {
        if (IsFreeToRead && _kernel.MaySleep("down_read"))
        {
            _readers++;
            return Ready;
        }

        return Sleep(Wanted.ToRead, line);
    }

    /// <summary>Takes it for writing, as <c>down_write</c>. Context: process; elsewhere a fault.</summary>
    public Suspension WriteAsync([CallerLineNumber] int line = 0) =>
        !_kernel.MaySleep("down_write") ? Block(line) : TryWrite() ? Ready : Sleep(Wanted.ToWrite, line);

    /// <summary>Takes it for writing as a spinlock would be taken, whatever the context: for what is decided while requests are dispatched, where Linux would need another lock than this. Who spins goes on without a wake-up.</summary>
    public Suspension SpinAsync([CallerLineNumber] int line = 0)
    {
        if (TryWrite())
        {
            return Ready;
        }

        _wanted.Enqueue(Wanted.Spinning);
        return Block(line);
    }

    /// <summary>A reader leaves, as <c>up_read</c>.</summary>
    public void EndRead()
    {
        Invariant.Holds(_readers > 0, "only a reader leaves a semaphore as one");
        if (--_readers == 0)
        {
            Grant();
        }
    }

    /// <summary>The writer leaves, as <c>up_write</c>.</summary>
    public void EndWrite()
    {
        Invariant.Holds(_isWritten, "only the writer leaves a semaphore as one");
        (_isWritten, _writer) = (false, default);
        Grant();
    }

    /// <summary>Its writer will leave it; readers are not remembered by name.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        if (_isWritten)
        {
            owners.Add(_writer);
        }
    }

    private bool TryWrite()
    {
        if (!IsFreeToWrite)
        {
            return false;
        }

        (_isWritten, _writer) = (true, Simulation.CurrentProcess);
        return true;
    }

    private Suspension Sleep(Wanted what, int line)
    {
        _wanted.Enqueue(what);
        _kernel.OnSleep();
        return Block(line);
    }

    /// <summary>To the first waiter; if that is a reader, to those right behind it that are readers too.</summary>
    private void Grant()
    {
        if (_wanted.TryDequeue(out Wanted what))
        {
            Process first = what == Wanted.Spinning ? WakeFirst() : WakeOne();
            if (what != Wanted.ToRead)
            {
                (_isWritten, _writer) = (true, first);
                return;
            }

            _readers++;
            while (_wanted.TryPeek(out Wanted next) && next == Wanted.ToRead)
            {
                _wanted.Dequeue();
                _ = WakeOne();
                _readers++;
            }
        }
    }

    private Process WakeOne()
    {
        Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _wakeup);
        return WakeFirstAfter(delay);
    }

    /// <summary>As what a waiter waits.</summary>
    private enum Wanted
    {
        ToRead,
        ToWrite,
        Spinning,
    }
}
