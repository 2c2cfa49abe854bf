using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>What the compiler calls to make an async method a <see cref="Process"/>. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ProcessBuilder
{
    private ProcessFrame _frame;

    /// <summary>Called first.</summary>
    public static ProcessBuilder Create() => default;

    /// <summary>The handle that the caller of the method gets.</summary>
    public readonly Process Task => _frame.Simulation.HandleOf(_frame);

    /// <summary>Copies the state machine into a pooled frame and makes the process ready; nothing of it runs yet.</summary>
    public void Start<TStateMachine>(ref TStateMachine machine)
        where TStateMachine : IAsyncStateMachine
    {
        var simulation = Simulation.Current;
        var frame = simulation.RentProcess<TStateMachine>();
        _frame = frame;
        frame.Machine = machine;
        simulation.Admit(frame);
    }

    /// <summary>Never needed: the machine lives in its frame from the start.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine machine) => _ = _frame;

    /// <summary>The method returned.</summary>
    public readonly void SetResult() => _frame.Simulation.Finish(_frame);

    /// <summary>The method threw: the run ends as a fault.</summary>
    public readonly void SetException(Exception exception) => _frame.Simulation.FailWith(_frame, exception);

    /// <summary>The method waits for something that only knows the plain contract: never one of ours.</summary>
    public readonly void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _frame.Simulation.RefuseForeign(typeof(TAwaiter));

    /// <summary>The method waits. The engine call before it has registered the process, so nothing is left to do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
    {
        if (typeof(TAwaiter) == typeof(Suspension))
        {
            Simulation.CheckTop(_frame, _frame);
        }
        else if (!AwaiterKind<TAwaiter>.IsOurs)
        {
            _frame.Simulation.RefuseForeign(typeof(TAwaiter));
        }
    }
}

/// <summary>Whether the engine resumes an awaiter of this type.</summary>
internal static class AwaiterKind<TAwaiter>
{
    internal static readonly bool IsOurs = typeof(IEngineAwaiter).IsAssignableFrom(typeof(TAwaiter));
}
