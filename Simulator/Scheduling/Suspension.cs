using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>Marks the awaiters that the engine itself resumes; awaiting anything else is a fault.</summary>
internal interface IEngineAwaiter : ICriticalNotifyCompletion;

/// <summary>
/// What every engine call that may block returns, to be awaited at once. The call has already registered the
/// current process; awaiting it only hands control back. May be complete already.
/// </summary>
/// <remarks>
/// It holds no reference, so that keeping it in a state machine costs no write barrier: only the address of the
/// simulation's <see cref="Simulation.LastWake"/>, which lives as long as the process that waits.
/// </remarks>
public readonly unsafe struct Suspension : IEngineAwaiter
{
    private readonly Wake* _wake;   // null: nothing to wait for

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Suspension(Wake* wake) => _wake = wake;

    /// <summary>True when the process goes on without giving up its turn.</summary>
    public bool IsCompleted
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _wake == null;
    }

    /// <summary>The awaiter is the suspension itself.</summary>
    public Suspension GetAwaiter() => this;

    /// <summary>Why the process goes on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wake GetResult() => _wake == null ? Wake.Signalled : *_wake;

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void OnCompleted(Action continuation) => throw new NotSupportedException("only a simulated process can await an engine call");

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}

/// <summary>A wait that ends with a value, such as the item of a <see cref="Store{T}"/>.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Suspension<T> : IEngineAwaiter
{
    private readonly Store<T>? _store;   // null: the value is here
    private readonly int _cell;
    private readonly T _value;

    /// <summary>Where the value will be; null when it is here.</summary>
    internal Store<T>? Store => _store;

    /// <summary>The cell of the store.</summary>
    internal int Cell => _cell;

    internal Suspension(T value)
    {
        _store = null;
        _cell = 0;
        _value = value;
    }

    internal Suspension(Store<T> store, int cell)
    {
        _store = store;
        _cell = cell;
        _value = default!;
    }

    /// <summary>True when the process goes on without giving up its turn.</summary>
    public bool IsCompleted
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _store is null;
    }

    /// <summary>The awaiter is the suspension itself.</summary>
    public Suspension<T> GetAwaiter() => this;

    /// <summary>The value; the default of its type when the wait was interrupted (see <see cref="Simulation.LastWake"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T GetResult() => _store is null ? _value : _store.TakeDelivered(_cell);

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void OnCompleted(Action continuation) => throw new NotSupportedException("only a simulated process can await an engine call");

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
