using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <content>When and how a run ends.</content>
public sealed partial class Simulation
{
    private Outcome? _outcome;
    private bool _isOver;         // an uneventful completion makes its outcome only when asked, so that a re-run allocates nothing
    private RunLimits _limits;
    private long _callStop;       // event count at which this call of Run returns
    private long _nextScan;       // [ps] when to look for hung processes next; 0: not set
    private bool _isCompleted;    // the model said so
    private Failure? _failure;
    private Exception? _unwinding;
    private readonly List<string> _unwound = [];

    private sealed record Failure(string Rule, string Message, string? Process, IReadOnlyList<string> Operations);

    /// <summary>How the run ended.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public Outcome Outcome => _outcome ??= _isOver
        ? new Outcome(End.Completed, Now, null, null, [], [])
        : throw new InvalidOperationException("the run has not ended");

    /// <summary>The rule that was broken and how, when one was.</summary>
    internal (string Rule, string Message)? Broken => _failure is null ? null : (_failure.Rule, _failure.Message);

    private bool HasEnded => _isOver || _outcome is not null;

    /// <summary>The model's work is done: the run ends after this step, as completed unless somebody is found to wait for ever.</summary>
    public void Complete()
    {
        _isCompleted = true;
        StopAfterThisStep();
    }

    /// <summary>A rule was broken: the run ends after this step as a fault of the current process. The first one counts.</summary>
    /// <param name="rule">The rule, e.g. <c>DM-C5</c>.</param>
    /// <param name="message">What happened, in a sentence.</param>
    public void Fail(string rule, string message)
    {
        var frame = _currentSlot < 0 ? null : _frames[_currentSlot].Frame;
        NoteFailure(new Failure(rule, message, frame is null ? null : ProcessNames.Of(frame), OperationsOf(frame)));
    }

    internal void FailWith(ProcessFrame? frame, Exception exception)
    {
        string? name = frame is null ? null : ProcessNames.Of(frame);
        string message = $"{name ?? "the engine"} threw {exception.GetType().Name}: {exception.Message}";
        string[] operations = ReferenceEquals(exception, _unwinding) ? [.. _unwound] : [];
        NoteFailure(new Failure(exception.GetType().Name, message, name, operations));
    }

    /// <summary>An exception leaves an operation: remember the way it came.</summary>
    internal void NoteUnwinding(OperationFrame frame, Exception exception)
    {
        if (!ReferenceEquals(exception, _unwinding))
        {
            _unwinding = exception;
            _unwound.Clear();
        }

        _unwound.Add(ProcessNames.Method(frame.StateMachine));
    }

    internal void RefuseForeign(Type awaiter)
    {
        var frame = CurrentFrame;
        string name = ProcessNames.Of(frame);
        string message = $"{name} awaits a {awaiter.Name}, which nobody in the simulation resumes: a process may await engine calls and operations only";
        NoteFailure(new Failure("foreign-await", message, name, OperationsOf(frame)));
    }

    /// <summary>Whoever gives up its turn must be on top: otherwise it started an operation and did not await it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CheckTop(ProcessFrame process, Frame waiter)
    {
        if (!ReferenceEquals(process.Top, waiter))
        {
            process.Simulation.RefuseOrphan(process);
        }
    }

    private void RefuseOrphan(ProcessFrame process)
    {
        string name = ProcessNames.Of(process);
        string message = $"{name} waits although its operation {ProcessNames.Method(process.Top.StateMachine)} has not been awaited: await an operation where it is called";
        NoteFailure(new Failure("orphan-operation", message, name, OperationsOf(process)));
    }

    private static List<string> OperationsOf(ProcessFrame? frame)
    {
        var names = new List<string>();
        for (var top = frame?.Top; top is OperationFrame operation; top = operation.Parent)
        {
            names.Add(ProcessNames.Method(operation.StateMachine));
        }

        return names;
    }

    private void NoteFailure(Failure failure)
    {
        _failure ??= failure;
        StopAfterThisStep();
    }

    private void StopAfterThisStep() => _hardStop = _stopAt = 0;

    /// <summary>An entry for this very instant went into the calendar: the loop must not go on with the lane.</summary>
    private void LookAtCalendarAgain() => _stopAt = 0;

    private void BeginCall(in RunLimits limits, long maxEvents)
    {
        _limits = limits.Filled();
        _perInstant = _limits.EventsPerInstantLimit;
        _callStop = Sum(_events, maxEvents);
        if (_nextScan == 0)
        {
            _nextScan = Sum(_now, _limits.HungTaskTimeout.Picoseconds);
        }
    }

    /// <summary>Looks at everything that can end the run, and sets the loop's marks. False: hand back to the caller.</summary>
    private bool Decide()
    {
        if (HasEnded || EndIsDecided())
        {
            return false;
        }

        if (_events >= _limits.EventLimit)
        {
            EndAtLimit($"the limit of {_limits.EventLimit} events was reached");
            return false;
        }

        if (_events >= Sum(_instantStart, _perInstant))
        {
            EndAsLivelock();
            return false;
        }

        if (_events >= _callStop)
        {
            return false;
        }

        SetMarks(IsDraining ? _events + 1 : Math.Min(_callStop, _limits.EventLimit));
        return true;
    }

