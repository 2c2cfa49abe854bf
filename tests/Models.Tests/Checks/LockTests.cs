using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Checks;

public sealed class LockTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly KernelMutex _a;
    private readonly KernelMutex _b;
    private readonly KernelMutex _c;

    public LockTests()
    {
        _kernel = new LinuxKernel(_simulation, 2);
        _a = new KernelMutex(_kernel, "a");
        _b = new KernelMutex(_kernel, "b");
        _c = new KernelMutex(_kernel, "c");
    }

    public void Dispose() => _simulation.Dispose();

    [Fact]
    public void Two_orders_of_two_mutexes_are_a_fault_even_if_nobody_hangs()
    {
        _simulation.Spawn("first", TakeAsync(0, _a, _b));
        _simulation.Spawn("second", TakeAsync(10, _b, _a));

        Outcome outcome = _simulation.Run();

        Assert.Equal((End.Fault, "DM-K3"), (outcome.End, outcome.Rule));
        Assert.Matches(@"^possible circular locking dependency detected: second takes a under b at LockTests\.cs:\d+; the other order was taken at LockTests\.cs:\d+$", outcome.Message);
    }

    [Fact]
    public void A_machine_without_mutexes_keeps_no_order()
    {
        LinuxKernel bare = new(_simulation, 2);
        Assert.Null(bare.LockOrder);
        _ = new KernelMutex(bare, "bio_alloc_lock");
        Assert.NotNull(bare.LockOrder);
    }

    [Fact]
    public void Completions_of_any_number_of_names_are_awaited_while_nothing_is_held()
    {
        _simulation.Spawn("many", WaitForManyAsync(LockOrder.MaxClasses * 2));

        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    [Fact]
    public void One_order_is_none()
    {
        _simulation.Spawn("first", TakeAsync(0, _a, _b));
        _simulation.Spawn("second", TakeAsync(10, _a, _b));

        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    [Fact]
    public void A_circle_of_three_is_found()
    {
        _simulation.Spawn("first", TakeAsync(0, _a, _b));
        _simulation.Spawn("second", TakeAsync(10, _b, _c));
        _simulation.Spawn("third", TakeAsync(20, _c, _a));

        Assert.Equal("DM-K3", _simulation.Run().Rule);
    }

    [Fact]
    public void Taking_a_mutex_twice_is_recursive_locking()
    {
        _simulation.Spawn("first", TakeAsync(0, _a, _a));

        Outcome outcome = _simulation.Run();

        Assert.Equal("DM-K3", outcome.Rule);
        Assert.Contains("possible recursive locking detected: first takes a under a", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "DM-K3")]
    [InlineData(false, null)]
    public void A_completion_awaited_under_a_mutex_must_not_be_completed_under_it(bool underIt, string? rule)
    {
        Completion done = new(_kernel, "done", "wait", Duration.Zero);
        _simulation.Spawn("completer", CompleteAsync(done, underIt ? _a : _b));
        _simulation.Spawn("waiter", WaitAsync(done, 10));

        Assert.Equal(rule, _simulation.Run().Rule);
    }

    [Fact]
    public void Only_the_holder_unlocks()
    {
        _simulation.Spawn("holder", HoldAsync(_a));
        _simulation.Spawn("thief", UnlockAsync(_a));

        Outcome outcome = _simulation.Run();

        Assert.Equal(("DM-K4", "thief unlocks a, which is held by holder"), (outcome.Rule, outcome.Message));
    }

    [Fact]
    public void Unlocking_a_free_mutex_is_a_fault()
    {
        _simulation.Spawn("thief", UnlockAsync(_a));

        Assert.Equal("thief unlocks a, which is not locked", _simulation.Run().Message);
    }

    [Fact]
    public void Locking_in_softirq_is_a_fault()
    {
        _simulation.Spawn("handler", TakeAsync(0, CpuContext.Softirq, _a));

        Assert.Equal("DM-X2", _simulation.Run().Rule);
    }

    [Fact]
    public void Who_waits_for_a_mutex_waits_for_its_holder()
    {
        Completion never = new(_kernel, "never", "wait", Duration.Zero);
        _simulation.Spawn("holder", WaitAsync(never, 0));   // under a
        _simulation.Spawn("waiter", TakeAsync(1, _a));

        Outcome outcome = _simulation.Run();

        Assert.Equal(End.Deadlock, outcome.End);
        BlockedProcess waiter = outcome.Blocked.Single(b => b.Process == "waiter");
        Assert.Equal(("a", "mutex_lock"), (waiter.WaitsOn, waiter.Symbol));
        Assert.Equal(["waiter", "a", "a->owner", "holder"], waiter.Chain.Take(4));
    }

    [Fact]
    public void Waiters_get_it_in_the_order_in_which_they_came()
    {
        List<string> order = [];
        for (int i = 0; i < 3; i++)
        {
            _simulation.Spawn("p" + i, NoteAsync(order, i));
        }

        Assert.Equal(End.Completed, _simulation.Run().End);
        Assert.Equal(["p0", "p1", "p2"], order);
        Assert.False(_a.IsLocked);
    }

    [Fact]
    public void A_mutex_that_is_held_can_not_be_tried()
    {
        List<bool> tries = [];
        _simulation.Spawn("holder", TryTwice(tries));
        _simulation.Run();

        Assert.Equal([true, false], tries);
        Assert.Equal(["a"], _kernel.LockOrder!.Held);
    }

    private async Process WaitForManyAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Completion done = new(_kernel, "ctx->restart io#" + i, "crypt_convert", Duration.Zero);
            done.Complete();
            await done.WaitAsync();
        }
    }

    private async Process TryTwice(List<bool> tries)
    {
        tries.Add(_a.TryLock());
        await _simulation.Delay(Scene.Us);
        tries.Add(_a.TryLock());
    }

    private async Process NoteAsync(List<string> order, int us)
    {
        await _simulation.Delay(Scene.Us * us);
        await _a.LockAsync();
        await _simulation.Delay(Scene.Us * 10);
        order.Add(_simulation.CurrentProcess.Name);
        _a.Unlock();
    }

    private Process TakeAsync(int us, params KernelMutex[] mutexes) => TakeAsync(us, CpuContext.Process, mutexes);

    private async Process TakeAsync(int us, CpuContext context, params KernelMutex[] mutexes)
    {
        _kernel.Enter(context);
        await _simulation.Delay(Scene.Us * us);
        foreach (KernelMutex mutex in mutexes)
        {
            await mutex.LockAsync();
        }

        foreach (KernelMutex mutex in mutexes.Reverse())
        {
            mutex.Unlock();
        }
    }

    private async Process CompleteAsync(Completion done, KernelMutex under)
    {
        await under.LockAsync();
        done.Complete();
        under.Unlock();
    }

    private async Process WaitAsync(Completion done, int us)
    {
        await _simulation.Delay(Scene.Us * us);
        await _a.LockAsync();
        await done.WaitAsync();
        _a.Unlock();
    }

    private async Process HoldAsync(KernelMutex mutex)
    {
        await mutex.LockAsync();
        await _simulation.Delay(Scene.Us * 10);
        mutex.Unlock();
    }

    private async Process UnlockAsync(KernelMutex mutex)
    {
        await _simulation.Delay(Scene.Us);
        mutex.Unlock();
    }
}
