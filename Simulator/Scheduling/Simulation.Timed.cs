using System.Globalization;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator;

/// <content>A run whose first steps are given, with instants; its limits, its watch for hung processes and its end are those of every run.</content>
public sealed partial class Simulation
{
    /// <summary>Steps processes in a given order until that is through, then in the ordinary one. A step that cannot be taken is a fault of the rule <c>timing</c>.</summary>
    /// <param name="limits">Where the run ends at the latest.</param>
    /// <param name="order">The steps to begin with.</param>
    /// <param name="maxEvents">Events in this call.</param>
    public RunState RunTimed(in RunLimits limits, TimedOrder order, long maxEvents = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(order);
        s_current = this;
        if (_events == 0 && !order.IsDone)
        {
            Boot();   // as in the exploration that found the order
        }

        BeginCall(limits, maxEvents);
        try
        {
            while (!order.IsDone && Decide())
            {
                Hand(StepGiven(order));
            }
        }
        catch (Exception thrown)
        {
            FailWith(_currentSlot < 0 ? null : _frames[_currentSlot].Frame, thrown);
            Decide();
        }

        _currentSlot = -1;
        return HasEnded ? RunState.Ended : _events >= _callStop ? RunState.Running : Run(limits, _callStop - _events);
    }

    private LoopStop StepGiven(TimedOrder order)
    {
        var trace = default(NoTrace);
        while (_events < _stopAt && !order.IsDone)
        {
            var next = order.Next;
            if (next.At.Picoseconds > _lastTime)
            {
                return LoopStop.Barrier;
            }

            int slot = FindPending(next.Process);
            if (slot < 0)
            {
                RefuseStep(order);
                return LoopStop.Mark;
            }

            SetClock(next.At.Picoseconds);
            _stopAt = Math.Min(_hardStop, Sum(_instantStart, _perInstant));
            order.Advance();
            Step<NoTrace, Hashed>(ref trace, TakePending(slot), slot);
        }

        return LoopStop.Mark;
    }

    private int FindPending(string name)
    {
        var slots = new List<int>();
        CollectPending(slots);
        return slots.FindIndex(slot => StepNames.IsAt(this, slot, name)) is >= 0 and int at ? slots[at] : -1;
    }

    private void RefuseStep(TimedOrder order)
    {
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"step {order.Position + 1} is given as one of {order.Next.Process} at {new Duration(order.Next.At.Picoseconds).ToExactString()}, which has nothing to do then");
        NoteFailure(new Failure("timing", what, null, []));
    }
}
