using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>
/// A coroutine that runs inside the process that calls it, as a function does: no slot and no event of its own.
/// Await it at once. For a value use <see cref="Operation{T}"/>.
/// </summary>
[AsyncMethodBuilder(typeof(OperationBuilder))]
public readonly struct Operation : IEngineAwaiter
{
    private readonly OperationFrame? _frame;

    internal Operation(OperationFrame frame) => _frame = frame;

    /// <summary>An operation that is over already: lets a plain method answer without a state machine.</summary>
    public static Operation Completed => default;

    /// <summary>True when it ran to its end without waiting.</summary>
    public bool IsCompleted => _frame is null || _frame.IsDone;

    /// <summary>The awaiter is the operation itself.</summary>
    public Operation GetAwaiter() => this;

    /// <summary>Ends the operation; throws what it threw.</summary>
    public void GetResult() => _frame?.End();

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void OnCompleted(Action continuation) => throw new NotSupportedException("only a simulated process can await an operation");

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}

/// <summary>An <see cref="Operation"/> that returns a value, such as an errno.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[AsyncMethodBuilder(typeof(OperationBuilder<>))]
public readonly struct Operation<T> : IEngineAwaiter
{
    private readonly OperationFrame<T>? _frame;
    private readonly T _value;

    internal Operation(OperationFrame<T> frame)
    {
        _frame = frame;
        _value = default!;
    }

    /// <summary>An operation that is over already: lets a plain method answer without a state machine.</summary>
    public Operation(T value)
    {
        _frame = null;
        _value = value;
    }

    /// <summary>True when it ran to its end without waiting.</summary>
    public bool IsCompleted => _frame is null || _frame.IsDone;

    /// <summary>The awaiter is the operation itself.</summary>
    public Operation<T> GetAwaiter() => this;

    /// <summary>The value; throws what the operation threw.</summary>
    public T GetResult() => _frame is null ? _value : _frame.TakeResult();

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void OnCompleted(Action continuation) => throw new NotSupportedException("only a simulated process can await an operation");

    /// <summary>Never called: the process builders know the engine's awaiters.</summary>
    public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
}
