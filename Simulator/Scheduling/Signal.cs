using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>A binary latch: <see cref="Fire"/> wakes the process that waits longest or, when nobody waits, lets the next one through.</summary>
public class Signal : Waitable, IResettable
{
    private bool _isSet;

    /// <summary>Makes an unset signal.</summary>
    /// <param name="simulation">The simulation whose processes wait here.</param>
    /// <param name="name">What it is called outside.</param>
    /// <param name="symbol">The kernel function that sleeps.</param>
    public Signal(Simulation simulation, string name = "signal", string symbol = "wait_for_completion")
        : base(simulation, name, symbol)
    {
    }

    /// <summary>True when the next wait goes straight on.</summary>
    public bool IsSet => _isSet;

    /// <summary>Wakes the process that waits longest, or latches. Latching twice is latching once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fire()
    {
        if (HasWaiters)
        {
            WakeFirstFrame();
        }
        else
        {
            _isSet = true;
        }
    }

    /// <summary>Waits for the signal and takes it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Suspension WaitAsync([CallerLineNumber] int line = 0) => TryTake() ? Ready : Block(line);

    /// <summary>Waits for the signal, for no longer than <paramref name="timeout"/>.</summary>
    public Suspension WaitAsync(Duration timeout, [CallerLineNumber] int line = 0) => TryTake() ? Ready : Block(line, timeout);

    /// <summary>Takes the signal if it is set.</summary>
    public bool TryTake()
    {
        if (!_isSet)
        {
            return false;
        }

        _isSet = false;
        return true;
    }

    /// <inheritdoc/>
    protected internal override string? WorkLeft => _isSet ? $"{Name} is set" : null;

    /// <inheritdoc/>
    public virtual void Reset()
    {
        _isSet = false;
        ForgetWaiters();
    }
}
