using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>The virtual clock and all that runs on it. A model spawns processes; <see cref="Run(in RunLimits, long)"/> steps them in a strict total order.</summary>
/// <threadsafety>One thread at a time. Independent simulations may run on different threads.</threadsafety>
public sealed unsafe partial class Simulation : IDisposable
{
    [ThreadStatic]
    private static Simulation? s_current;

    private readonly bool _hashOrder;
    private readonly byte[] _wakeMemory = GC.AllocateArray<byte>(1, pinned: true);
    private readonly Wake* _lastWake;
    private long _now;
    private long _events;
    private OrderHash _order = OrderHash.Create();

    /// <summary>Makes an empty simulation at time zero, and makes it <see cref="Current"/> on this thread.</summary>
    public Simulation(SimulationOptions? options = null)
    {
        options ??= new SimulationOptions();
        int capacity = Math.Clamp(options.InitialProcesses, 16, MaxSlots);
        _hashOrder = options.Fingerprint;
        _lastWake = (Wake*)Unsafe.AsPointer(ref _wakeMemory[0]);
        _frames = new FramePlace<ProcessFrame>[capacity];
        _generations = new int[capacity];
        _freeSlots = new int[capacity];
        _calendar = Calendar.Create(capacity);
        s_current = this;
    }

    /// <summary>The simulation that async processes called on this thread belong to: the one made or run last.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Simulation Current => s_current ?? throw new InvalidOperationException("no simulation on this thread: make one before calling a process method");

    /// <summary>The same; null when there is none.</summary>
    internal static Simulation? CurrentIfAny => s_current;

    /// <summary>The current instant.</summary>
    public VirtualTime Now => new(_now);

