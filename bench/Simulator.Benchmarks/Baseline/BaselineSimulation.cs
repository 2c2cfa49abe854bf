namespace CryptoSim.Simulator.Benchmarks;

/// <summary>
/// What one writes in an afternoon: .NET's PriorityQueue and iterators. A process is an <see cref="IEnumerator{T}"/>
/// that yields how long it sleeps [ps], or <see cref="Passive"/> after it has joined a queue itself.
/// </summary>
public sealed class BaselineSimulation
{
    /// <summary>Yielded by a process that something else will wake.</summary>
    public const long Passive = -1;

    private readonly PriorityQueue<IEnumerator<long>, (long Time, long Sequence)> _calendar = new();
    private long _sequence;

    public long Now { get; private set; }

    /// <summary>The process that is being stepped.</summary>
    public IEnumerator<long> Current { get; private set; } = null!;

    public void Spawn(IEnumerable<long> process) => Schedule(process.GetEnumerator(), 0);

    public void Schedule(IEnumerator<long> process, long delay)
    {
        _calendar.Enqueue(process, (Now + delay, _sequence));
        _sequence++;
    }

    /// <summary>Steps until so many events have happened or nothing is left.</summary>
    public void Run(long events)
    {
        while (events-- > 0 && _calendar.TryDequeue(out var process, out var due))
        {
            Now = due.Time;
            Step(process);
        }
    }

    /// <summary>The same, but among the events of one instant one is picked at random.</summary>
    public void RunChosen(ref RandomChooser chooser, List<IEnumerator<long>> ready)
    {
        while (_calendar.Count > 0 || ready.Count > 0)
        {
            while (_calendar.TryPeek(out var process, out var due) && (ready.Count == 0 || due.Time == Now))
            {
                Now = due.Time;
                ready.Add(process);
                _calendar.Dequeue();
            }

            int index = ready.Count == 1 ? 0 : chooser.Pick(ready.Count);
            var chosen = ready[index];
            ready.RemoveAt(index);
            Step(chosen);
        }
    }

    public void Clear()
    {
        _calendar.Clear();
        _sequence = 0;
        Now = 0;
    }

    private void Step(IEnumerator<long> process)
    {
        Current = process;
        if (process.MoveNext() && process.Current >= 0)
        {
            Schedule(process, process.Current);
        }
    }
}

/// <summary>A binary latch for the baseline; a wait is <c>if (!signal.Take()) yield return Passive</c>.</summary>
public sealed class BaselineSignal(BaselineSimulation simulation)
{
    private readonly Queue<IEnumerator<long>> _waiters = new();
    private bool _isSet;

    public void Fire()
    {
        if (_waiters.TryDequeue(out var waiter))
        {
            simulation.Schedule(waiter, 0);
        }
        else
        {
            _isSet = true;
        }
    }

    /// <summary>True: go on. False: the process has joined the queue.</summary>
    public bool Take()
    {
        if (_isSet)
        {
            _isSet = false;
            return true;
        }

        _waiters.Enqueue(simulation.Current);
        return false;
    }

    public void Clear()
    {
        _waiters.Clear();
        _isSet = false;
    }
}

/// <summary>Equal units for the baseline.</summary>
public sealed class BaselineResource(BaselineSimulation simulation, int capacity)
{
    private readonly Queue<IEnumerator<long>> _waiters = new();
    private int _taken;

    public bool Take()
    {
        if (_taken < capacity)
        {
            _taken++;
            return true;
        }

        _waiters.Enqueue(simulation.Current);
        return false;
    }

    public void Release()
    {
        if (_waiters.TryDequeue(out var waiter))
        {
            simulation.Schedule(waiter, 0);
        }
        else
        {
            _taken--;
        }
    }

    public void Clear()
    {
        _waiters.Clear();
        _taken = 0;
    }
}

/// <summary>A bounded FIFO for the baseline. A process that finds it empty or full waits and looks again.</summary>
public sealed class BaselineStore<T>(BaselineSimulation simulation, int capacity)
{
    private readonly Queue<T> _items = new();
    private readonly Queue<IEnumerator<long>> _getters = new();
    private readonly Queue<IEnumerator<long>> _putters = new();

    public bool Put(T item)
    {
        if (_items.Count == capacity)
        {
            _putters.Enqueue(simulation.Current);
            return false;
        }

        _items.Enqueue(item);
        Wake(_getters);
        return true;
    }

    public bool Get(out T item)
    {
        if (!_items.TryDequeue(out item!))
        {
            _getters.Enqueue(simulation.Current);
            return false;
        }

        Wake(_putters);
        return true;
    }

    public void Clear()
    {
        _items.Clear();
        _getters.Clear();
        _putters.Clear();
    }

    private void Wake(Queue<IEnumerator<long>> waiters)
    {
        if (waiters.TryDequeue(out var waiter))
        {
            simulation.Schedule(waiter, 0);
        }
    }
}
