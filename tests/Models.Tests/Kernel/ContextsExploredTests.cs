using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Kernel;

/// <summary>Contexts and primitives keep all that decides in their state: a search that goes from state to state finds what runs find.</summary>
public sealed class ContextsExploredTests
{
    private static readonly ExplorationOptions Checked = new() { RandomRuns = 0, PctRuns = 0, Check = true };

    [Theory]
    [InlineData(BioEnd.Softirq)]
    [InlineData(BioEnd.Hardirq)]
    [InlineData(BioEnd.IrqsOff)]
    public void Bios_that_end_by_interrupt_are_proved(BioEnd context)
    {
        Scene scene = new()
        {
            Cpus = 2,
            Device = new NvmeOptions
            {
                Latency = new ConstantDuration(Scene.Us * 10),
                Bandwidth = new Bandwidth(1L << 60),
                Interrupt = new BlockInterruptOptions { Context = context, Cost = Scene.Us },
            },
        };
        scene = scene with { Ring = scene.Ring with { Depth = 4 }, Target = scene.Target with { MaxActive = 1 } };

        ExplorationResult result = ExploredMachine.Explore(scene.With("w", Scene.WriteUnits(2, number: 2, iodepth: 2)).Options, Checked);

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    [Fact]
    public void Managed_queues_a_tasklet_and_a_mempool_are_proved()
    {
        ExplorationResult result = new Explorer(new Factory(canCreateKthreads: true), Checked).Run();

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
        Assert.True(result.Counts.States > 20, $"{result.Counts.States} states");
    }

    [Fact]
    public void One_item_at_a_time_of_a_rescuer_hangs_where_kworkers_do_not()
    {
        ExplorationResult result = new Explorer(new Factory(canCreateKthreads: false), Checked).Run();

        Assert.Equal((ExplorationVerdict.Failed, "deadlock"), (result.Verdict, result.Found));
    }

    [Theory]
    [InlineData(true, "fault")]
    [InlineData(false, null)]
    public void A_worker_that_frees_what_a_tasklet_lies_in_may_come_before_the_tasklets_core_is_done(bool isTasklet, string? found)
    {
        ExplorationResult result = new Explorer(new FreeingFactory(isTasklet), Checked).Run();

        Assert.Equal(found, result.Found);
        Assert.Equal(found is null ? null : "DM-B07", result.Rule);
    }

    [Fact]
    public void In_time_the_core_is_done_one_wake_up_before_that_worker()
    {
        using FreeingModel model = new(isTasklet: true);

        Assert.Equal(End.Completed, model.Simulation.Run().End);
    }

    private sealed class FreeingFactory(bool isTasklet) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new FreeingModel(isTasklet);
    }

    /// <summary>Softirq work queues an item that frees the memory it lies in (DM-B07).</summary>
    private sealed class FreeingModel : IExplorable
    {
        private readonly LinuxKernel _kernel;
        private readonly Completion _done;
        private readonly SoftirqWork _work;

        public FreeingModel(bool isTasklet)
        {
            _kernel = new LinuxKernel(Simulation, 2);
            WorkQueue queue = WorkQueue.Bound(_kernel, "kcryptd_io", 1, Scene.Us * 5);
            _done = new Completion(_kernel, "done", "wait_for_completion", Duration.Zero);
            Freeing freeing = new(_done);
            _work = isTasklet ? new Raised(queue, freeing) : new RaisedBh(queue, freeing);
            freeing.Tasklet = _work as Tasklet;
            _ = _kernel.Softirqs;
            Simulation.Spawn("submitter", Submit());
        }

        public Simulation Simulation { get; } = new();

        public IReadOnlyList<TraceEvent> Trace => [];

        public RunEnd DescribeEnd() => EndOf(Simulation);

        public void Dispose() => Simulation.Dispose();

        private async Process Submit()
        {
            _kernel.Enter(CpuContext.Process);
            await Simulation.Delay(Scene.Us);
            _kernel.Softirqs.Raise(1, _work);
            await _done.WaitAsync();
        }
    }

    private sealed class Freeing(Completion done) : WorkItem
    {
        private readonly Completion _done = done;

        public Tasklet? Tasklet { get; set; }

        public override Operation RunAsync()
        {
            Tasklet?.LoseMemory();
            _done.Complete();
            return Operation.Completed;
        }
    }

