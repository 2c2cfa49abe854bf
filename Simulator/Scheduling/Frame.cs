using System.Runtime.CompilerServices;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>A pooled box that holds one compiled state machine, so that stepping it is one virtual call and nothing is boxed later.</summary>
internal abstract class Frame(Simulation simulation, int pool)
{
    internal readonly Simulation Simulation = simulation;
    [NotState]
    internal readonly int Pool = pool;

    /// <summary>The frame of the process that this one belongs to.</summary>
    internal abstract ProcessFrame Root { get; }

    /// <summary>Runs the code up to its next wait or its end.</summary>
    internal abstract void Step();

    /// <summary>Drops the state without running it and goes back to the pool.</summary>
    internal abstract void Recycle();

    /// <summary>The compiled form of the async method.</summary>
    internal abstract Type StateMachine { get; }

    /// <summary>The number of the wait at which it stands; -1 before its first step.</summary>
    internal abstract int Location { get; }
}

/// <summary>The root frame of a process, and all that the engine knows about it.</summary>
internal abstract class ProcessFrame : Frame, ICaptured
{
    private const int LaneShift = 4;      // in the flags of a captured frame: how often it is in the lane
    private const byte HasPlace = 0x80;   // in the mark of a captured frame: its place follows

    [NotState]
    internal Frame Top;           // the innermost operation: what runs when the process is stepped; the frame itself when there is none
    [NotState]
    internal Waitable? WaitingOn;         // null: ready, running or in a delay
    [NotState]
    internal string? Name;
    [NotState]
    internal ulong ArmedKey;              // key of the live calendar entry; 0: none. Any other entry of this slot is stale
    [NotState]
    internal long Since;                  // [ps] when the wait on WaitingOn began
    [NotState]
    internal int Slot;
    [NotState]
    internal int Next = -1;               // neighbours in the queue of WaitingOn
    [NotState]
    internal int Previous = -1;
    [NotState]
    internal int Line;                    // source line of the wait
    [NotState]
    internal int Cell;                    // where a store keeps the item of this waiter
    [NotState]
    internal byte Mark;                   // the model's note on the process, e.g. its execution context [0..127]
    [NotState]
    internal int Place;                   // the model's note on where it runs, e.g. its CPU [0..]
    [NotState]
    internal Wake Wake;                   // what the next step is told; Signalled again from then on
    [NotState]
    internal bool IsDaemon;
    [NotState]
    internal int Identity;                // number of the process among the live ones of a captured state [1..]; 0: none. Captured if the writer writes identities
    [NotState]
    internal bool HasSlot;                // false between two lives: the table of slots may still point here
    [NotState]
    internal int Kind;                    // number of its kind of process; set when a state is captured
    [NotState]
    internal byte InLane;                 // how often it is in the lane; counted when a state is captured

    protected ProcessFrame(Simulation simulation, int pool)
        : base(simulation, pool) => Top = this;

    internal override ProcessFrame Root => this;

    /// <summary>What tells one kind of process from another.</summary>
    internal virtual Type KindType => GetType();

    /// <summary>The object whose method the process runs; null for a static method.</summary>
    internal virtual object? MethodOwner => null;

    /// <summary>Writes what is pending, the mark, and what is waited on.</summary>
    internal void CaptureProcess(StateWriter writer)
    {
        bool isDelayed = ArmedKey != 0;
        int inLane = HasSlot ? InLane : 0;   // only those with a slot are counted
        if (isDelayed && WaitingOn is null && !Simulation.HasInterrupted && this is not TimerFrame)
        {
            (isDelayed, inLane) = (false, inLane + 1);   // whether its time has come makes no difference to what it can do next
        }

        int flags = (isDelayed ? 1 : 0) | (IsDaemon ? 2 : 0) | ((int)Wake << 2) | (inLane << LaneShift);
        writer.Byte(checked((byte)flags));
        CaptureNotes(writer);
        if (writer.HasIdentities)
        {
            writer.Count(Identity);
        }

        writer.Reference(WaitingOn);
        CaptureFrame(writer);
    }

    /// <summary>Reads what was written; the slot is taken already.</summary>
    internal void RestoreProcess(StateReader reader)
    {
        int flags = reader.Byte();
        RestoreNotes(reader);
        Identity = reader.HasIdentities ? reader.Count() : 0;
        IsDaemon = (flags & 2) != 0;
        Wake = (Wake)((flags >> 2) & 3);
        WaitingOn = (Waitable?)reader.Reference();
        RestoreFrame(reader);
        Simulation.RestorePending(this, isArmed: (flags & 1) != 0, inLane: flags >> LaneShift);
    }

