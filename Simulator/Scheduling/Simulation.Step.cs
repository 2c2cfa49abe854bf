using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator;

/// <content>Stepping by hand: whoever explores decides who goes next, whatever is due when.</content>
public sealed unsafe partial class Simulation
{
    /// <summary>Fills in the slots of everything pending, in the order of the lane, then by slot: each may be stepped next.</summary>
    internal void CollectPending(List<int> slots)
    {
        slots.Clear();
        for (int i = _laneHead; i != _laneTail; i = unchecked(i + 1))
        {
            slots.Add(_lane[i & _laneMask]);
        }

        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot) is { ArmedKey: not 0 })
            {
                slots.Add(slot);
            }
        }
    }

    /// <summary>True while some process can go on by itself, now or later; what waits for others does not count.</summary>
    public bool IsAnythingPending
    {
        get
        {
            if (_laneHead != _laneTail)
            {
                return true;
            }

            for (int slot = 0; slot < _slotCount; slot++)
            {
                if (LiveFrameAt(slot) is { ArmedKey: not 0 })
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>True when the process may be stepped.</summary>
    internal bool IsPending(ProcessFrame frame) => frame.ArmedKey != 0 || IsInLane(frame.Slot);

    /// <summary>The process in a slot.</summary>
    internal Process ProcessAt(int slot) => HandleOf(FrameAt(slot));

    /// <summary>Processes that must return before all work is done.</summary>
    internal int NonDaemons => _nonDaemons;

    /// <summary>True when the slot's process is ready now, false when it waits for a delay or a timeout to pass.</summary>
    internal bool IsInLane(int slot) => PlaceInLane(slot) >= 0;

    /// <summary>[ps] When the pending step of a slot is due.</summary>
    internal long DueOf(int slot) => IsInLane(slot) ? _now : _calendar.TimeOf(FrameAt(slot).ArmedKey);

    /// <summary>The live calendar key of a slot; 0 when its process is ready now.</summary>
    internal ulong KeyOf(int slot) => IsInLane(slot) ? 0 : FrameAt(slot).ArmedKey;

    /// <summary>Sets the clock, for a run that puts its steps in time. What was due before becomes due now, in the order in which it was scheduled, so that the clock never goes back.</summary>
    internal void SetClock(long picoseconds)
    {
        _instantStart = picoseconds == _now ? _instantStart : _events;
        _now = picoseconds;
        while (_calendar.TryPeek(out long time, out ulong key) && time < picoseconds)
        {
            _calendar.TryPop(out _, out _);
            if (IsLive(key))
            {
                _calendar.Push(picoseconds, key);
            }
            else
            {
                _stale--;
            }
        }
    }

    /// <summary>The slot that an ordinary run would step next: what the calendar holds for this instant, then the lane, then what comes first; -1 when nothing is pending.</summary>
    internal int NextInOrder()
    {
        while (_calendar.TryPeek(out _, out ulong stale) && !IsLive(stale))
        {
            _calendar.TryPop(out _, out _);
            _stale--;
        }

        bool armed = _calendar.TryPeek(out long time, out ulong key);
        bool ready = _laneHead != _laneTail;
        return armed && (!ready || (time <= _now && key < AfterDefault)) ? (int)(key & SlotMask)
            : ready ? LanePlace(_laneHead) : -1;
    }

    /// <summary>Steps taken by hand so far, before and after restores alike; 0 in an ordinary run.</summary>
    internal long HandSteps { get; private set; }

    /// <summary>Steps the process in a slot whose step is pending, now.</summary>
    /// <returns>True when the run is over.</returns>
    internal bool StepPending(int slot)
    {
        s_current = this;
        HandSteps++;
        var frame = TakePending(slot);
        var trace = default(NoTrace);
        try
        {
            Step<NoTrace, Hashed>(ref trace, frame, slot);
        }
        catch (Exception thrown)
        {
            FailWith(frame, thrown);
        }

        _currentSlot = -1;
        return EndIsDecided();
    }

    /// <summary>Runs the first steps of all daemons, in their order: drivers and kernel threads are up before the first work comes.</summary>
    internal void Boot()
    {
        s_current = this;
        for (int i = 0; i < unchecked(_laneTail - _laneHead);)
        {
            int slot = _lane[unchecked(_laneHead + i) & _laneMask];
            if (FrameAt(slot).IsDaemon && _events < MaxSlots)
            {
                StepPending(slot);
            }
            else
            {
                i++;
            }
        }
    }

    /// <summary>The pending step of a slot is about to be taken.</summary>
    private ProcessFrame TakePending(int slot)
    {
        int place = PlaceInLane(slot);
        var frame = FrameAt(slot);
        if (place >= 0)
        {
            TakeFromLane(place);
        }
        else
        {
            Expire(frame);
        }

        return frame;
    }

    /// <summary>Nothing is pending: ends the run as dry, as the run loop would.</summary>
    internal void EndDryByHand() => EndDry();

    /// <summary>Ends a run by hand as a livelock if it took so many steps at this instant.</summary>
    internal bool EndAsLivelockByHand(long least)
    {
        if (_events - _instantStart < least)
        {
            return false;
        }

        EndAsLivelock();
        return true;
    }

    /// <summary>Ends a run by hand that goes on for too long.</summary>
    internal void EndAtStepLimit(long steps) => EndAtLimit($"the limit of {steps} steps was reached");

    private int PlaceInLane(int slot)
    {
        for (int i = _laneHead; i != _laneTail; i = unchecked(i + 1))
        {
            if (_lane[i & _laneMask] == slot)
            {
                return unchecked(i - _laneHead);
            }
        }

        return -1;
    }
}
