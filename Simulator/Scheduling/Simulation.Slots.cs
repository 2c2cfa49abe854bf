using System.Runtime.CompilerServices;

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
    private FramePlace<Frame>[] _pools = new FramePlace<Frame>[64];   // each the head of a list; empty: null

    /// <summary>The frame of the process that is being stepped.</summary>
    internal ProcessFrame CurrentFrame
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var frames = _frames;
            int slot = _currentSlot;
            return unchecked((uint)slot < (uint)frames.Length) ? frames[slot].Frame : NoProcess();
        }
    }

    /// <summary>Slots in use or used before: those of live processes lie below.</summary>
    internal int SlotCount => _slotCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ProcessFrame FrameAt(int slot) => _frames[slot].Frame;

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

    internal void ReturnToPool(Frame frame)
    {
        ref var pool = ref _pools[frame.Pool].Frame;
        frame.NextInPool = pool;
        pool = frame;
    }

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
        _frames[slot].Frame = frame;
    }

    internal void ReleaseSlot(ProcessFrame frame)
    {
        int slot = frame.Slot;
        unchecked
        {
            _generations[slot]++;
        }

        _frames[slot].Frame = EmptySlot.Instance;
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

        var frame = _pools[pool].Frame;
        if (frame is not null)
        {
            _pools[pool].Frame = frame.NextInPool!;
        }

        return frame;
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
            var frame = _frames[slot].Frame;
            if (frame is EmptySlot)
            {
                continue;
            }

            RecycleOperations(frame);
            unchecked
            {
                _generations[slot]++;
            }

            _frames[slot].Frame = EmptySlot.Instance;
            frame.Recycle();
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
    }

    private static ProcessFrame NoProcess() => throw new InvalidOperationException("an engine call that waits was made outside of a process");

    /// <summary>Stands in a slot that nobody has; never stepped, because nothing is armed for it.</summary>
    private sealed class EmptySlot : ProcessFrame
    {
        internal static readonly EmptySlot Instance = new();

        private EmptySlot()
            : base(null!, -1)
        {
        }

        internal override Type StateMachine => typeof(EmptySlot);

        internal override void Step() => throw new InvalidOperationException("stepped an empty slot");

        internal override void Recycle()
        {
        }
    }
}
