using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>States of ring-law, W4 R3 D2 E2, met on runs by chance.</summary>
public abstract class StateWorkload : IWorkload
{
    private const int Most = 2_000;

    private readonly IExplorable _model = LibraryMachine.Law("backlog", 4, 3, 2, 2).Build(traced: false);

    protected StateWorkload()
    {
        Codec = new StateCodec(_model.Simulation);
        var chooser = new RandomChooser(88172645463325252);
        var run = new SteppedRun(_model.Simulation);
        byte[] start = Codec.Capture().ToArray();
        while (States.Count < Most)
        {
            if (run.IsOver)
            {
                Codec.Restore(start);
                run = new SteppedRun(_model.Simulation);
            }

            run.Step(chooser.Pick(run.Count));
            States.Add(Codec.Capture().ToArray());
        }
    }

    protected StateCodec Codec { get; }

    protected List<byte[]> States { get; } = [];

    public abstract long Run(long operations);
}

/// <summary>CAPTURE: the bytes of a state. A state is restored for every 16 captures; that time is in the figure.</summary>
public sealed class Captures : StateWorkload
{
    private const int Each = 16;

    private int _next;

    public override long Run(long operations)
    {
        for (long done = 0; done < operations; done += Each)
        {
            _next = (_next + 1) % States.Count;
            Codec.Restore(States[_next]);
            for (int i = 0; i < Each; i++)
            {
                Codec.Capture();
            }
        }

        return operations / Each * Each;
    }
}

/// <summary>RESTORE: a simulation put into a state, each time another one.</summary>
public sealed class Restores : StateWorkload
{
    private int _next;

    public override long Run(long operations)
    {
        for (long done = 0; done < operations; done++)
        {
            _next = (_next + 1) % States.Count;
            Codec.Restore(States[_next]);
        }

        return operations;
    }
}

/// <summary>TRANSITIONS: breadth-first search of ring-law, W3 R2 D2 E2, correct backlog, with symmetry, from building the model on; the default and the timed schedule are run before it.</summary>
public sealed class Transitions(bool fuse) : IWorkload
{
    private readonly IExplorableFactory _factory = LibraryMachine.Law("backlog", 3, 2, 2, 2);

    public long Run(long operations)
    {
        long done = 0;
        while (done < operations)
        {
            var result = new Explorer(_factory, new ExplorationOptions { Fusion = fuse, RandomRuns = 0, PctRuns = 0 }).Run();
            done += result.Counts.Transitions;
        }

        return done;
    }
}

/// <summary>RE-RUNS of ring-law, W1 R8 D4 E1, correct backlog, from the start to the end with every choice by chance.</summary>
public sealed class Reruns : IWorkload
{
    private readonly RunHunter _hunter = new(new RestoredRuns(LibraryMachine.Law("backlog", 1, 8, 4, 1)));
    private ulong _seed;

    public long Run(long operations) => _hunter.Hunt(new RandomWalk(++_seed), (int)operations).Runs;
}

/// <summary>SHRINK: a failing run by chance of a lost wake-up among processes that only pass the time, 65 steps, made as small as it gets.</summary>
public sealed class Shrinks : IWorkload, IDisposable
{
    private readonly RestoredRuns _runs = new(new LostWakeup.Factory());
    private readonly HuntFailure _failure;

    public Shrinks() => _failure = new RunHunter(_runs).Hunt(new RandomWalk(1), 10_000).Failure!;

    public void Dispose() => _runs.Dispose();

    public long Run(long operations)
    {
        for (long i = 0; i < operations; i++)
        {
            _ = new Shrinker(_runs).Shrink(_failure.Schedule, _failure.Signature);
        }

        return operations;
    }
}
