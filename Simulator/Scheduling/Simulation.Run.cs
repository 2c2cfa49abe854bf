using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CryptoSim.Simulator;

/// <content>The run loop.</content>
public sealed unsafe partial class Simulation
{
    private long _stopAt;         // event count at which the loop hands over to Decide; never too high, at worst too low
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
            FailWith(_currentSlot < 0 ? null : _frames[_currentSlot].Frame, thrown);
            Decide();
        }

        _currentSlot = -1;
        return HasEnded ? RunState.Ended : RunState.Running;
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
        while (_events < _stopAt)
        {
            if (_laneHead != _laneTail)
            {
                StepInstant<TTrace, THash>(ref trace);
                continue;
            }

            if (!_calendar.TryPop(out long time, out ulong key))
            {
                return LoopStop.Dry;
            }

            var frame = FrameAt((int)(key & SlotMask));
            if (frame.ArmedKey != key)
            {
                _stale = unchecked(_stale - 1);
                continue;
            }

            if (time != _now && !MoveClock(time))
            {
                _calendar.Push(time, key);
                return LoopStop.Barrier;
            }

            StepDue<TTrace, THash>(ref trace, frame, (int)(key & SlotMask));
        }

        return LoopStop.Mark;
    }

    /// <summary>With many processes each frame is a cache miss: fetch the next one while this one runs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchNext()
    {
        if (Sse.IsSupported)
        {
            nint address = Unsafe.As<ProcessFrame, nint>(ref _frames[(int)(_calendar.LikelyNextKey() & SlotMask)].Frame);
            Sse.Prefetch0((byte*)address + 64);
            Sse.Prefetch0((byte*)address + 128);
            Sse.Prefetch0((byte*)address);
        }
    }

    /// <summary>The lane holds something: what the calendar has for this instant is older and goes first; then the lane, to its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StepInstant<TTrace, THash>(ref TTrace trace)
        where TTrace : struct, ITrace
        where THash : struct
    {
        _stopAt = Math.Min(_hardStop, Sum(_instantStart, _perInstant));
        while (_calendar.TryPeek(out long time, out ulong key) && time == _now && key < AfterDefault && _events < _stopAt)
        {
            _calendar.TryPop(out _, out _);
            int slot = (int)(key & SlotMask);
            var frame = FrameAt(slot);
            if (frame.ArmedKey != key)
            {
                _stale = unchecked(_stale - 1);
                continue;
            }

            StepDue<TTrace, THash>(ref trace, frame, slot);
        }

        while (_laneHead != _laneTail && _events < _stopAt)
        {
            int slot = LanePlace(_laneHead);
            _laneHead = unchecked(_laneHead + 1);
            Step<TTrace, THash>(ref trace, FrameAt(slot), slot);
        }
    }

    /// <summary>The clock goes to a later instant; false when it must not pass the mark before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MoveClock(long time)
    {
        if (time > _lastTime)
        {
            return false;
        }

        _now = time;
        _instantStart = _events;
        return true;
    }

    /// <summary>The armed time of a process has come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expire(ProcessFrame frame)
    {
        frame.ArmedKey = 0;
        if (frame.WaitingOn is not null)
        {
            EndByTimeout(frame);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StepDue<TTrace, THash>(ref TTrace trace, ProcessFrame frame, int slot)
        where TTrace : struct, ITrace
        where THash : struct
    {
        Expire(frame);
        if (_calendar.IsLarge)
        {
            PrefetchNext();
        }

        Step<TTrace, THash>(ref trace, frame, slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<TTrace, THash>(ref TTrace trace, ProcessFrame frame, int slot)
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
        if (frame.Wake == Wake.Signalled)
        {
            frame.Top.Step();
        }
        else
        {
            StepTelling(frame);
        }
    }

    /// <summary>A step after a timeout or an interrupt: only then the result of the wait has to be set, and to be taken back.</summary>
    private void StepTelling(ProcessFrame frame)
    {
        *_lastWake = frame.Wake;
        frame.Wake = Wake.Signalled;
        frame.Top.Step();
        *_lastWake = Wake.Signalled;
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
            int slot = TakeFromLane(choice);
            Step<TTrace, Hashed>(ref trace, _frames[slot].Frame, slot);
        }

        return LoopStop.Mark;
    }

    /// <summary>Moves what the calendar holds for this instant into the lane; when there is nothing at all, moves the clock first.</summary>
    private LoopStop CollectDue()
    {
        while (_calendar.TryPeek(out long time, out ulong key) && (time == _now || _laneHead == _laneTail))
        {
            var frame = _frames[(int)(key & SlotMask)].Frame;
            if (frame.ArmedKey != key)
            {
                _calendar.TryPop(out _, out _);
                _stale--;
                continue;
            }

            if (time != _now && !MoveClock(time))
            {
                return LoopStop.Barrier;
            }

            _calendar.TryPop(out _, out _);
            Expire(frame);
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
