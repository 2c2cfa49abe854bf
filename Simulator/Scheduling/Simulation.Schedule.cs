using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoSim.Simulator;

/// <content>What is due when: the calendar, and the lane of what is due now.</content>
public sealed partial class Simulation
{
    private const int PriorityShift = 60;
    private const ulong DefaultPriority = 8UL << PriorityShift;
    private const ulong AfterDefault = 9UL << PriorityShift;
    private const ulong SequenceStep = 1UL << SlotBits;
    private const ulong FirstKey = DefaultPriority | SequenceStep;
    private const ulong PriorityMask = 15UL << PriorityShift;
    private const ulong SlotMask = MaxSlots - 1;

    private Calendar _calendar;
    private ulong _nextKey = FirstKey;   // default priority and the next sequence number
    private int _stale;
    private int[] _lane = new int[256];
    private int _laneMask = 255;
    private int _laneHead;
    private int _laneTail;

    /// <summary>Calendar entries, live and stale.</summary>
    internal int ArmedEntries => _calendar.Count;

    /// <summary>For tests of the limit on timed events.</summary>
    internal void SkipSequenceNumbers(ulong count) => _nextKey += count << SlotBits;

    /// <summary>The process runs at the end of this instant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MakeReady(int slot)
    {
        unchecked
        {
            int tail = _laneTail;
            if (tail - _laneHead > _laneMask)
            {
                tail = GrowLane();
            }

            LanePlace(tail) = slot;
            _laneTail = tail + 1;
        }
    }

    /// <summary>The process runs after a delay; zero means at the end of this instant.</summary>
    /// <remarks>The slot is passed beside the frame that knows it: reading it there would put a load into the chain from event to event.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Schedule(ProcessFrame frame, int slot, long picoseconds)
    {
        if (picoseconds > 0)
        {
            Arm(frame, slot, unchecked(_now + picoseconds));
        }
        else if (picoseconds == 0)
        {
            MakeReady(slot);
        }
        else
        {
            throw new ArgumentOutOfRangeException(nameof(picoseconds), picoseconds, "a delay cannot be negative");
        }
    }

    /// <summary>The wait of a process ends at the latest after this.</summary>
    internal void ArmTimeout(ProcessFrame frame, Duration timeout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(timeout.Picoseconds, nameof(timeout));
        ArmSoon(frame, checked(_now + timeout.Picoseconds), DefaultPriority);
    }

    /// <summary>Takes back what is armed for a process; the entry goes stale where it lies.</summary>
    internal void Disarm(ProcessFrame frame)
    {
        if (frame.ArmedKey == 0)
        {
            return;
        }

        frame.ArmedKey = 0;
        _stale++;
        if (_stale > 64 && _stale > _calendar.Count >> 1)
        {
            _calendar.RemoveStale(this);
            _stale = 0;
        }
    }

    internal bool IsLive(ulong key) => _frames[(int)(key & SlotMask)].Frame.ArmedKey == key;

    /// <summary>A place in the ready order; for choosers.</summary>
    internal Process ReadyAt(int index) => HandleOf(_frames[_lane[unchecked(_laneHead + index) & _laneMask]].Frame);

    /// <summary>Arms for a later instant, with default priority.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Arm(ProcessFrame frame, int slot, long time)
    {
        unchecked
        {
            ulong key = _nextKey;
            if ((ulong)time > Calendar.LastTime || key >= AfterDefault)
            {
                RefuseToArm(time);
            }

            _nextKey = key + SequenceStep;
            key |= (uint)slot;
            frame.ArmedKey = key;
            _calendar.Push(time, key);
        }
    }

    /// <summary>Arms for an instant that may be this one, with any priority.</summary>
    private void ArmSoon(ProcessFrame frame, long time, ulong priority)
    {
        ulong key = _nextKey;
        if (time > Calendar.LastTime || key >= AfterDefault)
        {
            RefuseToArm(time);
        }

        _nextKey = key + SequenceStep;
        key = priority | (key & ~PriorityMask) | (uint)frame.Slot;
        frame.ArmedKey = key;
        _calendar.Push(time, key);
        if (time == _now)
        {
            LookAtCalendarAgain();
        }
    }

    private static void RefuseToArm(long time)
    {
        if (unchecked((ulong)time) > Calendar.LastTime)
        {
            throw new OverflowException("the virtual clock ends after about 106 days");
        }

        throw new InvalidOperationException("more than 2^40 timed events in one run");
    }

    /// <summary>A place of the ring; the mask keeps it inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int LanePlace(int number) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lane), number & _laneMask);

    /// <summary>Doubles the ring; returns its new tail.</summary>
    private int GrowLane()
    {
        unchecked
        {
            var larger = new int[_lane.Length * 2];
            int count = _laneTail - _laneHead;
            for (int i = 0; i < count; i++)
            {
                larger[i] = _lane[(_laneHead + i) & _laneMask];
            }

            _lane = larger;
            _laneMask = larger.Length - 1;
            _laneHead = 0;
            _laneTail = count;
            return count;
        }
    }
}
