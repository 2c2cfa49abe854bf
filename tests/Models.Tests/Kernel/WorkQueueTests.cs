using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class WorkQueueTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly LinuxKernel _kernel;
    private readonly List<string> _log = [];

    public WorkQueueTests() => _kernel = new LinuxKernel(_simulation, 2);

    public void Dispose() => _simulation.Dispose();

    private WorkQueue Unbound(int maxActive, Duration wakeup = default) => WorkQueue.Unbound(_kernel, "kcryptd", maxActive, wakeup);

    private Item Work(string name, long nanoseconds, Completion? wait = null) => new(this, name, Duration.FromNanoseconds(nanoseconds), wait);

    private void RunUntil(long nanoseconds)
    {
        _simulation.Spawn("bench", Later(nanoseconds, () => { }));
        _simulation.Run();
    }

    private void At(long nanoseconds, Action action) => _simulation.Spawn("at", Later(nanoseconds, action));

    private async Process Later(long nanoseconds, Action action)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Duration.FromNanoseconds(nanoseconds));
        action();
    }

    [Fact]
    public void Items_run_first_in_first_out_on_one_worker()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        foreach (string name in new[] { "a", "b", "c" })
        {
            queue.Queue(Work(name, 10), 0);
        }

        RunUntil(100);

        Assert.Equal(["a 0-10 kcryptd/0", "b 10-20 kcryptd/0", "c 20-30 kcryptd/0"], _log);
    }

    [Fact]
    public void A_pending_item_is_queued_once()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Item item = Work("a", 10);

        Assert.True(queue.Queue(item, 0));
        Assert.False(queue.Queue(item, 0));
        Assert.True(item.IsPending);
        RunUntil(100);

        Assert.Single(_log);
        Assert.False(item.IsPending);
    }

    [Fact]
    public void A_running_item_is_no_longer_pending_and_can_be_queued_again()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Item item = Work("a", 10);
        queue.Queue(item, 0);
        bool again = false;
        At(5, () => again = queue.Queue(item, 0));
        RunUntil(100);

        Assert.True(again);
        Assert.Equal(["a 0-10 kcryptd/0", "a 10-20 kcryptd/0"], _log);
    }

    [Fact]
    public void No_more_than_max_active_items_run_at_the_same_time()
    {
        WorkQueue queue = Unbound(maxActive: 2);
        foreach (string name in new[] { "a", "b", "c", "d", "e" })
        {
            queue.Queue(Work(name, 10), 0);
        }

        RunUntil(100);

        Assert.Equal(2, queue.ActiveMax);
        Assert.Equal(["0-10", "0-10", "10-20", "10-20", "20-30"], _log.Select(l => l.Split(' ')[1]));
        Assert.Equal(["a", "b", "c", "d", "e"], _log.Select(l => l.Split(' ')[0]));
    }

    [Fact]
    public void A_sleeping_item_keeps_its_place_in_max_active()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Completion wake = new(_kernel, "wake", "crypt_convert", Duration.Zero);
        queue.Queue(Work("sleeper", 10, wake), 0);
        queue.Queue(Work("next", 10), 0);
        At(1_000, wake.Complete);
        RunUntil(2_000);

        Assert.Equal(["sleeper 0-1000 kcryptd/0", "next 1000-1010 kcryptd/0"], _log);
    }

    [Fact]
    public void An_idle_worker_wakes_one_wake_up_later_and_a_busy_one_goes_on_at_once()
    {
        WorkQueue queue = Unbound(maxActive: 1, Duration.FromNanoseconds(7));
        At(100, () =>
        {
            queue.Queue(Work("a", 10), 0);
            queue.Queue(Work("b", 10), 0);
        });
        RunUntil(1_000);

        Assert.Equal(["a 107-117 kcryptd/0", "b 117-127 kcryptd/0"], _log);
    }

    [Fact]
    public void No_item_is_forgotten_when_a_busy_worker_takes_what_an_idle_one_was_woken_for()
    {
        WorkQueue queue = Unbound(maxActive: 2, Duration.FromNanoseconds(7));
        At(100, () => queue.Queue(Work("a", 10), 0));    // 107 to 117
        At(115, () => queue.Queue(Work("b", 10), 0));    // wakes the other worker for 122, the first takes it at 117
        At(118, () => queue.Queue(Work("c", 10), 0));    // the other worker is on its way: at 122
        RunUntil(1_000);

        Assert.Equal(["a 107-117", "b 117-127", "c 122-132"], _log.Select(l => l[..l.LastIndexOf(' ')]));
    }

    [Fact]
    public void A_bound_queue_runs_an_item_on_the_CPU_that_queued_it_with_a_max_active_for_each()
    {
        WorkQueue queue = WorkQueue.Bound(_kernel, "kcryptd", 1, Duration.Zero);
        Item[] items = [Work("a0", 10), Work("b0", 10), Work("a1", 10), Work("b1", 10)];
        foreach (Item item in items)
        {
            queue.Queue(item, item.Name[1] - '0');
        }

        RunUntil(100);

        Assert.Equal(2, queue.Workers);
        Assert.Equal(["a0 0-10 kcryptd/0", "a1 0-10 kcryptd/1", "b0 10-20 kcryptd/0", "b1 10-20 kcryptd/1"], _log);
        Assert.Equal([0, 0, 1, 1], items.Select(i => i.Cpu));
    }

    [Fact]
    public void An_unbound_worker_has_no_CPU_of_its_own()
    {
        Item item = Work("a", 10);
        Unbound(maxActive: 1).Queue(item, 1);
        RunUntil(100);

        Assert.Equal(-1, item.Cpu);
    }

    [Fact]
    public void Workers_may_sleep()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Completion done = new(_kernel, "done", "crypt_convert", Duration.Zero);
        queue.Queue(Work("a", 10, done), 0);
        At(20, done.Complete);
        _simulation.Spawn("bench", Later(100, () => { }));

        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    // ── concurrency management ──────────────────────────────────────────

    private WorkQueue Managed(string name, WorkQueueFlags flags = WorkQueueFlags.None, int maxActive = 256) => WorkQueue.Managed(_kernel, name, maxActive, Duration.Zero, flags);

    [Fact]
    public void Managed_queues_share_the_kworkers_of_a_CPU_one_of_which_runs_at_a_time()
    {
        WorkQueue first = Managed("events");
        WorkQueue second = Managed("kblockd");
        first.Queue(Work("a", 10), 0);
        second.Queue(Work("b", 10), 0);
        second.Queue(Work("other CPU", 10), 1);
        RunUntil(100);

        Assert.Equal(["a 0-10 kworker/0:0", "other CPU 0-10 kworker/1:0", "b 10-20 kworker/0:0"], _log);
    }

    [Fact]
    public void An_item_that_sleeps_lets_the_next_one_run()
    {
        Completion wake = new(_kernel, "wake", "crypt_convert", Duration.Zero);
        WorkQueue queue = Managed("events");
        queue.Queue(Work("sleeper", 0, wake), 0);
        queue.Queue(Work("next", 10), 0);
        At(500, wake.Complete);
        RunUntil(1_000);

        Assert.Equal(["next 0-10 kworker/0:1", "sleeper 0-500 kworker/0:0"], _log);
    }

    [Fact]
    public void An_item_queued_while_all_others_sleep_runs_at_once()
    {
        Completion wake = new(_kernel, "wake", "crypt_convert", Duration.Zero);
        WorkQueue queue = Managed("events");
        queue.Queue(Work("sleeper", 0, wake), 0);
        At(100, () => queue.Queue(Work("next", 10), 0));
        At(500, wake.Complete);
        RunUntil(1_000);

        Assert.Equal("next 100-110 kworker/0:1", _log[0]);
    }

    [Fact]
    public void A_CPU_intensive_item_keeps_nobody_waiting()
    {
        WorkQueue intensive = Managed("kcryptd", WorkQueueFlags.CpuIntensive);
        WorkQueue events = Managed("events");
        intensive.Queue(Work("long", 1_000), 0);
        At(1, () => events.Queue(Work("short", 10), 0));
        RunUntil(2_000);

        Assert.Equal(["short 1-11 kworker/0:1", "long 0-1000 kworker/0:0"], _log);
    }

    [Fact]
    public void High_priority_items_have_kworkers_of_their_own()
    {
        WorkQueue high = Managed("kcryptd", WorkQueueFlags.HighPri);
        WorkQueue events = Managed("events");
        events.Queue(Work("normal", 100), 0);
        high.Queue(Work("high", 10), 0);
        RunUntil(200);

        Assert.Equal(["high 0-10 kworker/0:0H", "normal 0-100 kworker/0:0"], _log);
    }

    [Fact]
    public void Max_active_holds_for_each_managed_queue()
    {
        Completion wake = new(_kernel, "wake", "crypt_convert", Duration.Zero);
        WorkQueue one = Managed("one", maxActive: 1);
        WorkQueue other = Managed("other");
        one.Queue(Work("sleeper", 0, wake), 0);
        one.Queue(Work("inactive", 10), 0);
        other.Queue(Work("other", 10), 0);
        At(500, wake.Complete);
        RunUntil(1_000);

        Assert.Equal(["other 0-10", "sleeper 0-500", "inactive 500-510"], _log.Select(l => l[..l.LastIndexOf(' ')]));
    }

    [Fact]
    public void An_ordered_queue_runs_one_item_at_a_time_wherever_it_is_queued()
    {
        WorkQueue queue = WorkQueue.Ordered(_kernel, "kcryptd", Duration.Zero);
        queue.Queue(Work("a", 10), 1);
        queue.Queue(Work("b", 10), 0);
        RunUntil(100);

        Assert.Equal(["a 0-10 kcryptd/0", "b 10-20 kcryptd/0"], _log);
    }

    // ── no memory for kworkers ──────────────────────────────────────────

    [Fact]
    public void Where_no_kworker_can_be_created_the_rescuer_runs_the_items_one_by_one()
    {
        LinuxKernel kernel = new(_simulation, 2) { CanCreateKthreads = false };
        WorkQueue queue = WorkQueue.Unbound(kernel, "kcryptd", 4, Duration.Zero, WorkQueueFlags.MemReclaim);
        queue.Queue(Work("a", 10), 0);
        queue.Queue(Work("b", 10), 0);
        At(30_000_000, () => queue.Queue(Work("c", 10), 0));
        RunUntil(50_000_000);

        Assert.Equal(["a 10000000-10000010", "b 10000010-10000020", "c 40000000-40000010"], _log.Select(l => l[..l.LastIndexOf(' ')]));
        Assert.All(_log, l => Assert.EndsWith("kworker/R-kcryptd", l, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(WorkQueueFlags.MemReclaim, End.Completed)]
    [InlineData(WorkQueueFlags.None, End.Deadlock)]
    public void Without_a_rescuer_nobody_does(WorkQueueFlags flags, End end)
    {
        LinuxKernel kernel = new(_simulation, 2) { CanCreateKthreads = false };
        WorkQueue queue = WorkQueue.Unbound(kernel, "kcryptd", 4, Duration.Zero, flags);
        Completion done = new(kernel, "done", "wait_for_completion", Duration.Zero) { Owner = new QueueOwner(queue) };
        queue.Queue(new Signaller(done), 0);
        _simulation.Spawn("waiter", Wait(kernel, done));

        Outcome outcome = _simulation.Run();

        Assert.Equal(end, outcome.End);
        if (end == End.Deadlock)
        {
            Assert.Equal("kcryptd worklist has no kworker, none can be created, and the queue has no rescuer", Assert.Single(outcome.Blocked).Owner);
        }
    }

    [Fact]
    public void A_second_item_of_a_rescued_queue_waits_for_the_first_even_if_that_waits_for_it()
    {
        LinuxKernel kernel = new(_simulation, 2) { CanCreateKthreads = false };
        WorkQueue queue = WorkQueue.Unbound(kernel, "kcryptd", 4, Duration.Zero, WorkQueueFlags.MemReclaim);
        Completion done = new(kernel, "done", "crypt_convert", Duration.Zero) { Owner = new QueueOwner(queue) };
        queue.Queue(Work("sleeper", 0, done), 0);
        queue.Queue(new Signaller(done), 0);

        Assert.Equal(End.Deadlock, Ended());
    }

    private End Ended()
    {
        _simulation.Spawn("bench", Later(50_000_000, () => { }));
        return _simulation.Run().End;
    }

    private static async Process Wait(LinuxKernel kernel, Completion done)
    {
        kernel.Enter(CpuContext.Process);
        await done.WaitAsync();
    }

    [Fact]
    public void INIT_WORK_on_a_running_item_is_no_fault()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Item item = Work("a", 10);
        queue.Queue(item, 0);
        At(5, () => item.Initialize(_kernel, "io->work of bio#1"));
        _simulation.Spawn("bench", Later(100, () => { }));

        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    [Fact]
    public void INIT_WORK_on_a_queued_item_corrupts_the_list()
    {
        WorkQueue queue = Unbound(maxActive: 1);
        Item item = Work("a", 10);
        At(5, () =>
        {
            queue.Queue(item, 0);
            item.Initialize(_kernel, "io->work of bio#1");
        });
        _simulation.Spawn("bench", Later(100, () => { }));

        Outcome outcome = _simulation.Run();
        Assert.Equal(("DM-X4", "list corruption: INIT_WORK on io->work of bio#1, which is queued"), (outcome.Rule, outcome.Message));
    }

    private sealed class QueueOwner(WorkQueue queue) : IHolder
    {
        public string Label => "queue";

        public string? WhyNobody => null;

        public void Owners(OwnerList owners) => queue.Owners(owners);
    }

    private sealed class Signaller(Completion done) : WorkItem
    {
        public override Operation RunAsync()
        {
            done.Complete();
            return Operation.Completed;
        }
    }

    private sealed class Item(WorkQueueTests test, string name, Duration time, Completion? wait) : WorkItem
    {
        public string Name => name;

        public override async Operation RunAsync()
        {
            decimal began = test._simulation.Now.Nanoseconds;
            if (wait is null)
            {
                await test._simulation.Delay(time);
            }
            else
            {
                await wait.WaitAsync();
            }

            test._log.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{name} {began:0}-{test._simulation.Now.Nanoseconds:0} {test._simulation.CurrentProcess.Name}"));
        }
    }
}
