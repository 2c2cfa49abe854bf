using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <content>The run loop.</content>
public sealed partial class Simulation
{
    private long _stopAt;         // event count at which the loop hands over to Decide
    private long _hardStop;       // the part of it that does not move with the clock
    private long _instantStart;   // event count when the clock last moved
    private long _perInstant;
    private long _lastTime;       // [ps] the loop hands over before the clock passes this

    private enum LoopStop
    {
        /// <summary>The event count reached its mark.</summary>
        Mark,

        /// <summary>Nothing is scheduled any more.</summary>
        Dry,

        /// <summary>The next event lies beyond _lastTime.</summary>
        Barrier,
    }

    /// <summary>True while anything is due, now or later.</summary>
    internal bool HasPendingEvents => _laneHead != _laneTail || _calendar.Count > _stale;

    /// <summary>Runs to the end, with default limits.</summary>
    public Outcome Run() => Run(new RunLimits()) == RunState.Ended ? Outcome : throw new InvalidOperationException("the run did not end");

    /// <summary>Steps processes until the run ends or <paramref name="maxEvents"/> are used up.</summary>
    /// <param name="limits">Where the run ends at the latest.</param>
    /// <param name="maxEvents">Events in this call; the caller looks after cancelling and progress in between.</param>
    public RunState Run(in RunLimits limits, long maxEvents = long.MaxValue)
    {
        var trace = default(NoTrace);
        var chooser = default(NoChooser);
        return Run(limits, ref trace, ref chooser, maxEvents);
    }

    /// <summary>The same with hooks that are compiled into the loop: see <see cref="NoTrace"/> and <see cref="NoChooser"/> for none.</summary>
    /// <typeparam name="TTrace">Sees every event.</typeparam>
    /// <typeparam name="TChooser">Picks among the processes that are ready at one instant.</typeparam>
    /// <param name="limits">Where the run ends at the latest.</param>
    /// <param name="trace">The hook's state.</param>
    /// <param name="chooser">The chooser's state.</param>
    /// <param name="maxEvents">Events in this call.</param>
    public RunState Run<TTrace, TChooser>(in RunLimits limits, ref TTrace trace, ref TChooser chooser, long maxEvents = long.MaxValue)
        where TTrace : struct, ITrace
        where TChooser : struct, IChooser
    {
        s_current = this;
        BeginCall(limits, maxEvents);
        try
        {
            while (Decide())
            {
                Hand(Loop(ref trace, ref chooser));
            }
        }
        catch (Exception thrown)
        {
            FailWith(_currentSlot < 0 ? null : _frames[_currentSlot], thrown);
            Decide();
        }

        _currentSlot = -1;
        return _outcome is null ? RunState.Running : RunState.Ended;
    }

    private LoopStop Loop<TTrace, TChooser>(ref TTrace trace, ref TChooser chooser)
        where TTrace : struct, ITrace
        where TChooser : struct, IChooser
    {
        if (typeof(TChooser) == typeof(NoChooser))
        {
            return _hashOrder ? StepAll<TTrace, Hashed>(ref trace) : StepAll<TTrace, Unhashed>(ref trace);
        }

        return StepChosen(ref trace, ref chooser);
    }

