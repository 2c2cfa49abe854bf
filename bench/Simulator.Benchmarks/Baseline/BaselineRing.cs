namespace CryptoSim.Simulator.Benchmarks;

/// <summary><see cref="Ring"/> and <see cref="Rerun"/> on the baseline: producers, slots, an engine, an interrupt process.</summary>
public sealed class BaselineRing : IWorkload
{
    private readonly BaselineSimulation _simulation = new();
    private readonly Exponentials _exponentials = new();
    private readonly BaselineResource _slots;
    private readonly BaselineStore<int> _jobs;
    private readonly BaselineSignal _interrupt;
    private readonly BaselineSignal[] _completions;
    private readonly Queue<int> _finished = new();
    private long _done;

    public BaselineRing(int producers = 1000, int depth = 512)
    {
        _slots = new BaselineResource(_simulation, depth);
        _jobs = new BaselineStore<int>(_simulation, depth);
        _interrupt = new BaselineSignal(_simulation);
        _completions = new BaselineSignal[producers];
        for (int i = 0; i < producers; i++)
        {
            _completions[i] = new BaselineSignal(_simulation);
            _simulation.Spawn(Produce(i, long.MaxValue, null));
        }

        _simulation.Spawn(Engine(1000));
        _simulation.Spawn(Interrupt());
    }

    public long Run(long operations)
    {
        long before = _done;
        while (_done - before < operations)
        {
            _simulation.Run(4 * (operations - (_done - before)));
        }

        return _done - before;
    }

    /// <summary>One run of the small ring under a random chooser, from the start.</summary>
    public void Rerun(int jobsEach, ref RandomChooser chooser, List<IEnumerator<long>> ready)
    {
        _simulation.Clear();
        _slots.Clear();
        _jobs.Clear();
        _interrupt.Clear();
        _finished.Clear();
        for (int i = 0; i < _completions.Length; i++)
        {
            _completions[i].Clear();
            _simulation.Spawn(Produce(i, jobsEach, 100));
        }

        _simulation.Spawn(Engine(100));
        _simulation.Spawn(Interrupt());
        _simulation.RunChosen(ref chooser, ready);
    }

    private IEnumerable<long> Produce(int number, long jobs, long? pause)
    {
        for (long i = 0; i < jobs; i++)
        {
            yield return pause ?? _exponentials.Next(0.1);
            if (!_slots.Take())
            {
                yield return BaselineSimulation.Passive;
            }

            while (!_jobs.Put(number))
            {
                yield return BaselineSimulation.Passive;
            }

            if (!_completions[number].Take())
            {
                yield return BaselineSimulation.Passive;
            }

            _done++;
        }
    }

    private IEnumerable<long> Engine(long service)
    {
        while (true)
        {
            int job;
            while (!_jobs.Get(out job))
            {
                yield return BaselineSimulation.Passive;
            }

            yield return service;
            _finished.Enqueue(job);
            _interrupt.Fire();
        }
    }

    private IEnumerable<long> Interrupt()
    {
        while (true)
        {
            if (!_interrupt.Take())
            {
                yield return BaselineSimulation.Passive;
            }

            while (_finished.TryDequeue(out int job))
            {
                _slots.Release();
                _completions[job].Fire();
            }
        }
    }
}

/// <summary><see cref="Benchmarks.Rerun"/> on the baseline.</summary>
public sealed class BaselineRerun : IWorkload
{
    private readonly BaselineRing _ring = new(4, 2);
    private readonly List<IEnumerator<long>> _ready = [];
    private RandomChooser _chooser = new(88172645463325252);

    public long Run(long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            _ring.Rerun(3, ref _chooser, _ready);
        }

        return operations;
    }
}
