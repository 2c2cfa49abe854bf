using System.Globalization;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class SoftirqTests : IDisposable
{
    private readonly Simulation _simulation = new();
    private readonly List<string> _log = [];

    public void Dispose() => _simulation.Dispose();

    private LinuxKernel Kernel(CostOptions? costs = null)
    {
        LinuxKernel kernel = new(_simulation, 2) { Costs = costs ?? new CostOptions() };
        _ = kernel.Softirqs;
        return kernel;
    }

    private Outcome Run(LinuxKernel kernel, int us, Action action)
    {
        _simulation.Spawn("irq", Later(kernel, us, action));
        return _simulation.Run();
    }

    private async Process Later(LinuxKernel kernel, int us, Action action)
    {
        kernel.Enter(CpuContext.Hardirq);
        await _simulation.Delay(Scene.Us * us);
        action();
        _log.Add("irq exit");
        await _simulation.Delay(Scene.Us * 1000);
    }

    private void Note(LinuxKernel kernel, string what) =>
        _log.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {_simulation.Now.Nanoseconds / 1000m:0.##} cpu{kernel.CurrentCpu}"));

    [Fact]
    public void Softirqs_run_after_the_interrupt_that_raised_them_has_returned_by_vector_and_then_first_raised_first()
    {
        LinuxKernel kernel = Kernel();
        Work[] works = [new(this, kernel, "a", 0), new(this, kernel, "b", 0), new(this, kernel, "block", 0, SoftirqVector.Block), new(this, kernel, "hi", 0, SoftirqVector.Hi)];
        Run(kernel, 5, () => Array.ForEach(works, work => kernel.Softirqs.Raise(1, work)));

        Assert.Equal(["irq exit", "hi 5 cpu1", "block 5 cpu1", "a 5 cpu1", "b 5 cpu1"], _log);
    }

    [Fact]
    public void Work_that_is_pending_is_raised_once()
    {
        LinuxKernel kernel = Kernel();
        Work work = new(this, kernel, "a", 0);
        Run(kernel, 5, () =>
        {
            kernel.Softirqs.Raise(0, work);
            kernel.Softirqs.Raise(1, work);
        });

        Assert.Equal(["irq exit", "a 5 cpu0"], _log);
    }

    [Fact]
    public void Work_raised_next_runs_before_what_is_pending()
    {
        LinuxKernel kernel = Kernel();
        Work continuation = new(this, kernel, "continuation", 0);
        Work first = new(this, kernel, "first", 0) { OnRun = () => Assert.True(kernel.RunNext(continuation)) };
        Work second = new(this, kernel, "second", 0);
        Run(kernel, 5, () =>
        {
            kernel.Softirqs.Raise(0, first);
            kernel.Softirqs.Raise(0, second);
        });

        Assert.Equal(["irq exit", "first 5 cpu0", "continuation 5 cpu0", "second 5 cpu0"], _log);
    }

    [Fact]
    public void In_process_context_nothing_runs_next() => Run(Kernel(), 0, () =>
    {
        LinuxKernel kernel = Kernel();
        Assert.False(kernel.RunNext(new Work(this, kernel, "a", 0)));
    });

    [Fact]
    public void A_tasklet_raised_on_another_CPU_while_it_runs_runs_there_afterwards()
    {
        LinuxKernel kernel = Kernel();
        Work work = new(this, kernel, "a", 10);
        Run(kernel, 5, () => kernel.Softirqs.Raise(0, work));
        Assert.Equal(["irq exit", "a 15 cpu0"], _log);

        _log.Clear();
        using Simulation again = new();
        LinuxKernel two = new(again, 2);
        _ = two.Softirqs;
        List<string> log = [];
        Slow slow = new(two, log);
        again.Spawn("irq0", Raise(two, 0, 0, slow));
        again.Spawn("irq1", Raise(two, 5, 1, slow));
        again.Spawn("irq2", Raise(two, 6, 1, slow));   // pending already
        again.Spawn("end", Raise(two, 100, 0, new Slow(two, [])));
        again.Run();

        Assert.Equal(["begins 0 cpu0", "ends 10 cpu0", "begins 10 cpu1", "ends 20 cpu1"], log);
    }

    [Fact]
    public void Softirqs_take_the_CPU_from_the_task_of_their_CPU_and_cost_what_the_options_say()
    {
        LinuxKernel kernel = Kernel(new CostOptions { Softirq = Scene.Us * 2 });
        _simulation.Spawn("task", Busy(kernel, 0, "task"));
        _simulation.Spawn("other", Busy(kernel, 1, "other"));
        Run(kernel, 5, () =>
        {
            kernel.Softirqs.Raise(0, new Work(this, kernel, "a", 3));
            kernel.Softirqs.Raise(0, new Work(this, kernel, "b", 4));
        });

        Assert.Equal(["irq exit", "a 10 cpu0", "b 14 cpu0", "other 50 cpu-1", "task 59 cpu-1"], _log);   // 2 + 3 + 4 later
    }

    [Fact]
    public void A_hardirq_takes_the_CPU_from_a_softirq()
    {
        LinuxKernel kernel = Kernel();
        kernel.Cpus.TellHardirqsApart();
        _simulation.Spawn("hardirq", Hardirq(kernel, 8, 3));
        _simulation.Spawn("task", Busy(kernel, 0, "task"));
        Run(kernel, 5, () => kernel.Softirqs.Raise(0, new Work(this, kernel, "a", 10)));

        Assert.Equal(["irq exit", "hardirq 11 cpu0", "a 18 cpu0", "task 63 cpu-1"], _log);
    }

    [Fact]
    public void A_context_switch_costs_CPU_time_between_different_tasks_only()
    {
        LinuxKernel kernel = Kernel(new CostOptions { ContextSwitch = Scene.Us });
        _simulation.Spawn("a", Busy(kernel, 0, "a", times: 2));
        Run(kernel, 500, () => _simulation.Spawn("b", Busy(kernel, 0, "b")));

        Assert.Equal(["a 51 cpu-1", "a 101 cpu-1", "irq exit", "b 551 cpu-1"], _log);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_of_a_tasklet_must_not_be_freed_while_its_core_needs_it_and_that_of_BH_work_may(bool isTasklet)
    {
        LinuxKernel kernel = Kernel();
        SoftirqWork work = isTasklet ? new FreesItself() : new Work(this, kernel, "bh", 0);
        Outcome outcome = Run(kernel, 5, () => kernel.Softirqs.Raise(0, work));

        Assert.Equal(isTasklet ? "DM-B07" : null, outcome.Rule);
        if (isTasklet)
        {
            Assert.Equal("use after free: tasklet_unlock touches the tasklet of bio#1, whose memory was freed while its handler ran", outcome.Message);
        }
    }

    private static async Process Raise(LinuxKernel kernel, int us, int cpu, SoftirqWork work)
    {
        kernel.Enter(CpuContext.Hardirq);
        await kernel.Simulation.Delay(Scene.Us * us);
        kernel.Softirqs.Raise(cpu, work);
        await kernel.Simulation.Delay(Scene.Us);
    }

    private async Process Hardirq(LinuxKernel kernel, int us, int cost)
    {
        kernel.Enter(CpuContext.Hardirq, 0);
        await _simulation.Delay(Scene.Us * us);
        await kernel.Cpus.HardirqAsync(0, Scene.Us * cost);
        Note(kernel, "hardirq");
    }

    private async Process Busy(LinuxKernel kernel, int cpu, string name, int times = 1)
    {
        kernel.Enter(CpuContext.Process);
        for (int i = 0; i < times; i++)
        {
            await kernel.Cpus.RunOnAsync(cpu, Scene.Us * 50);
            Note(kernel, name);
        }
    }

    private sealed class Work(SoftirqTests test, LinuxKernel kernel, string name, int us, SoftirqVector vector = SoftirqVector.Tasklet) : BhWork
    {
        public override SoftirqVector Vector => vector;

        public Action? OnRun { get; init; }

        public override async Operation RunAsync()
        {
            if (us > 0)
            {
                await kernel.Cpus.InterruptAsync(RunsOn, Scene.Us * us);
            }

            test.Note(kernel, name);
            OnRun?.Invoke();
        }
    }

    private sealed class Slow(LinuxKernel kernel, List<string> log) : BhWork
    {
        public override async Operation RunAsync()
        {
            Note("begins");
            await kernel.Cpus.InterruptAsync(RunsOn, Scene.Us * 10);
            Note("ends");
        }

        private void Note(string what) => log.Add(string.Create(CultureInfo.InvariantCulture, $"{what} {kernel.Simulation.Now.Nanoseconds / 1000m:0.##} cpu{kernel.CurrentCpu}"));
    }

    private sealed class FreesItself : Tasklet
    {
        public override string Label => "the tasklet of bio#1";

        public override Operation RunAsync()
        {
            LoseMemory();
            return Operation.Completed;
        }
    }
}
