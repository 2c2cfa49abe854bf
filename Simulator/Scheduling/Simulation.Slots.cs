using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoSim.Simulator;

/// <content>Slots, pools and handles.</content>
public sealed partial class Simulation
{
    /// <summary>Bits of a slot number in a calendar key.</summary>
    internal const int SlotBits = 20;

    /// <summary>The most processes alive at one time.</summary>
    internal const int MaxSlots = 1 << SlotBits;

    private readonly List<IResettable> _resettables = [];
    private FramePlace<ProcessFrame>[] _frames;
    private int[] _generations;
    private int[] _freeSlots;
    private int _freeCount;
    private int _slotCount;
    private int _currentSlot = -1;
    private int _nonDaemons;
    private FrameStack[] _pools = new FrameStack[64];

    /// <summary>The frame of the process that is being stepped.</summary>
    internal ProcessFrame CurrentFrame
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            int slot = _currentSlot;
            return slot >= 0 ? FrameAt(slot) : NoProcess();
        }
    }

    /// <summary>Slots in use or used before: those of live processes lie below.</summary>
    internal int SlotCount => _slotCount;

    /// <summary>The frame that was last in a slot that the engine itself handed out: no check of the index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ProcessFrame FrameAt(int slot) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_frames), slot).Frame;

    /// <summary>The frame that has a slot below <see cref="SlotCount"/> now; null when none has.</summary>
    internal ProcessFrame? LiveFrameAt(int slot) => _frames[slot].Frame is { HasSlot: true } frame && frame.Slot == slot ? frame : null;

    internal int Generation(int slot) => _generations[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Process HandleOf(ProcessFrame frame) => new(this, frame.Slot, _generations[frame.Slot]);

    internal ProcessFrame<TStateMachine> RentProcess<TStateMachine>()
        where TStateMachine : IAsyncStateMachine
    {
        int pool = ProcessPool<TStateMachine>.Index;
        return Rent(pool) is { } frame ? Unsafe.As<ProcessFrame<TStateMachine>>(frame) : new ProcessFrame<TStateMachine>(this, pool);
    }

    internal VoidOperationFrame<TStateMachine> RentOperation<TStateMachine>()
        where TStateMachine : IAsyncStateMachine
    {
        int pool = OperationPool<TStateMachine>.Index;
        return Rent(pool) is { } frame ? Unsafe.As<VoidOperationFrame<TStateMachine>>(frame) : new VoidOperationFrame<TStateMachine>(this, pool);
    }

    internal ValueOperationFrame<TStateMachine, T> RentOperation<TStateMachine, T>()
        where TStateMachine : IAsyncStateMachine
    {
        int pool = OperationPool<TStateMachine>.Index;
        return Rent(pool) is { } frame
            ? Unsafe.As<ValueOperationFrame<TStateMachine, T>>(frame)
            : new ValueOperationFrame<TStateMachine, T>(this, pool);
    }

    internal void ReturnToPool(Frame frame) => _pools[frame.Pool].Put(frame);

    /// <summary>A new process: gets a slot and runs its first step later in this instant.</summary>
    internal void Admit(ProcessFrame frame)
    {
        frame.Begin();
        TakeSlot(frame);
        _nonDaemons = unchecked(_nonDaemons + 1);
        MakeReady(frame.Slot);
    }

    /// <summary>A process returned.</summary>
    internal void Finish(ProcessFrame frame)
    {
        if (frame.ArmedKey != 0 || frame.WaitingOn is not null)
        {
            FailWith(frame, AwaitIsMissing());
            return;
        }

        ReleaseSlot(frame);
        if (!frame.IsDaemon)
        {
            LeaveCount();
        }

        frame.Recycle();
    }

    internal void TakeSlot(ProcessFrame frame)
    {
        int slot;
        if (_freeCount > 0)
        {
            _freeCount = unchecked(_freeCount - 1);
            slot = _freeSlots[_freeCount];
        }
        else
        {
            if (_slotCount == _frames.Length)
            {
                GrowSlots();
            }

            slot = _slotCount++;
        }

        frame.Slot = slot;
        frame.HasSlot = true;
        ref var place = ref _frames[slot];
        if (!ReferenceEquals(place.Frame, frame))
        {
            place.Frame = frame;
        }
    }

    internal void ReleaseSlot(ProcessFrame frame)
    {
        int slot = frame.Slot;
        unchecked
        {
            _generations[slot]++;
        }

        frame.HasSlot = false;
        frame.ArmedKey = 0;
        frame.Identity = 0;
        _freeSlots[_freeCount] = slot;
        _freeCount = unchecked(_freeCount + 1);
    }

    /// <summary>Primitives made while the model is built live as long as the simulation; those made during a run belong to that run.</summary>
    internal void RegisterOwn(IResettable resettable)
    {
        if (_currentSlot < 0)
        {
            _resettables.Add(resettable);
        }
    }

    private Frame? Rent(int pool)
    {
        if (pool >= _pools.Length)
        {
            Array.Resize(ref _pools, Math.Max(FramePools.Count, _pools.Length * 2));
        }

        return _pools[pool].Take();
    }

    private void LeaveCount()
    {
        _nonDaemons = unchecked(_nonDaemons - 1);
        if (_nonDaemons == 0)
        {
            StopAfterThisStep();
        }
    }

    private void GrowSlots()
    {
        if (_slotCount >= MaxSlots)
        {
            throw new InvalidOperationException($"more than 2^{SlotBits} ({MaxSlots}) processes and timers alive at one time");
        }

        int size = Math.Min(_slotCount * 2, MaxSlots);
        Array.Resize(ref _frames, size);
        Array.Resize(ref _generations, size);
        Array.Resize(ref _freeSlots, size);
    }

    private void RecycleAll()
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot) is { } frame)
            {
                RecycleOperations(frame);
                frame.HasSlot = false;
                frame.ArmedKey = 0;
                _generations[slot] = unchecked(_generations[slot] + 1);
                frame.Recycle();
            }
        }

        _slotCount = _freeCount = 0;
        _nonDaemons = 0;
        _currentSlot = -1;
    }

    private static void RecycleOperations(ProcessFrame frame)
    {
        var top = frame.Top;
        while (top is OperationFrame operation)
        {
            top = operation.Parent;
            operation.Thrown = null;
            operation.Recycle();
        }

        if (!ReferenceEquals(frame.Top, frame))
        {
            frame.Top = frame;
        }
    }

    private static ProcessFrame NoProcess() => throw new InvalidOperationException("an engine call that waits was made outside of a process");
}
