using CryptoSim.Simulator.Exploration.Capture;

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
            _nonDaemons += LiveFrameAt(slot) is { IsDaemon: false } ? 1 : 0;
        }
    }

    /// <summary>How it stands beyond its state.</summary>
    /// <param name="slots">Slots in the order in which a restore takes them.</param>
    internal Standing Stand(int[] slots)
    {
        int[] lane = [.. Enumerable.Range(0, _laneTail - _laneHead).Select(i => _lane[unchecked(_laneHead + i) & _laneMask])];
        int[] all = [.. Enumerable.Range(0, _slotCount)];
        return new Standing(
            slots,
            [.. _freeSlots.Take(_freeCount)],
            [.. all.Select(slot => LiveFrameAt(slot)?.Name)],
            lane,
            [.. all.Where(slot => LiveFrameAt(slot) is { ArmedKey: not 0 })]);
    }

    /// <summary>The next processes take the slots that are given, in that order.</summary>
    internal void FreeSlotsFor(Standing standing)
    {
        _slotCount = standing.Names.Length;
        standing.FreeSlots.CopyTo(_freeSlots, 0);
        _freeCount = standing.FreeSlots.Length;
        for (int i = 0; i < _freeCount; i++)
        {
            _frames[_freeSlots[i]].Frame.HasSlot = false;
        }

        for (int i = standing.Slots.Length - 1; i >= 0; i--)
        {
            _freeSlots[_freeCount++] = standing.Slots[i];
        }
    }

    /// <summary>After a restore: names, and what is pending, as they were.</summary>
    internal void StandAs(Standing standing)
    {
        _laneHead = _laneTail = 0;
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot) is { } frame)
            {
                frame.ArmedKey = 0;
                frame.Name = standing.Names[slot];
            }
        }

        foreach (int slot in standing.Lane)
        {
            MakeReady(slot);
        }

        foreach (int slot in standing.Armed)
        {
            FrameAt(slot).ArmedKey = _nextKey | (uint)slot;
            _nextKey += SequenceStep;
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