    /// <summary>The current instant [ps].</summary>
    public long NowPicoseconds
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _now;
    }

    /// <summary>The process that is being stepped; none outside of a run.</summary>
    public Process CurrentProcess => _currentSlot < 0 ? default : HandleOf(_frames[_currentSlot].Frame);

    /// <summary>The slot of the process that is being stepped [0..2^20-1]; -1 outside of a run.</summary>
    public int CurrentSlot => _currentSlot;

    /// <summary>The model's own note on the process that is being stepped, such as its execution context [0..127]; 0 at its start and outside of a run.</summary>
    public byte CurrentMark
    {
        get => _currentSlot < 0 ? (byte)0 : FrameAt(_currentSlot).Mark;
        set => CurrentFrame.Mark = value;
    }

    /// <summary>The model's own note on where the process that is being stepped runs, such as a CPU [0..]; 0 at its start and outside of a run.</summary>
    public int CurrentPlace
    {
        get => _currentSlot < 0 ? 0 : FrameAt(_currentSlot).Place;
        set => CurrentFrame.Place = value;
    }

    /// <summary>Why the current process went on after its last wait.</summary>
    public Wake LastWake
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => *_lastWake;
    }

    /// <summary>What an engine call returns that has registered the current process.</summary>
    internal Suspension Suspended
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_lastWake);
    }

    internal static InvalidOperationException AwaitIsMissing() =>
        new("a wait was begun before the last one was awaited: an await is missing");

    /// <summary>Steps taken since the start.</summary>
    public long Events => _events;

    /// <summary>The order hash of all events so far: equal for equal runs, whatever the build, the machine or the number of jobs.</summary>
    public ulong Fingerprint => _order.Value;

    /// <summary>Makes it the one that processes called on this thread belong to; needed only by who builds two at a time.</summary>
    public void MakeCurrent() => s_current = this;

    /// <summary>Names a process and says whether it is a daemon.</summary>
    /// <param name="name">What it is called outside, e.g. <c>kcryptd/0</c>.</param>
    /// <param name="process">What the async method returned.</param>
    /// <param name="daemon">True for a process that never returns and may idle: an engine, an interrupt handler, a kernel thread.</param>
    /// <returns>The same handle.</returns>
    public Process Spawn(string name, Process process, bool daemon = false)
    {
        var frame = process.Frame ?? throw new ArgumentException("the process has ended or never was", nameof(process));
        if (!ReferenceEquals(process.Simulation, this))
        {
            throw new ArgumentException($"{name} belongs to another simulation, which was current when its method was called: see MakeCurrent", nameof(process));
        }

        frame.Name = name;
        if (daemon && !frame.IsDaemon)
        {
            frame.IsDaemon = true;
            LeaveCount();
        }

        return process;
    }

    /// <summary>The current process waits for a while; zero lets everything else that is ready at this instant go first.</summary>
    /// <param name="delay">[0..]</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Suspension Delay(Duration delay) => DelayPicoseconds(delay.Picoseconds);

    /// <summary>The current process waits for a while.</summary>
    /// <param name="picoseconds">[ps] 0..</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Suspension DelayPicoseconds(long picoseconds)
    {
        var frame = CurrentFrame;
        if (frame.ArmedKey != 0 || frame.WaitingOn is not null)
        {
            throw AwaitIsMissing();
        }

        Schedule(frame, _currentSlot, picoseconds);
        return Suspended;
    }

    /// <summary>The current process waits for a while, and among the events of that instant runs by priority.</summary>
    /// <param name="picoseconds">[ps] 0..</param>
    /// <param name="priority">0 (first) to 15 (last); everything else has 8.</param>
    public Suspension DelayPicoseconds(long picoseconds, int priority)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(picoseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)priority, 15u, nameof(priority));
        var frame = CurrentFrame;
        if (frame.ArmedKey != 0 || frame.WaitingOn is not null)
        {
            throw AwaitIsMissing();
        }

        ArmSoon(frame, checked(_now + picoseconds), (ulong)priority << PriorityShift);
        return Suspended;
    }

    /// <summary>Moves the end of a delay: preemption stretches a slice.</summary>
    /// <param name="process">A process in <see cref="Delay"/>, in a wait with a timeout, or on its way after a delayed wake-up.</param>
    /// <param name="wakeAt">The new instant, not before now.</param>
    /// <returns>False, without effect, when no timer of the process is pending.</returns>
    public bool Rearm(Process process, VirtualTime wakeAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wakeAt.Picoseconds, _now, nameof(wakeAt));
        if (process.Frame is not { ArmedKey: not 0 } frame)
        {
            return false;
        }

        ulong priority = frame.ArmedKey & PriorityMask;
        Disarm(frame);
        ArmSoon(frame, wakeAt.Picoseconds, priority);
        return true;
    }

    /// <summary>True once anybody has been interrupted: from then on it matters to exploration whether a process is ready or delayed.</summary>
    internal bool HasInterrupted { get; set; }

    /// <summary>Takes a process out of its wait or delay; it runs later in this instant and its wait says <see cref="Wake.Interrupted"/>.</summary>
    /// <returns>False, without effect, when it does not wait.</returns>
    public bool Interrupt(Process process)
    {
        HasInterrupted = true;
        if (process.Frame is not { } frame || (frame.ArmedKey == 0 && frame.WaitingOn is null))
        {
            return false;
        }

        if (frame.ArmedKey != 0)
        {
            Disarm(frame);
        }

        frame.WaitingOn?.Leave(frame);
        frame.Wake = Wake.Interrupted;
        MakeReady(frame.Slot);
        return true;
    }

    /// <summary>Forgets everything that runs and goes back to time zero, as if new; allocates nothing.</summary>
    public void Reset()
    {
        s_current = this;
        RecycleAll();
        _calendar.Clear();
        _stale = 0;
        _nextKey = FirstKey;
        *_lastWake = Wake.Signalled;
        _laneHead = _laneTail = 0;
        _now = 0;
        _events = 0;
        _order = OrderHash.Create();
        ResetEnding();
        foreach (var resettable in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_resettables))
        {
            resettable.Reset();
        }
    }

    /// <summary>Registers something to be reset with the simulation. Signals, resources and stores made outside of a run register themselves.</summary>
    public void OnReset(IResettable resettable) => _resettables.Add(resettable);

    /// <summary>Lets go of the thread's current simulation if it is this one.</summary>
    public void Dispose()
    {
        if (ReferenceEquals(s_current, this))
        {
            s_current = null;
        }
    }
}
