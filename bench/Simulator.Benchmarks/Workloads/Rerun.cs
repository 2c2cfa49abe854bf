namespace CryptoSim.Simulator.Benchmarks;

/// <summary>RE-RUNS: a small job ring (4 producers of 3 jobs, 2 slots, engine, interrupt process) reset and run again under a random chooser. One operation is one run.</summary>
public sealed class Rerun : EngineWorkload
{
    private const int Producers = 4;
    private const int JobsEach = 3;

    private readonly Resource _slots;
    private readonly Store<int> _jobs;
    private readonly Signal _interrupt;
    private readonly Signal[] _completions = new Signal[Producers];
    private readonly int[] _finished = new int[1024];
    private RandomChooser _chooser = new(88172645463325252);
    private int _finishedHead;
    private int _finishedTail;

    public Rerun()
    {
        _slots = new Resource(Simulation, 2, "slots");
        _jobs = new Store<int>(Simulation, 2, "jobs") { Idle = true };
        _interrupt = new Signal(Simulation, "interrupt") { Idle = true };
        for (int i = 0; i < Producers; i++)
        {
            _completions[i] = new Signal(Simulation, "completion");
        }
    }

    /// <summary>Events of all runs.</summary>
    public long Events { get; private set; }

    public override long Run(long operations)
    {
        var trace = default(NoTrace);
        var limits = new RunLimits();
        for (long i = 0; i < operations; i++)
        {
            Build();
            Simulation.Run(limits, ref trace, ref _chooser);
            Events += Simulation.Events;
        }

        return operations;
    }

    private void Build()
    {
        Simulation.Reset();
        _finishedHead = _finishedTail = 0;
        for (int i = 0; i < Producers; i++)
        {
            _ = ProduceAsync(i);
        }

        Simulation.Spawn("engine", EngineAsync(), daemon: true);
        Simulation.Spawn("interrupt", InterruptAsync(), daemon: true);
    }

    private async Process ProduceAsync(int number)
    {
        var completion = _completions[number];
        for (int i = 0; i < JobsEach; i++)
        {
            await Simulation.DelayPicoseconds(100);
            await _slots.AcquireAsync();
            await _jobs.PutAsync(number);
            await completion.WaitAsync();
        }
    }

    private async Process EngineAsync()
    {
        while (true)
        {
            int job = await _jobs.GetAsync();
            await Simulation.DelayPicoseconds(100);
            _finished[_finishedTail & 1023] = job;
            _finishedTail = unchecked(_finishedTail + 1);
            _interrupt.Fire();
        }
    }

    private async Process InterruptAsync()
    {
        while (true)
        {
            await _interrupt.WaitAsync();
            while (_finishedHead != _finishedTail)
            {
                int job = _finished[_finishedHead & 1023];
                _finishedHead = unchecked(_finishedHead + 1);
                _slots.Release();
                _completions[job].Fire();
            }
        }
    }
}

/// <summary>Picks at random, by a generator small enough to be free.</summary>
public struct RandomChooser(ulong seed) : IChooser
{
    private ulong _state = seed;

    public int Choose(in ReadySet ready) => Pick(ready.Count);

    /// <summary>A number below <paramref name="count"/>.</summary>
    public int Pick(int count)
    {
        unchecked
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return (int)((_state >> 32) * (uint)count >> 32);
        }
    }
}