    private void SetMarks(long hardStop)
    {
        _hardStop = hardStop;
        _stopAt = Math.Min(hardStop, Sum(_instantStart, _perInstant));
        _lastTime = Math.Min(_limits.TimeLimit.Picoseconds, _nextScan - 1);
    }

    private bool EndIsDecided()
    {
        if (_failure is not null)
        {
            _outcome = new Outcome(End.Fault, Now, _failure.Rule, _failure.Message, BlockedIfItCanBeSaid(), [])
            {
                Process = _failure.Process,
                Operations = _failure.Operations,
            };
        }
        else if (_isCompleted)
        {
            EndAsCompletedUnlessDead();
        }
        else if (_nonDaemons == 0 && !HasBusyDaemon())
        {
            _isOver = true;
        }

        return HasEnded;
    }

    /// <summary>A fault must be reported even when it lies in the very model that diagnosis asks.</summary>
    private IReadOnlyList<BlockedProcess> BlockedIfItCanBeSaid()
    {
        try
        {
            return BlockedGraph.Analyze(this);
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>All processes have returned, but a daemon is still in the middle of something: that may yet turn out to be for ever.</summary>
    private bool IsDraining => _nonDaemons == 0;

    internal bool HasBusyDaemon()
    {
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (BlockedGraph.Counts(LiveFrameAt(slot)))
            {
                return true;
            }
        }

        return false;
    }

    private void Hand(LoopStop stop)
    {
        if (_failure is not null || _isCompleted)
        {
            return;   // Decide ends the run
        }

        if (stop == LoopStop.Dry)
        {
            EndDry();
        }
        else if (stop == LoopStop.Barrier)
        {
            AtBarrier();
        }
    }

    private void EndDry()
    {
        var blocked = BlockedGraph.Analyze(this);
        if (blocked.Count == 0)
        {
            // Non-daemons are left, none of them waits on anything and nothing is due: only idle daemons can have been counted wrongly.
            _isOver = true;
            return;
        }

        EndAsDeadlock(blocked);
    }

    private void AtBarrier()
    {
        if (_nextScan <= _limits.TimeLimit.Picoseconds)
        {
            ScanForHung();
            return;
        }

        _now = _limits.TimeLimit.Picoseconds;
        EndAtLimit($"the time limit of {new Duration(_now).ToExactString()} was reached");
    }

    private void EndAtLimit(string message)
    {
        var blocked = BlockedGraph.Analyze(this);
        if (blocked.Count > 0 && blocked[0].IsDead)
        {
            EndAsDeadlock(blocked);
            return;
        }

        _outcome = new Outcome(End.TimeLimit, Now, null, message, blocked, []);
    }

    private void EndAsCompletedUnlessDead()
    {
        var blocked = BlockedGraph.Analyze(this);
        if (blocked.Count > 0 && blocked[0].IsDead)
        {
            EndAsDeadlock(blocked);
            return;
        }

        _outcome = new Outcome(End.Completed, Now, null, null, blocked, []);
    }

    private void EndAsDeadlock(IReadOnlyList<BlockedProcess> blocked)
    {
        var first = blocked[0];
        string? lost = LostWakeup.In(this);
        string message = lost ?? $"{first.Process} waits for {first.WaitsOn} in {first.Symbol} since {first.Since}: {first.Owner}";
        _outcome = new Outcome(End.Deadlock, Now, lost is null ? null : LostWakeup.Rule, message, blocked, first.Cycle) { Process = first.Process };
    }

    /// <summary>What the kernel's khungtaskd does, except that a process somebody will still wake is not hung.</summary>
    private void ScanForHung()
    {
        long scan = _nextScan;
        long timeout = _limits.HungTaskTimeout.Picoseconds;
        long next = Sum(scan, timeout);
        bool isAnyOld = false;
        for (int slot = 0; slot < _slotCount; slot++)
        {
            if (LiveFrameAt(slot) is { } frame && BlockedGraph.Counts(frame))
            {
                long due = Sum(frame.Since, timeout);
                isAnyOld |= due <= scan;
                next = due > scan ? Math.Min(next, due) : next;
            }
        }

        _nextScan = next;
        if (isAnyOld && FindHung(scan - timeout) is { } blocked)
        {
            _now = scan;
            EndAsDeadlock(blocked);
        }
    }

    private IReadOnlyList<BlockedProcess>? FindHung(long since)
    {
        var blocked = BlockedGraph.Analyze(this);
        foreach (var process in blocked)
        {
            if (process.IsDead && process.Since.Picoseconds <= since)
            {
                return blocked;
            }
        }

        return null;
    }

    private void ResetEnding()
    {
        _outcome = null;
        _isOver = false;
        _isCompleted = false;
        _failure = null;
        _unwinding = null;
        _nextScan = 0;
        _instantStart = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Sum(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
