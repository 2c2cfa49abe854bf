using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

/// <summary>mempool_alloc_bulk: from the reserve all that is missing, or nothing.</summary>
public sealed class BulkAllocationTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly MemoryPool _pool;
    private readonly List<string> _log = [];

    public BulkAllocationTests()
    {
        _kernel = new LinuxKernel(_simulation, 2) { Memory = new PageAllocator(new MemoryOptions { Free = DataSize.FromKibibytes(8) }) };
        _pool = new MemoryPool(_kernel, "pool", reserve: 4);
    }

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void What_the_allocator_has_comes_from_there_and_the_rest_from_the_reserve()
    {
        Take("a", at: 0, count: 3);
        Run();

        Assert.Equal(["a@0"], _log);
        Assert.Equal((3, 3, 0L), (_pool.InUse, _pool.InReserve, _kernel.Memory.Free));
    }

    // a has 2 of the allocator's and 3 of the reserve's 4; b lacks 2 where 1 is left, and takes none of it. c lacks 1.
    [Fact]
    public void Who_lacks_more_than_the_reserve_holds_takes_nothing_of_it()
    {
        Take("a", at: 0, count: 4);
        Take("b", at: 1, count: 3);
        Take("c", at: 2, count: 2);
        Run();

        Assert.Equal(["a@0", "c@2"], _log);
        Assert.Equal(End.Deadlock, _simulation.Outcome.End);
        Assert.Equal(0, _pool.InReserve);
    }

    [Fact]
    public void It_sleeps_until_enough_has_come_back_and_not_until_something_has()
    {
        Take("a", at: 0, count: 4);
        Take("b", at: 1, count: 4);
        Free(at: 5, count: 1);
        Free(at: 7, count: 1);
        Run();

        Assert.Equal(["a@0", "b@7"], _log);
    }

    // Two of the reserve are left for b, who lacks four; that is no wake-up that was lost.
    [Fact]
    public void A_reserve_that_is_too_small_for_any_sleeper_is_no_lost_wake_up()
    {
        Take("a", at: 0, count: 4);
        Take("b", at: 1, count: 4);
        Run();

        Assert.Equal((End.Deadlock, 2), (_simulation.Outcome.End, _pool.InReserve));
    }

    [Fact]
    public void More_than_the_full_reserve_is_never_asked_for()
    {
        Take("a", at: 0, count: 5);

        Run();

        Assert.Equal(End.Fault, _simulation.Outcome.End);
    }

    private void Run() => Assert.Equal(RunState.Ended, _simulation.Run(new RunLimits()));

    private void Take(string name, long at, int count) => _simulation.Spawn(name, TakeAsync(name, at, count));

    private void Free(long at, int count) => _simulation.Spawn("free", FreeAsync(at, count));

    private async Process TakeAsync(string name, long at, int count)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        await _pool.AllocateManyAsync(count);
        _log.Add($"{name}@{_simulation.Now.Nanoseconds / 1000}");
    }

    private async Process FreeAsync(long at, int count)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromMicroseconds(at));
        for (; count > 0; count--)
        {
            _pool.Free();
        }
    }
}
