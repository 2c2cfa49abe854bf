using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>A number of equal units, taken one at a time, first come first served; a unit given back goes straight to the first waiter.</summary>
public class Resource : Waitable, IResettable
{
    private int _free;

    /// <summary>Makes a resource with all its units free.</summary>
    /// <param name="simulation">The simulation whose processes wait here.</param>
    /// <param name="capacity">Units [1..].</param>
    /// <param name="name">What it is called outside.</param>
    /// <param name="symbol">The kernel function that sleeps.</param>
    public Resource(Simulation simulation, int capacity, string name = "resource", string symbol = "down")
        : base(simulation, name, symbol)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _free = capacity;
    }

    /// <summary>Units in all.</summary>
    public int Capacity { get; }

    /// <summary>Units taken [0..Capacity].</summary>
    public int InUse => Capacity - _free;

    /// <summary>Takes a unit, waiting for it if need be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Suspension AcquireAsync([CallerLineNumber] int line = 0) => TryAcquire() ? Ready : Block(line);

    /// <summary>Takes a unit, waiting for no longer than <paramref name="timeout"/>; on any other <see cref="Wake"/> than Signalled none is held.</summary>
    public Suspension AcquireAsync(Duration timeout, [CallerLineNumber] int line = 0) => TryAcquire() ? Ready : Block(line, timeout);

    /// <summary>Takes a unit if one is free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAcquire()
    {
        if (_free == 0)
        {
            return false;
        }

        _free = unchecked(_free - 1);
        return true;
    }

    /// <summary>Gives a unit back; the first waiter has it from this moment on.</summary>
    /// <exception cref="InvalidOperationException">No unit is taken.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        if (HasWaiters)
        {
            WakeFirstFrame();
            return;
        }

        if (_free == Capacity)
        {
            throw new InvalidOperationException($"{Name} was released more often than acquired");
        }

        _free = unchecked(_free + 1);
    }

    /// <inheritdoc/>
    protected internal override string? WorkLeft => _free > 0 ? $"{_free} of {Capacity} units of {Name} are free" : null;

    /// <inheritdoc/>
    public virtual void Reset()
    {
        _free = Capacity;
        ForgetWaiters();
    }
}
