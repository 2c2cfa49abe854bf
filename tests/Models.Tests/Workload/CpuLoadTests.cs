using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

public sealed class CpuLoadTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];
    private readonly LinuxKernel _kernel;

    public CpuLoadTests() => _kernel = new LinuxKernel(_simulation, 1);

    public void Dispose() => _simulation.Dispose();

    private void Load(int granularity, int slice = 10_000, int nice = 0, int utilization = 100) => CpuHogs.Start(
        _kernel, "load", new CpuLoadOptions { Utilization = utilization, Slice = Scene.Us * slice, Granularity = Scene.Us * granularity, Nice = nice }, new RandomSource(1));

    private void Note(string what) => _log.Add(string.Create(CultureInfo.InvariantCulture, $"{what}@{_simulation.Now.Nanoseconds / 1000m:0.##}"));

    private WorkQueue Queue(WorkQueueFlags flags = WorkQueueFlags.None) => WorkQueue.Unbound(_kernel, "kcryptd", 1, Scene.Us * 5, flags);

    private void At(int us, Action action) => _simulation.Spawn("at", Later(us, action));

    private async Process Later(int us, Action action)
    {
        _kernel.Enter(CpuContext.Process);
        await _simulation.Delay(Scene.Us * us);
        action();
    }

    private void Run(int us = 20_000)
    {
        At(us, () => { });
        Assert.Equal(End.Completed, _simulation.Run().End);
    }

    [Fact]
    public void A_woken_kworker_waits_until_the_load_has_had_its_granularity()
    {
        Load(granularity: 1000);
        WorkQueue queue = Queue();
        At(100, () => queue.Queue(new Item(this, "a", 20), 0));    // the load has the CPU since 0
        At(5_000, () => queue.Queue(new Item(this, "b", 20), 0));  // for 3980 us
        At(5_100, () => queue.Queue(new Item(this, "c", 20), 0));  // since 5025
        Run();

        Assert.Equal(["a@1020", "b@5025", "c@6045"], _log);
    }

    [Fact]
    public void Without_load_it_waits_for_its_wake_up_alone()
    {
        WorkQueue queue = Queue();
        At(100, () => queue.Queue(new Item(this, "a", 20), 0));
        Run();

        Assert.Equal(["a@125"], _log);
    }

    [Theory]
    [InlineData(10, WorkQueueFlags.None)]
    [InlineData(0, WorkQueueFlags.HighPri)]
    public void A_nicer_load_or_a_high_priority_kworker_does_not_wait(int nice, WorkQueueFlags flags)
    {
        Load(granularity: 1000, nice: nice);
        WorkQueue queue = Queue(flags);
        At(100, () => queue.Queue(new Item(this, "a", 20), 0));
        Run();

        Assert.Equal(["a@125"], _log);
    }

    [Fact]
    public void Work_that_goes_on_keeps_the_CPU_until_it_is_the_loads_turn()
    {
        Load(granularity: 1000);
        WorkQueue queue = Queue();
        At(2_000, () => queue.Queue(new Item(this, "a", 400, slices: 5), 0));   // 1000 us of its own, then 1000 us of the load
        Run();

        Assert.Equal(["a@2405", "a@2805", "a@3205", "a@4605", "a@5005"], _log);
    }

    [Fact]
    public void Softirqs_do_not_wait_for_the_load()
    {
        Load(granularity: 1000);
        _ = _kernel.Softirqs;
        At(100, () => _kernel.Softirqs.Raise(0, new Soft(this)));
        Run();

        Assert.Equal(["softirq@107"], _log);
    }

    [Fact]
    public void A_completion_wakes_its_waiter_behind_the_load()
    {
        Load(granularity: 1000);
        Completion done = new(_kernel, "done", "crypt_convert", Scene.Us * 5);
        _simulation.Spawn("waiter", Wait(done));
        At(100, done.Complete);
        Run();

        Assert.Equal(["woken@1000", "ran@1020"], _log);
    }

    [Fact]
    public void The_load_uses_the_share_that_it_is_asked_for()
    {
        Load(granularity: 1000, slice: 1000, utilization: 25);
        Run(20_000_000);

        Assert.InRange(_kernel.Cpus.LoadPicoseconds / 20e12, 0.24, 0.26);
    }

    [Fact]
    public void Tasks_go_to_the_CPU_without_load()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 2);
        CpuHogs.Start(kernel, "load", new CpuLoadOptions { Utilization = 100, Cpus = 1 }, new RandomSource(1));
        Completion done = new(kernel, "done", "crypt_convert", Duration.Zero);
        simulation.Spawn("waiter", WaitOn(kernel, done));
        simulation.Spawn("completer", Complete(kernel, done));
        simulation.Run();

        Assert.Equal(100m, simulation.Outcome.At.Nanoseconds / 1000m);
    }

    [Fact]
    public void A_loaded_machine_is_slower_at_the_tail_and_says_so()
    {
        Scene scene = new()
        {
            Target = new Scene().Target with { Wakeup = Scene.Us * 5 },
            Device = new DiskOptions { Latency = Scene.Service(Scene.Us * 50), Bandwidth = new Bandwidth(1L << 60) },
        };
        scene = (scene with { TimeLimit = Duration.FromSeconds(100) }).With("fio", Scene.Write("4KiB", number: 1000, iodepth: 64) with { RateIops = 3000, RateProcess = RateProcess.Poisson });
        decimal idle = scene.Run().Metric("fio.latency.p99");
        MachineResult busy = scene.With("load", new CpuLoadOptions { Utilization = 90, Slice = Duration.FromMilliseconds(10) }).Run();

        Assert.True(busy.Metric("fio.latency.p99") > idle * 2, $"{busy.Metric("fio.latency.p99")} against {idle}");
        Assert.InRange(busy.Metric("cpu.load"), 0.7m, 1m);
    }

    [Fact]
    public void A_job_that_waits_for_each_bio_waits_on_the_run_queue_itself_which_its_latencies_do_not_show()
    {
        Scene scene = new Scene { TimeLimit = Duration.FromSeconds(100) }.With("fio", Scene.Write("4KiB", number: 500));
        MachineResult idle = scene.Run();
        MachineResult busy = scene.With("load", new CpuLoadOptions { Utilization = 100, Slice = Duration.FromMilliseconds(10) }).Run();

        Assert.True(busy.Metric("fio.iops") < idle.Metric("fio.iops"), $"{busy.Metric("fio.iops")} against {idle.Metric("fio.iops")}");
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        CpuLoadOptions load = new() { Utilization = 50, Cpus = 8 };
        string[] alone = Problems(("load", load));
        string[] two = Problems(("load", load with { Cpus = 4 }), ("more", load with { Cpus = 1, Slice = Duration.Zero }));

        Assert.Equal(["load.cpus is 8, more than the 4 CPUs of the hardware", "load competes with nothing: a cpu-load needs another job beside it, with which it ends"], alone);
        Assert.Equal(["more.slice is 0", "more is a second cpu-load beside load; a CPU has one"], two);
    }

    private static string[] Problems(params (string Name, WorkloadOptions Options)[] workload) =>
        [.. MachineValidator.Validate(new MachineOptions
        {
            Hardware = new HardwareOptions(),
            Workload = [.. workload.Select(w => new NamedPart<WorkloadOptions>(w.Name, w.Options))],
        }).Select(problem => $"{problem.Path} {problem.Message}")];

    private async Process Wait(Completion done)
    {
        _kernel.Enter(CpuContext.Process);
        await done.WaitAsync();
        Note("woken");
        await _kernel.Cpus.RunAsync(Scene.Us * 20);
        Note("ran");
    }

    private static async Process WaitOn(LinuxKernel kernel, Completion done)
    {
        kernel.Enter(CpuContext.Process);
        await done.WaitAsync();
        await kernel.Cpus.RunAsync(Scene.Us * 50);
    }

    private static async Process Complete(LinuxKernel kernel, Completion done)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Simulation.Delay(Scene.Us * 50);
        done.Complete();
    }

    private sealed class Item(CpuLoadTests test, string name, int us, int slices = 1) : WorkItem
    {
        public override async Operation RunAsync()
        {
            for (int i = 0; i < slices; i++)
            {
                await test._kernel.Cpus.RunAsync(Scene.Us * us);
                test.Note(name);
            }
        }
    }

    private sealed class Soft(CpuLoadTests test) : BhWork
    {
        public override async Operation RunAsync()
        {
            await test._kernel.Cpus.InterruptAsync(0, Scene.Us * 7);
            test.Note("softirq");
        }
    }
}
