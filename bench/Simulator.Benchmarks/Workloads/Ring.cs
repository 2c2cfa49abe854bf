namespace CryptoSim.Simulator.Benchmarks;

/// <summary>RING: producers, a ring of job slots, an engine of 1 ns a job, an interrupt process that completes them. One operation is one job.</summary>
public sealed class Ring : EngineWorkload
{
    private readonly Exponentials _exponentials = new();
    private readonly Resource _slots;
    private readonly Store<int> _jobs;
    private readonly Signal _interrupt;
    private readonly Signal[] _completions;
    private readonly int[] _finished = new int[1024];
    private int _finishedHead;
    private int _finishedTail;
    private long _done;

    public Ring(int producers = 1000, int depth = 512)
    {
        _slots = new Resource(Simulation, depth, "slots");
        _jobs = new Store<int>(Simulation, depth, "jobs");
        _interrupt = new Signal(Simulation, "interrupt");
        _completions = new Signal[producers];
        for (int i = 0; i < producers; i++)
        {
            _completions[i] = new Signal(Simulation, "completion");
            _ = ProduceAsync(i);
        }

        _ = EngineAsync();
        _ = InterruptAsync();
    }

    public override long Run(long operations)
    {
        long before = _done;
        while (_done - before < operations)
        {
            Simulation.Run(new RunLimits(), 4 * (operations - (_done - before)));
        }

        return _done - before;
    }

    private async Process ProduceAsync(int number)
    {
        var completion = _completions[number];
        while (true)
        {
            await Simulation.DelayPicoseconds(_exponentials.Next(0.1));
            await _slots.AcquireAsync();
            await _jobs.PutAsync(number);
            await completion.WaitAsync();
            _done++;
        }
    }

    private async Process EngineAsync()
    {
        while (true)
        {
            int job = await _jobs.GetAsync();
            await Simulation.DelayPicoseconds(1000);
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
