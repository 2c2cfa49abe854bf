using System.Runtime.CompilerServices;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>
/// Everything a process can wait on: a FIFO of waiters, with the names the blocked report needs. Mechanisms derive
/// their own from it.
/// </summary>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public abstract class Waitable : ICaptured
{
    [NotState]
    private int _first = -1;
    [NotState]
    private int _last = -1;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="simulation">The simulation whose processes wait here.</param>
    /// <param name="name">What it is called outside, e.g. <c>ctx->restart io#1</c>.</param>
    /// <param name="symbol">The kernel function that sleeps, e.g. <c>wait_for_completion</c>.</param>
    protected Waitable(Simulation simulation, string name, string symbol)
    {
        Simulation = simulation;
        Name = name;
        Symbol = symbol;
        if (this is IResettable resettable)
        {
            simulation.RegisterOwn(resettable);
        }
    }

    /// <summary>The simulation whose processes wait here.</summary>
    public Simulation Simulation { get; }

    /// <summary>What it is called outside, e.g. <c>ctx->restart io#1</c>.</summary>
    [field: NotState]
    public virtual string Name { get; set; }

    /// <summary>The kernel function that sleeps, e.g. <c>wait_for_completion</c>.</summary>
    [field: NotState]
    public string Symbol { get; }

    /// <summary>True when a daemon that waits here has nothing to do, so that it is no sign of a deadlock.</summary>
    public bool Idle { get; init; }

    /// <summary>Who owes the wake-up; null when that is not said.</summary>
    [field: NotState]
    public IHolder? Owner { get; set; }

    /// <summary>Processes that wait here; counted when asked.</summary>
    public int WaiterCount
    {
        get
        {
            int count = 0;
            for (int slot = _first; slot >= 0; slot = Simulation.FrameAt(slot).Next)
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>True when at least one process waits here.</summary>
    public bool HasWaiters => _first >= 0;

    /// <summary>The process that waits longest; none when nobody waits.</summary>
    public Process FirstWaiter => _first < 0 ? default : Simulation.HandleOf(Simulation.FrameAt(_first));

    /// <summary>
    /// What is there for a process that waits here, as a clause (<c>the worklist holds 2 items</c>); null when nothing is. A process
    /// asleep although it is there has lost its wake-up (DM-X7). Told from the state alone, when a run or a state is diagnosed.
    /// </summary>
    protected internal virtual string? WorkLeft => null;

    /// <summary>A suspension that is over already.</summary>
    protected static Suspension Ready => default;

    /// <summary>The current process joins the end of the queue.</summary>
    /// <param name="line">Source line of the wait, from the caller's <see cref="CallerLineNumberAttribute"/>; 0: not known.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Suspension Block(int line)
    {
        Join(Simulation.CurrentFrame, Simulation.CurrentSlot, line);
        return Simulation.Suspended;
    }

    /// <summary>The current process joins the end of the queue, for no longer than <paramref name="timeout"/>.</summary>
    /// <param name="line">Source line of the wait; 0: not known.</param>
    /// <param name="timeout">After this the wait ends with <see cref="Wake.TimedOut"/>.</param>
    protected Suspension Block(int line, Duration timeout)
    {
        var frame = Simulation.CurrentFrame;
        Join(frame, Simulation.CurrentSlot, line);
        Simulation.ArmTimeout(frame, timeout);
        return Simulation.Suspended;
    }

    /// <summary>Wakes the process that waits longest; it runs later in this instant, never inside this call.</summary>
    /// <returns>The process, or none when nobody waits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected Process WakeFirst()
    {
        if (_first < 0)
        {
            return default;
        }

        var frame = WakeFirstFrame();
        return Simulation.HandleOf(frame);
    }

    /// <summary>Takes the process that waits longest off the queue; it runs after <paramref name="delay"/>; without a delay as after <see cref="WakeFirst"/>.</summary>
    /// <returns>The process, or none when nobody waits.</returns>
    protected Process WakeFirstAfter(Duration delay)
    {
        if (_first < 0 || delay == Duration.Zero)
        {
            return WakeFirst();
        }

        var frame = Simulation.FrameAt(_first);
        Remove(frame);
        Simulation.Disarm(frame);
        Simulation.Schedule(frame, frame.Slot, delay.Picoseconds);
        return Simulation.HandleOf(frame);
    }

    /// <summary>Wakes everybody, in the order in which they came.</summary>
    protected void WakeAll()
    {
        while (_first >= 0)
        {
            WakeFirstFrame();
        }
    }

    /// <summary>A waiter left by timeout or interrupt; a derived class drops what it kept for it.</summary>
    /// <param name="process">The process that no longer waits.</param>
    protected virtual void OnWaiterLeft(Process process)
    {
    }

    /// <summary>The frames in the queue, in order, for diagnosis.</summary>
    internal int FirstSlot => _first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ProcessFrame WakeFirstFrame()
    {
        int slot = _first;
        var frame = Simulation.FrameAt(slot);
        RemoveFirst(frame);
        if (frame.ArmedKey != 0)
        {
            Simulation.Disarm(frame);
        }

        Simulation.MakeReady(slot);
        return frame;
    }

    internal void Leave(ProcessFrame frame)
    {
        Remove(frame);
        OnWaiterLeft(Simulation.HandleOf(frame));
    }

    /// <summary>Writes who waits, in order.</summary>
    internal void CaptureQueue(StateWriter writer)
    {
        writer.Count(WaiterCount);
        for (int slot = _first; slot >= 0; slot = Simulation.FrameAt(slot).Next)
        {
            var frame = Simulation.FrameAt(slot);
            writer.Reference(frame);
            CaptureWaiter(writer, frame);
        }

        CaptureMore(writer);
    }

    /// <summary>Reads who waits.</summary>
    internal void RestoreQueue(StateReader reader)
    {
        for (int left = reader.Count(); left > 0; left--)
        {
            var frame = (ProcessFrame)reader.Reference()!;
            AppendWaiter(frame);
            RestoreWaiter(reader, frame);
        }

        RestoreMore(reader);
    }

    void ICaptured.Capture(StateWriter writer) => CaptureQueue(writer);

    void ICaptured.Restore(StateReader reader) => RestoreQueue(reader);

    void ICaptured.Renew() => RenewParts();

    /// <summary>What a queue keeps for one waiter.</summary>
    private protected virtual void CaptureWaiter(StateWriter writer, ProcessFrame frame)
    {
    }

    private protected virtual void RestoreWaiter(StateReader reader, ProcessFrame frame)
    {
    }

    /// <summary>What lies in it beside the queue.</summary>
    private protected virtual void CaptureMore(StateWriter writer)
    {
    }

    private protected virtual void RestoreMore(StateReader reader)
    {
    }

    private protected virtual void RenewParts()
    {
    }

    /// <summary>Empties it before a state is read into it.</summary>
    internal virtual void ForgetForRestore() => ForgetWaiters();

    private void AppendWaiter(ProcessFrame frame)
    {
        frame.Next = -1;
        frame.Previous = _last;
        if (_last < 0)
        {
            _first = frame.Slot;
        }
        else
        {
            Simulation.FrameAt(_last).Next = frame.Slot;
        }

        _last = frame.Slot;
    }

    /// <summary>Empties the queue without waking anybody.</summary>
    internal void ForgetWaiters()
    {
        _first = _last = -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Join(ProcessFrame frame, int slot, int line)
    {
        if (frame.WaitingOn is not null || frame.ArmedKey != 0)
        {
            throw Simulation.AwaitIsMissing();
        }

        frame.Next = -1;
        frame.Previous = _last;
        if (_last < 0)
        {
            _first = slot;
        }
        else
        {
            Simulation.FrameAt(_last).Next = slot;
        }

        _last = slot;
        frame.WaitingOn = this;
        frame.Since = Simulation.NowPicoseconds;
        frame.Line = line;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RemoveFirst(ProcessFrame frame)
    {
        int next = frame.Next;
        _first = next;
        if (next < 0)
        {
            _last = -1;
        }
        else
        {
            Simulation.FrameAt(next).Previous = -1;
        }

        frame.WaitingOn = null;
    }

    private void Remove(ProcessFrame frame)
    {
        if (frame.Previous < 0)
        {
            RemoveFirst(frame);
            return;
        }

        Simulation.FrameAt(frame.Previous).Next = frame.Next;
        if (frame.Next < 0)
        {
            _last = frame.Previous;
        }
        else
        {
            Simulation.FrameAt(frame.Next).Previous = frame.Previous;
        }

        frame.WaitingOn = null;
    }
}