    void ICaptured.Capture(StateWriter writer) => CaptureProcess(writer);

    void ICaptured.Restore(StateReader reader) => RestoreProcess(reader);

    private void CaptureNotes(StateWriter writer)
    {
        if (Place == 0)
        {
            writer.Byte(Mark);
            return;
        }

        writer.Byte((byte)(Mark | HasPlace));
        writer.Count(Place);
    }

    private void RestoreNotes(StateReader reader)
    {
        byte mark = reader.Byte();
        Mark = (byte)(mark & ~HasPlace);
        Place = (mark & HasPlace) != 0 ? reader.Count() : 0;
    }

    protected virtual void CaptureFrame(StateWriter writer) => writer.Reference(Top);

    protected virtual void RestoreFrame(StateReader reader) => Top = (Frame)reader.Reference()!;

    /// <summary>Forgets the last life; the state machine is set by the caller.</summary>
    internal void Begin()
    {
        WaitingOn = null;
        Name = null;
        ArmedKey = 0;
        Wake = Wake.Signalled;
        Mark = 0;
        Place = 0;
        Identity = 0;
        IsDaemon = false;
    }
}

/// <inheritdoc/>
internal sealed class ProcessFrame<TStateMachine>(Simulation simulation, int pool) : ProcessFrame(simulation, pool)
    where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine Machine = default!;

    internal override Type StateMachine => typeof(TStateMachine);

    internal override int Location => MachineState<TStateMachine>.Of(ref Machine);

    internal override object? MethodOwner => typeof(TStateMachine).GetField("<>4__this")?.GetValue(Machine);

    internal override void Step() => Machine.MoveNext();

    internal override void Recycle()
    {
        Machine = default!;
        Simulation.ReturnToPool(this);
    }
}

/// <summary>Reads at which wait a compiled state machine stands.</summary>
internal static class MachineState<TStateMachine>
{
    private static readonly int Offset = FieldOffsets.Of(typeof(TStateMachine).GetField("<>1__state")!);

    internal static int Of(ref TStateMachine machine) => typeof(TStateMachine).IsValueType
        ? Unsafe.As<byte, int>(ref Unsafe.Add(ref Unsafe.As<TStateMachine, byte>(ref machine), Offset))
        : Unsafe.As<byte, int>(ref Unsafe.Add(ref RawObject.Of(machine!), Offset));
}

/// <summary>Numbers frame types, so that each simulation finds the pool of a type by index.</summary>
internal static class FramePools
{
    private static int s_count;

    internal static int Count => s_count;

    internal static int Next() => Interlocked.Increment(ref s_count) - 1;
}

/// <summary>The pool of process frames of one method; the same number in every simulation of the program.</summary>
internal static class ProcessPool<TStateMachine>
{
    internal static readonly int Index = FramePools.Next();
}

/// <summary>The pool of operation frames of one method; the same number in every simulation of the program.</summary>
internal static class OperationPool<TStateMachine>
{
    internal static readonly int Index = FramePools.Next();
}

/// <summary>Frames of one type that wait for their next use. Taking one leaves it in the table, so that putting the same one back writes nothing.</summary>
internal struct FrameStack
{
    private FramePlace<Frame>[]? _places;
    private int _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Frame? Take()
    {
        unchecked
        {
            int top = _count - 1;
            if (top < 0)
            {
                return null;
            }

            _count = top;
            return _places![top].Frame;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Put(Frame frame)
    {
        var places = _places;
        int count = _count;
        if (places is null || count == places.Length)
        {
            places = Grow();
        }

        if (!ReferenceEquals(places[count].Frame, frame))
        {
            places[count].Frame = frame;
        }

        _count = unchecked(count + 1);
    }

    internal void Forget() => _count = 0;

    private FramePlace<Frame>[] Grow()
    {
        Array.Resize(ref _places, _places is null ? 4 : _places.Length * 2);
        return _places;
    }
}

/// <summary>A place for a frame in a table: a struct, so that storing one needs no check of the array's type.</summary>
internal struct FramePlace<TFrame>
    where TFrame : Frame
{
    internal TFrame Frame;
}
