using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class MemoryPoolTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];

    public void Dispose() => _simulation.Dispose();

    private static DataSize Pages(int pages) => new(pages * 4096L);

    private LinuxKernel Kernel(int free = 0, int atomicReserve = 0, int reclaimable = 0) => new(_simulation, 2)
    {
        Memory = new PageAllocator(new MemoryOptions { Free = Pages(free), AtomicReserve = Pages(atomicReserve), Reclaimable = Pages(reclaimable) }),
    };

    [Fact]
    public void The_allocator_is_asked_before_the_reserve()
    {
        LinuxKernel kernel = Kernel(free: 1);
        MemoryPool pool = new(kernel, "page_pool", 2);

        Assert.True(pool.TryAllocate(Gfp.NoWait));
        Assert.Equal((0, 2), (kernel.Memory.Free, pool.InReserve));
        Assert.True(pool.TryAllocate(Gfp.NoWait));
        Assert.Equal((0, 1), (kernel.Memory.Free, pool.InReserve));
    }

    [Fact]
    public void Without_sleeping_an_empty_reserve_gives_none()
    {
        MemoryPool pool = new(Kernel(), "page_pool", 1);

        Assert.True(pool.TryAllocate(Gfp.Atomic));
        Assert.False(pool.TryAllocate(Gfp.Atomic));
        Assert.Equal(1, pool.InUse);
    }

    [Fact]
    public void What_is_freed_fills_the_reserve_before_it_goes_to_the_allocator()
    {
        LinuxKernel kernel = Kernel(free: 1);
        MemoryPool pool = new(kernel, "page_pool", 1);
        pool.TryAllocate(Gfp.NoWait);
        pool.TryAllocate(Gfp.NoWait);

        pool.Free();
        Assert.Equal((1, 0), (pool.InReserve, kernel.Memory.Free));
        pool.Free();
        Assert.Equal((1, 1), (pool.InReserve, kernel.Memory.Free));
    }

    [Fact]
    public void Only_atomic_allocations_go_below_the_watermark()
    {
        LinuxKernel kernel = Kernel(free: 1, atomicReserve: 1);
        MemoryPool pool = new(kernel, "page_pool", 1);
        pool.TryAllocate(Gfp.NoWait);   // the reserve's

        Assert.False(pool.TryAllocate(Gfp.NoWait));
        Assert.True(pool.TryAllocate(Gfp.Atomic));
    }

    [Fact]
    public void Reclaim_comes_after_the_reserve_and_only_for_those_who_may_sleep()
    {
        MemoryPool pool = new(Kernel(reclaimable: 1), "page_pool", 1);

        Assert.True(pool.TryAllocate(Gfp.NoIo));
        Assert.Equal(0, pool.InReserve);
        Assert.False(pool.TryAllocate(Gfp.NoWait));
        Assert.True(pool.TryAllocate(Gfp.NoIo));
        Assert.False(pool.TryAllocate(Gfp.NoIo));
    }

    [Fact]
    public void Sleepers_get_elements_in_the_order_in_which_they_came()
    {
        LinuxKernel kernel = Kernel();
        MemoryPool pool = new(kernel, "page_pool", 1);
        for (int i = 0; i < 3; i++)
        {
            _simulation.Spawn("p" + i, HoldAsync(kernel, pool, i, 10));
        }

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["p0@0", "p1@10", "p2@20"], _log);
        Assert.Equal((0, 1, 3), (pool.InUse, pool.InReserve, pool.Sleeps));   // p2 slept again when p1 had the element
    }

    [Fact]
    public void A_machine_that_is_never_short_never_touches_the_reserve()
    {
        LinuxKernel kernel = new(_simulation, 2);
        MemoryPool pool = new(kernel, "page_pool", 1);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(pool.TryAllocate(Gfp.NoWait));
        }

        Assert.Equal((1, 100, 100), (pool.InReserve, pool.InUse, pool.InUseMax));
    }

    [Fact]
    public void A_page_freed_elsewhere_is_found_when_the_5_seconds_are_over()
    {
        LinuxKernel kernel = Kernel();
        MemoryPool pool = new(kernel, "page_pool", 1);
        _simulation.Spawn("first", HoldAsync(kernel, pool, 0, 60_000_000));
        _simulation.Spawn("second", HoldAsync(kernel, pool, 1, 10));
        _simulation.Spawn("elsewhere", GiveAsync(kernel, 7_000_000));

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["first@0", "second@10000001"], _log);   // asleep since 1 us: the attempt after 5 s would have failed, the one after 10 s does not
    }

    [Fact]
    public void Who_sleeps_for_what_others_hold_who_sleep_too_is_a_deadlock_that_names_the_circle()
    {
        LinuxKernel kernel = Kernel();
        MemoryPool pool = new(kernel, "page_pool", 4);
        Writer[] writers = [new(kernel, pool, 4, serialise: null, "a"), new(kernel, pool, 4, serialise: null, "b")];
        foreach (Writer writer in writers)
        {
            writer.Start();
        }

        Outcome outcome = _simulation.Run();

        Assert.Equal(End.Deadlock, outcome.End);
        Assert.Equal(2, outcome.Blocked.Count);
        Assert.All(outcome.Blocked, b => Assert.Equal(("page_pool", "mempool_alloc", BlockedReason.Cycle), (b.WaitsOn, b.Symbol, b.Reason)));
        Assert.Equal("a", outcome.Blocked[0].Cycle[0]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Two_writers_that_each_need_the_whole_reserve_are_proved_only_if_one_drains_it_at_a_time(bool serialise, bool proved)
    {
        ExplorationResult result = new Explorer(new WriterScene.Factory(serialise), new ExplorationOptions { RandomRuns = 0, PctRuns = 0 }).Run();

        Assert.Equal(proved, result.Verdict == ExplorationVerdict.Proved);
        Assert.Equal(!proved, result.Failure is not null);
    }

    [Fact]
    public void A_blocking_allocation_in_softirq_is_a_fault_even_if_there_is_memory()
    {
        LinuxKernel kernel = Kernel(free: 10);
        MemoryPool pool = new(kernel, "req_pool", 1);
        _simulation.Spawn("handler", AllocateInSoftirq(kernel, pool, Gfp.NoIo));

        Outcome outcome = _simulation.Run();

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains("would sleep in mempool_alloc", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_atomic_allocation_in_softirq_is_none()
    {
        LinuxKernel kernel = Kernel();
        MemoryPool pool = new(kernel, "req_pool", 1);
        _simulation.Spawn("handler", AllocateInSoftirq(kernel, pool, Gfp.Atomic));

        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    private static async Process AllocateInSoftirq(LinuxKernel kernel, MemoryPool pool, Gfp gfp)
    {
        kernel.Enter(CpuContext.Softirq);
        await pool.AllocateAsync(gfp);
    }

    private async Process HoldAsync(LinuxKernel kernel, MemoryPool pool, int startUs, int holdUs)
    {
        kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Scene.Us * startUs);
        await pool.AllocateAsync(Gfp.NoIo);
        _log.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_simulation.CurrentProcess.Name}@{_simulation.Now.Nanoseconds / 1000m:0}"));
        await _simulation.Delay(Scene.Us * holdUs);
        pool.Free();
    }

    private async Process GiveAsync(LinuxKernel kernel, int us)
    {
        await _simulation.Delay(Scene.Us * us);
        kernel.Memory.Give();
    }

    /// <summary>Takes pages one by one, waiting for each, and holds them all for a moment.</summary>
    private sealed class Writer(LinuxKernel kernel, MemoryPool pool, int pages, KernelMutex? serialise, string name) : IHolder
    {
        private readonly LinuxKernel _kernel = kernel;
        private readonly MemoryPool _pool = pool;
        private readonly KernelMutex? _serialise = serialise;
        private readonly int _pages = pages;
        [NotState]
        private Process _process;

        public string Label => "bio of " + name;

        public string? WhyNobody => null;

        public void Start() => _process = _kernel.Simulation.Spawn(name, Write());

        public void Owners(OwnerList owners) => owners.Add(_process);

        private async Process Write()
        {
            _kernel.Enter(CpuContext.Process);
            if (_serialise is not null)
            {
                await _serialise.LockAsync();
            }

            for (int i = 0; i < _pages; i++)
            {
                await _pool.AllocateAsync(Gfp.NoIo, this);
                await _kernel.Simulation.Delay(Scene.Us);
            }

            _serialise?.Unlock();
            await _kernel.Simulation.Delay(Scene.Us);
            for (int i = 0; i < _pages; i++)
            {
                _pool.Free(this);
            }
        }
    }

    private sealed class WriterScene : IExplorable
    {
        public WriterScene(bool serialise)
        {
            LinuxKernel kernel = new(Simulation, 2) { Memory = new PageAllocator(new MemoryOptions { Free = new DataSize(0) }) };
            MemoryPool pool = new(kernel, "page_pool", 2);
            KernelMutex? mutex = serialise ? new KernelMutex(kernel, "bio_alloc_lock") : null;
            new Writer(kernel, pool, 2, mutex, "a").Start();
            new Writer(kernel, pool, 2, mutex, "b").Start();
        }

        public Simulation Simulation { get; } = new();

        public IReadOnlyList<TraceEvent> Trace => [];

        public RunEnd DescribeEnd() => new()
        {
            Ends = Simulation.Outcome.End == End.Completed ? "completed" : "deadlock",
            AtPicoseconds = 0,
            Events = 0,
            Fingerprint = 0,
            Blocked = [],
        };

        public void Dispose() => Simulation.Dispose();

        public sealed class Factory(bool serialise) : IExplorableFactory
        {
            public IExplorable Build(bool traced) => new WriterScene(serialise);
        }
    }
}
