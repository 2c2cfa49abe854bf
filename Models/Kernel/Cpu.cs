using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>One CPU: when it will be free, and the slices that something above them has to push back.</summary>
/// <remarks>
/// Above all are hardirqs, then softirqs, then tasks, then a competing load. A slice's end is known when it begins to wait,
/// because service is first come, first served: no event is spent on a queue.
/// </remarks>
internal sealed class Cpu(Simulation simulation)
{
    private readonly Simulation _simulation = simulation;
    [NotState]
    private readonly SliceQueue _tasks = new(simulation);   // slices of processes
    [NotState]
    private SliceQueue? _softirqs;                          // what hardirqs push back; null while none are told apart
    [NotState]
    private long _tasksFreeAt;                              // [ps] end of the last slice
    [NotState]
    private long _interruptsFreeAt;                         // [ps] end of the last softirq, or of the last interrupt if they are not told apart
    [NotState]
    private long _hardirqsFreeAt;                           // [ps] end of the last hardirq
    [NotState]
    private Process _last;                                  // the task of the last slice

    /// <summary>A competing load; null without one.</summary>
    [field: NotState]
    public CpuLoad? Load { get; private set; }

    /// <summary>[ps] When a new slice could begin if there were no load.</summary>
    public long FreeAt => Math.Max(_tasksFreeAt, _interruptsFreeAt);

    /// <summary>The task that has the CPU, the load if no other has; none if it is idle.</summary>
    public Process Running => _tasks.Running is { Exists: true } task ? task : Load?.Running ?? default;

    /// <summary>Hardirqs preempt softirqs from now on.</summary>
    public void TellHardirqsApart() => _softirqs ??= new SliceQueue(_simulation);

    public void SetLoad(CpuLoad load) => Load = load;

    /// <summary>True if the running process is not the one of the last slice: a context switch. Remembers it.</summary>
    public bool SwitchesTask()
    {
        bool switches = _last != _simulation.CurrentProcess;
        _last = _simulation.CurrentProcess;
        return switches;
    }

    /// <summary>True on a loaded CPU if the last slice was the running process's and ends now: it goes on where it is.</summary>
    public bool GoesOn() => Load is not null && _tasksFreeAt == _simulation.NowPicoseconds && _last == _simulation.CurrentProcess;

    /// <summary>Queues a slice of the running process.</summary>
    /// <returns>[ps] From now until the slice ends.</returns>
    public long AddSlice(long cost)
    {
        if (cost == 0)
        {
            return 0;
        }

        long now = _simulation.NowPicoseconds;
        long start = Math.Max(now, FreeAt);
        if (Load is not null)
        {
            start = Load.Displace(start, cost);
            _last = _simulation.CurrentProcess;
        }

        long end = start + cost;
        _tasksFreeAt = end;
        _tasks.Add(end);
        return end - now;
    }

    /// <summary>Queues a slice of the running process, which is to be told when it begins.</summary>
    /// <param name="cost">[ps] 1..</param>
    /// <returns>[ps] From now until the slice begins.</returns>
    public long QueueSlice(long cost)
    {
        long now = _simulation.NowPicoseconds;
        long begin = Math.Max(now, FreeAt);
        if (Load is not null)
        {
            begin = Load.Displace(begin, cost);
            _last = _simulation.CurrentProcess;
        }

        _tasksFreeAt = begin + cost;
        _tasks.Add(begin, begin + cost);
        return begin - now;
    }

    /// <summary>The slice of the running process begins: the next on this CPU.</summary>
    /// <param name="cost">[ps] Of that slice; in a restored state the instants say nothing.</param>
    /// <returns>[ps] From now until it ends.</returns>
    public long BeginSlice(long cost)
    {
        _tasks.Begun();
        return cost;
    }

    /// <summary>Takes the CPU from its slices.</summary>
    /// <returns>[ps] From now until the interrupt ends.</returns>
    public long AddInterrupt(long cost)
    {
        if (cost == 0)
        {
            return 0;
        }

        long now = _simulation.NowPicoseconds;
        PushTasksBack(cost);
        _interruptsFreeAt = Math.Max(now, _interruptsFreeAt) + cost;
        if (_softirqs is not null && _simulation.CurrentMark == (byte)CpuContext.Softirq)
        {
            _softirqs.Add(_interruptsFreeAt);
        }

        return _interruptsFreeAt - now;
    }

    /// <summary>Takes the CPU from its slices and from its softirqs.</summary>
    /// <returns>[ps] From now until the hardirq ends.</returns>
    public long AddHardirq(long cost)
    {
        if (cost == 0)
        {
            return 0;
        }

        long now = _simulation.NowPicoseconds;
        PushTasksBack(cost);
        _hardirqsFreeAt = Math.Max(now, _hardirqsFreeAt) + cost;
        _interruptsFreeAt = Math.Max(_hardirqsFreeAt, _softirqs?.PushBack(cost, _interruptsFreeAt) ?? _interruptsFreeAt);
        return _hardirqsFreeAt - now;
    }

    /// <summary>Queues a slice of the load, the running process.</summary>
    /// <returns>[ps] From now until it ends, if no task comes.</returns>
    public long AddLoad(long cost) => Load!.Begin(FreeAt, cost);

    private void PushTasksBack(long cost)
    {
        _tasksFreeAt = _tasks.PushBack(cost, _tasksFreeAt);
        Load?.PushBack(cost);
    }
}