    private sealed class RaisedBh(WorkQueue queue, WorkItem item) : BhWork
    {
        private readonly WorkQueue _queue = queue;
        private readonly WorkItem _item = item;

        public override Operation RunAsync()
        {
            _queue.Queue(_item, 0);
            return Operation.Completed;
        }
    }

    private static RunEnd EndOf(Simulation simulation) => new()
    {
        Ends = simulation.Outcome.End switch { End.Completed => "completed", End.Fault => "fault", _ => "deadlock" },
        Rule = simulation.Outcome.Rule,
        AtPicoseconds = 0,
        Events = 0,
        Fingerprint = 0,
        Blocked = [],
    };

    private sealed class Factory(bool canCreateKthreads) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new Model(canCreateKthreads);
    }

    /// <summary>An item waits for a completion that a second item completes; a tasklet queues the second, which needs an element of a pool.</summary>
    private sealed class Model : IExplorable
    {
        private readonly LinuxKernel _kernel;
        private readonly MemoryPool _pool;
        private readonly Completion _inner;
        private readonly Completion _outer;
        private readonly WorkQueue _queue;

        public Model(bool canCreateKthreads)
        {
            _kernel = new LinuxKernel(Simulation, 2)
            {
                CanCreateKthreads = canCreateKthreads,
                Memory = new PageAllocator(new MemoryOptions { Free = new DataSize(0) }),
            };
            _pool = new MemoryPool(_kernel, "io_pool", 1);
            _inner = new Completion(_kernel, "inner", "crypt_convert", Duration.Zero);
            _outer = new Completion(_kernel, "outer", "wait_for_completion", Duration.Zero);
            _queue = WorkQueue.Managed(_kernel, "kcryptd", 4, Duration.Zero, WorkQueueFlags.MemReclaim);
            _inner.Owner = _outer.Owner = new QueueOwner(_queue);
            _ = _kernel.Softirqs;
            Simulation.Spawn("submitter", Submit());
        }

        public Simulation Simulation { get; } = new();

        public IReadOnlyList<TraceEvent> Trace => [];

        public RunEnd DescribeEnd() => EndOf(Simulation);

        public void Dispose() => Simulation.Dispose();

        private async Process Submit()
        {
            _kernel.Enter(CpuContext.Process);
            _queue.Queue(new Waiting(_kernel, _pool, _inner, _outer), 0);
            await Simulation.Delay(Scene.Us);
            _kernel.Softirqs.Raise(1, new Raised(_queue, new Completing(_pool, _inner)));
            await _pool.AllocateAsync(Gfp.NoIo);
            await Simulation.Delay(Scene.Us);
            _pool.Free();
            await _outer.WaitAsync();
        }
    }

    private sealed class QueueOwner(WorkQueue queue) : IHolder
    {
        private readonly WorkQueue _queue = queue;

        public string Label => "queue";

        public string? WhyNobody => null;

        public void Owners(OwnerList owners) => _queue.Owners(owners);
    }

    private sealed class Raised(WorkQueue queue, WorkItem item) : Tasklet
    {
        private readonly WorkQueue _queue = queue;
        private readonly WorkItem _item = item;

        public override string Label => "the tasklet";

        public override Operation RunAsync()
        {
            _queue.Queue(_item, 0);
            return Operation.Completed;
        }
    }

    private sealed class Waiting(LinuxKernel kernel, MemoryPool pool, Completion inner, Completion outer) : WorkItem
    {
        private readonly LinuxKernel _kernel = kernel;
        private readonly MemoryPool _pool = pool;
        private readonly Completion _inner = inner;
        private readonly Completion _outer = outer;

        public override async Operation RunAsync()
        {
            await _inner.WaitAsync();
            await _pool.AllocateAsync(Gfp.NoIo);
            await _kernel.Simulation.Delay(Scene.Us);
            _pool.Free();
            _outer.Complete();
        }
    }

    private sealed class Completing(MemoryPool pool, Completion inner) : WorkItem
    {
        private readonly MemoryPool _pool = pool;
        private readonly Completion _inner = inner;

        public override async Operation RunAsync()
        {
            await _pool.AllocateAsync(Gfp.NoIo);
            _pool.Free();
            _inner.Complete();
        }
    }
}
