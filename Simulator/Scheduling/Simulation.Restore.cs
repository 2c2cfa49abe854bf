namespace CryptoSim.Simulator;

/// <content>Being put into a captured state.</content>
public sealed unsafe partial class Simulation
{
    /// <summary>Counts for each process how often it is in the lane.</summary>
    internal void CountLane()
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            _frames[slot].Frame.InLane = 0;
        }

        for (int i = _laneHead; i != _laneTail; i = unchecked(i + 1))
        {
            var frame = _frames[_lane[i & _laneMask]].Frame;
            frame.InLane = checked((byte)(frame.InLane + 1));
        }
    }

    /// <summary>Gives every process that has none the smallest number that no live process has, in the order of their slots.</summary>
    internal void AssignIdentities()
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot) is { Identity: 0 } frame)
            {
                int free = 1;
                while (HasIdentity(free))
                {
                    free++;
                }

                frame.Identity = free;
            }
        }
    }

    private bool HasIdentity(int identity)
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot)?.Identity == identity)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets everything that runs, without touching it: it may be used again for the state to come.</summary>
    internal void BeginRestore()
    {
        s_current = this;
        _slotCount = _freeCount = _nonDaemons = 0;
        _currentSlot = -1;
        _laneHead = _laneTail = 0;
        _nextKey = FirstKey;
        _stale = 0;
        *_lastWake = Wake.Signalled;
        if (_calendar.HasEntries)
        {
            _calendar.Clear();
        }

        for (int pool = 0; pool < _pools.Length; pool++)
        {
            _pools[pool].Forget();
        }

        ResetEnding();
    }

    /// <summary>All processes have their slots and states.</summary>
    internal void EndRestore()
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            _nonDaemons += _frames[slot].Frame.IsDaemon ? 0 : 1;
        }
    }

    /// <summary>What is pending of a restored process. It is not in the calendar: whoever restores steps by hand.</summary>
    internal void RestorePending(ProcessFrame frame, bool isArmed, int inLane)
    {
        frame.ArmedKey = 0;
        if (isArmed)
        {
            frame.ArmedKey = _nextKey | (uint)frame.Slot;
            _nextKey += SequenceStep;
        }

        for (int i = 0; i < inLane; i++)
        {
            MakeReady(frame.Slot);
        }
    }
}
