using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CryptoSim.Simulator;

/// <summary>The frame of a nested coroutine: it stands on top of its process while it runs.</summary>
internal abstract class OperationFrame(Simulation simulation, int pool) : Frame(simulation, pool)
{
    internal ProcessFrame Owner = null!;
    internal Frame Parent = null!;
    [NotState]
    internal ExceptionDispatchInfo? Thrown;
    internal bool IsDone;
    internal bool HasSuspended;

    internal override ProcessFrame Root => Owner;

    /// <summary>Enters: from now on stepping the process steps this frame.</summary>
    internal void Push()
    {
        Owner = Simulation.CurrentFrame;
        Parent = Owner.Top;
        IsDone = false;
        HasSuspended = false;
        Owner.Top = this;
    }

    /// <summary>Leaves; the caller goes on at once if it was given up on an earlier wait.</summary>
    internal void Pop()
    {
        IsDone = true;
        Owner.Top = Parent;
        if (HasSuspended)
        {
            Parent.Step();
        }
    }

    /// <summary>Back to the pool; throws what the coroutine threw.</summary>
    internal void End()
    {
        var thrown = Thrown;
        Thrown = null;
        Recycle();
        thrown?.Throw();
    }
}

/// <inheritdoc/>
internal abstract class OperationFrame<T>(Simulation simulation, int pool) : OperationFrame(simulation, pool)
{
    internal T Result = default!;

    internal T TakeResult()
    {
        var result = Result;
        Result = default!;
        End();
        return result;
    }
}

/// <inheritdoc/>
internal sealed class VoidOperationFrame<TStateMachine>(Simulation simulation, int pool) : OperationFrame(simulation, pool)
    where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine Machine = default!;

    internal override Type StateMachine => typeof(TStateMachine);

    internal override int Location => MachineState<TStateMachine>.Of(ref Machine);

    internal override void Step() => Machine.MoveNext();

    internal override void Recycle()
    {
        Machine = default!;
        Simulation.ReturnToPool(this);
    }
}

/// <inheritdoc/>
internal sealed class ValueOperationFrame<TStateMachine, T>(Simulation simulation, int pool) : OperationFrame<T>(simulation, pool)
    where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine Machine = default!;

    internal override Type StateMachine => typeof(TStateMachine);

    internal override int Location => MachineState<TStateMachine>.Of(ref Machine);

    internal override void Step() => Machine.MoveNext();

    internal override void Recycle()
    {
        Machine = default!;
        Result = default!;
        Simulation.ReturnToPool(this);
    }
}