    /// <summary>The order of one instant: what the calendar holds for it (older), then the lane, then the clock moves on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LoopStop StepAll<TTrace, THash>(ref TTrace trace)
        where TTrace : struct, ITrace
        where THash : struct
    {
        while (true)
        {
            while (_calendar.Count > 0 && _calendar.TopTime == _now && _calendar.TopKey < AfterDefault)
            {
                if (_events >= _stopAt)
                {
                    return LoopStop.Mark;
                }

                _calendar.TryPop(out long now, out ulong due);
                StepDue<TTrace, THash>(ref trace, now, due);
            }

            while (_laneHead != _laneTail)
            {
                if (_events >= _stopAt)
                {
                    return LoopStop.Mark;
                }

                int slot = _lane[_laneHead & _laneMask];
                _laneHead = unchecked(_laneHead + 1);
                Step<TTrace, THash>(ref trace, slot);
            }

            if (_events >= _stopAt)
            {
                return LoopStop.Mark;
            }

            if (!_calendar.TryPop(out long time, out ulong key))
            {
                return LoopStop.Dry;
            }

            if (!IsLive(key))
            {
                _stale = unchecked(_stale - 1);
                continue;
            }

            if (time > _lastTime)
            {
                _calendar.Push(time, key);
                return LoopStop.Barrier;
            }

            MoveClock(time);
            StepDue<TTrace, THash>(ref trace, time, key);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveClock(long time)
    {
        if (time != _now)
        {
            _now = time;
            _instantStart = _events;
            _stopAt = Math.Min(_hardStop, unchecked(_events + _perInstant));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StepDue<TTrace, THash>(ref TTrace trace, long time, ulong key)
        where TTrace : struct, ITrace
        where THash : struct
    {
        int slot = (int)(key & SlotMask);
        var frame = _frames[slot];
        if (frame.ArmedKey != key)
        {
            _stale = unchecked(_stale - 1);
            return;
        }

        frame.ArmedKey = 0;
        if (frame.WaitingOn is not null)
        {
            EndByTimeout(frame);
        }

        Step<TTrace, THash>(ref trace, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<TTrace, THash>(ref TTrace trace, int slot)
        where TTrace : struct, ITrace
        where THash : struct
    {
        _events = unchecked(_events + 1);
        if (typeof(THash) == typeof(Hashed))
        {
            _order.Add(_now, slot);
        }

        trace.OnEvent(_now, slot);
        _currentSlot = slot;
        _frames[slot].Top.Step();
    }

    /// <summary>Everything due at one instant is open to choice; the clock moves when nothing is.</summary>
    private LoopStop StepChosen<TTrace, TChooser>(ref TTrace trace, ref TChooser chooser)
        where TTrace : struct, ITrace
        where TChooser : struct, IChooser
    {
        while (_events < _stopAt)
        {
            var stop = CollectDue();
            if (stop != LoopStop.Mark)
            {
                return stop;
            }

            int count = unchecked(_laneTail - _laneHead);
            int choice = count == 1 ? 0 : chooser.Choose(new ReadySet(this, count));
            Step<TTrace, Hashed>(ref trace, TakeFromLane(choice));
        }

        return LoopStop.Mark;
    }

    /// <summary>Moves what the calendar holds for this instant into the lane; when there is nothing at all, moves the clock first.</summary>
    private LoopStop CollectDue()
    {
        while (_calendar.Count > 0 && (_laneHead == _laneTail || _calendar.TopTime == _now))
        {
            _calendar.TryPop(out long time, out ulong key);
            var frame = _frames[(int)(key & SlotMask)];
            if (frame.ArmedKey != key)
            {
                _stale--;
                continue;
            }

            if (time > _lastTime)
            {
                _calendar.Push(time, key);
                return LoopStop.Barrier;
            }

            MoveClock(time);
            frame.ArmedKey = 0;
            if (frame.WaitingOn is not null)
            {
                EndByTimeout(frame);
            }

            MakeReady(frame.Slot);
        }

        return _laneHead == _laneTail ? LoopStop.Dry : LoopStop.Mark;
    }

    private int TakeFromLane(int choice)
    {
        unchecked
        {
            int chosen = _lane[(_laneHead + choice) & _laneMask];
            for (int i = choice; i > 0; i--)
            {
                _lane[(_laneHead + i) & _laneMask] = _lane[(_laneHead + i - 1) & _laneMask];
            }

            _laneHead++;
            return chosen;
        }
    }

    private static void EndByTimeout(ProcessFrame frame)
    {
        frame.WaitingOn!.Leave(frame);
        frame.Wake = Wake.TimedOut;
    }

    private struct Hashed;

    private struct Unhashed;
}
