using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CryptoSim.Simulator;

/// <summary>What the compiler calls to make an async method an <see cref="Operation"/>. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct OperationBuilder
{
    private OperationFrame _frame;

    /// <summary>Called first.</summary>
    public static OperationBuilder Create() => default;

    /// <summary>What the caller awaits.</summary>
    public readonly Operation Task => new(_frame);

    /// <summary>Runs the method up to its first wait, inside the current process.</summary>
    public void Start<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine
    {
        var frame = Simulation.Current.RentOperation<TStateMachine>();
        _frame = frame;
        frame.Push();
        frame.Machine = machine;
        frame.Machine.MoveNext();
    }

    /// <summary>Never needed: the machine lives in its frame from the start.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine) => _ = _frame;

    /// <summary>The method returned.</summary>
    public readonly void SetResult() => _frame.Pop();

    /// <summary>The method threw: its caller gets the exception where it awaits.</summary>
    public readonly void SetException(Exception exception)
    {
        _frame.Simulation.NoteUnwinding(_frame, exception);
        _frame.Thrown = ExceptionDispatchInfo.Capture(exception);
        _frame.Pop();
    }

    /// <summary>The method waits for something that only knows the plain contract: never one of ours.</summary>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _frame.Simulation.RefuseForeign(typeof(TAwaiter));

    /// <summary>The method waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _frame.HasSuspended = true;
        if (typeof(TAwaiter) == typeof(Suspension))
        {
            Simulation.CheckTop(_frame.Owner, _frame);
        }
        else if (!AwaiterKind<TAwaiter>.IsOurs)
        {
            _frame.Simulation.RefuseForeign(typeof(TAwaiter));
        }
    }
}

/// <summary>What the compiler calls to make an async method an <see cref="Operation{T}"/>. Not for use by hand.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct OperationBuilder<T>
{
    private OperationFrame<T> _frame;

    /// <summary>Called first.</summary>
    public static OperationBuilder<T> Create() => default;

    /// <summary>What the caller awaits.</summary>
    public readonly Operation<T> Task => new(_frame);

    /// <summary>Runs the method up to its first wait, inside the current process.</summary>
    public void Start<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine
    {
        var frame = Simulation.Current.RentOperation<TStateMachine, T>();
        _frame = frame;
        frame.Push();
        frame.Machine = machine;
        frame.Machine.MoveNext();
    }

    /// <summary>Never needed: the machine lives in its frame from the start.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine) => _ = _frame;

    /// <summary>The method returned a value.</summary>
    public readonly void SetResult(T result)
    {
        _frame.Result = result;
        _frame.Pop();
    }

    /// <summary>The method threw: its caller gets the exception where it awaits.</summary>
    public readonly void SetException(Exception exception)
    {
        _frame.Simulation.NoteUnwinding(_frame, exception);
        _frame.Thrown = ExceptionDispatchInfo.Capture(exception);
        _frame.Pop();
    }

    /// <summary>The method waits for something that only knows the plain contract: never one of ours.</summary>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _frame.Simulation.RefuseForeign(typeof(TAwaiter));

    /// <summary>The method waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        _frame.HasSuspended = true;
        if (typeof(TAwaiter) == typeof(Suspension))
        {
            Simulation.CheckTop(_frame.Owner, _frame);
        }
        else if (!AwaiterKind<TAwaiter>.IsOurs)
        {
            _frame.Simulation.RefuseForeign(typeof(TAwaiter));
        }
    }
}
