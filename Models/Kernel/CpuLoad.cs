using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>A task that competes for one CPU, and when others get the CPU from it.</summary>
/// <remarks>
/// <code>
///   a task wakes ──► the load has run for `granularity` since it got the CPU? ──► the task runs, the load goes on after it
///                                       └─ no: the task waits on the run queue until it has
///   tasks have had the CPU for `granularity` ──► the load's turn, for as long
/// </code>
/// A load that is nicer than the task yields at once and takes no turns. Instants only: they decide when, never whether.
/// </remarks>
[KernelSource("kernel/sched/fair.c", "check_preempt_wakeup, check_preempt_tick", Version = "v4.1", Rules = "DM-X1")]
internal sealed class CpuLoad(Simulation simulation, Duration granularity, int nice)
{
    private readonly Simulation _simulation = simulation;
    private readonly long _granularity = granularity.Picoseconds;
    private readonly int _nice = nice;
    [NotState]
    private readonly List<Wakeup> _wakeups = [];   // tasks that will have waited long enough
    [NotState]
    private Process _process;                      // the load
    [NotState]
    private long _end;                             // [ps] end of its slice; past while it sleeps
    [NotState]
    private long _since;                           // [ps] when it got the CPU; to come while tasks have it
    [NotState]
    private long _turn;                            // [ps] when tasks took the CPU from it
    [NotState]
    private bool _takesNoTurns;                    // the task that took it is less nice

    private readonly record struct Wakeup(Process Process, long Start, bool IsLessNice);

    /// <summary>The load while it has something to do.</summary>
    public Process Running => _end > _simulation.NowPicoseconds ? _process : default;

    /// <summary>The running process is the load and begins a slice.</summary>
    public long Begin(long freeAt, long cost)
    {
        long now = _simulation.NowPicoseconds;
        bool goesOn = _end == now && _since < now;
        _process = _simulation.CurrentProcess;
        _since = goesOn ? _since : Math.Max(now, freeAt);
        _turn = now;
        _end = Math.Max(now, freeAt) + cost;
        return _end - now;
    }

    /// <summary>[ps] When a task that wakes then, and finds the CPU free of other tasks from then on, gets it.</summary>
    public long StartOf(long at, int nice)
    {
        if (_end <= at || _nice > nice)
        {
            return at;
        }

        return at > _since ? Math.Min(_end, Math.Max(at, _since + _granularity)) : at;
    }

    /// <summary>A task wakes and will get the CPU then [ps].</summary>
    public void Expect(Process task, long start, int nice)
    {
        DropPast();
        _wakeups.Add(new Wakeup(task, start, _nice > nice));
    }

    /// <summary>True if the running process has waited long enough for this CPU.</summary>
    public bool IsExpected() => Find() >= 0;

    /// <summary>The running process takes the CPU, free of other tasks from <paramref name="start"/> on.</summary>
    /// <returns>[ps] When it has it.</returns>
    public long Displace(long start, long cost)
    {
        int expected = Find();
        bool isLessNice = expected >= 0 && _wakeups[expected].IsLessNice;
        if (expected >= 0)
        {
            _wakeups.RemoveAt(expected);
        }
        else if (start > _since)
        {
            start = StartOf(start, 0);
        }
        else if (start - _turn >= _granularity && !_takesNoTurns && _nice <= 0)
        {
            start = Math.Min(_end, start + _granularity);
        }

        if (_end > start)
        {
            Preempt(start, cost, isLessNice);
        }

        return start;
    }

    /// <summary>An interrupt takes the CPU.</summary>
    public void PushBack(long cost)
    {
        if (_end > _simulation.NowPicoseconds)
        {
            _since += cost;
            SetEnd(_end + cost);
        }
    }

    private void Preempt(long start, long cost, bool isLessNice)
    {
        if (start > _since)
        {
            (_turn, _takesNoTurns) = (start, isLessNice);
        }

        _since = Math.Max(_since, start) + cost;
        SetEnd(_end + cost);
    }

    private void SetEnd(long end)
    {
        _end = end;
        _simulation.Rearm(_process, new VirtualTime(end));
    }

    private int Find()
    {
        for (int i = 0; i < _wakeups.Count; i++)
        {
            if (_wakeups[i].Process == _simulation.CurrentProcess && _wakeups[i].Start <= _simulation.NowPicoseconds)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Forgets tasks that used no CPU time when they had it.</summary>
    private void DropPast()
    {
        for (int i = _wakeups.Count - 1; i >= 0; i--)
        {
            if (_wakeups[i].Start < _simulation.NowPicoseconds)
            {
                _wakeups.RemoveAt(i);
            }
        }
    }
}
