using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>What a device allows whatever its tags (KS-37, KS-40), and where its driver may sleep (KS-44).</summary>
public sealed class BudgetAndContextTests
{
    [Fact]
    public void A_device_takes_as_many_commands_as_its_budget_from_all_hardware_queues()
    {
        using QueueBench bench = new(QueueBench.Usual with { HardwareQueues = 2 });
        bench.Driver.Budget = new DispatchBudget(1);
        bench.Submit(0, bench.Bio("a", 100, cpu: 0), bench.Bio("b", 200, cpu: 1));
        bench.RunToEnd();

        Assert.Equal(["R 800+8@0", "R 1600+8@11"], bench.Driver.Log);   // 10: the end of a runs all queues
    }

    [Fact]
    public void A_request_that_the_driver_refuses_gives_its_budget_back()
    {
        using QueueBench bench = new(QueueBench.Usual with { HardwareQueues = 2 });
        bench.Driver.Budget = new DispatchBudget(1);
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Submit(0, bench.Bio("a", 100, cpu: 0), bench.Bio("b", 200, cpu: 1));
        bench.RunToEnd();

        Assert.Equal(["R 800+8@0 Resource", "R 800+8@0 Resource", "R 1600+8@0", "R 800+8@3001"], bench.Driver.Log);
    }

    [Theory]
    [InlineData(ElevatorKind.None)]
    [InlineData(ElevatorKind.MqDeadline)]
    public void Without_budget_nothing_is_dequeued(ElevatorKind elevator)
    {
        using QueueBench bench = new(QueueBench.Usual with { Elevator = elevator });
        bench.Driver.Budget = new DispatchBudget(2);
        bench.Submit(0, bench.Bio("a", 100), bench.Bio("b", 200), bench.Bio("c", 300), bench.Bio("d", 400));
        bench.RunToEnd();

        Assert.Equal(4, bench.Ended.Count);
        Assert.Equal(2, bench.Driver.Log.Count(line => line.EndsWith(elevator == ElevatorKind.None ? "@0" : "@1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "DM-X2")]
    public void A_driver_may_sleep_only_with_BLK_MQ_F_BLOCKING(bool blocking, string? rule)
    {
        using QueueBench bench = new(QueueBench.Usual with { IsBlocking = blocking });
        bench.Driver.Sleeps = Scene.Us;
        bench.Submit(0, bench.Bio("a", 100));
        Outcome outcome = bench.Run();

        Assert.Equal(rule, outcome.Rule);
        Assert.True(blocking || outcome.Message!.Contains("rcu-reader", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "DM-X2")]
    [InlineData(false, null)]
    public void With_BLK_MQ_F_BLOCKING_the_queue_is_run_in_process_context_only(bool blocking, string? rule)
    {
        using QueueBench bench = new(QueueBench.Usual with { IsBlocking = blocking });
        Bio bio = bench.Bio("a", 100);
        bench.Simulation.Spawn("softirq", Softirq(bench, bio));
        Outcome outcome = bench.Run();

        Assert.Equal(rule, outcome.Rule);
    }

    [Fact]
    public void A_driver_that_sleeps_keeps_the_runs_of_its_hardware_queue_waiting_but_not_other_tasks()
    {
        using QueueBench bench = new(QueueBench.Usual with { IsBlocking = true });
        bench.Driver.Sleeps = Scene.Us * 5;
        bench.SubmitPlugged(0, bench.Bio("a", 100), bench.Bio("b", 200));
        bench.Submit(1, bench.Bio("c", 300));
        bench.RunToEnd();

        Assert.Equal(["R 800+8@5", "R 2400+8@6", "R 1600+8@10"], bench.Driver.Log);
    }

    [Fact]
    public void A_task_without_a_tag_runs_the_queue_before_it_sleeps()
    {
        using QueueBench bench = new(QueueBench.Usual with { QueueDepth = 1 });
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Submit(0, bench.Bio("a", 100));
        bench.Submit(5, bench.Bio("b", 200));
        bench.RunToEnd();

        Assert.Equal(["R 800+8@0 Resource", "R 800+8@0 Resource", "R 800+8@5", "R 1600+8@17"], bench.Driver.Log);   // not after 3 ms; b: the task wakes up, and then kblockd
    }

    [Fact]
    public void A_tag_that_a_refused_request_keeps_is_measured_as_held_idle()
    {
        using QueueBench bench = new(QueueBench.Usual with { QueueDepth = 1 });
        bench.SubmitPlugged(0, bench.Bio("a", 100));
        bench.At(0, () => bench.Driver.FullUntil = 0);
        bench.RunToEnd();
        Assert.Equal(Duration.Zero, bench.Hctx.Meter.TagIdle);

        using QueueBench plugged = new(QueueBench.Usual);
        Plug plug = new();
        Bio bio = plugged.Bio("a", 100);
        bio.Plug = plug;
        plugged.Simulation.Spawn("task", Plugged(plugged, plug, bio));
        plugged.RunToEnd();
        Assert.Equal(Scene.Us * 7, plugged.Hctx.Meter.TagIdle);
    }

    private static async Process Plugged(QueueBench bench, Plug plug, Bio bio)
    {
        bench.Kernel.Enter(CpuContext.Process);
        await bench.Queue.SubmitAsync(bio);
        await bench.Simulation.Delay(Scene.Us * 7);
        await plug.FlushAsync();
    }

    private static async Process Softirq(QueueBench bench, Bio bio)
    {
        bench.Kernel.Enter(CpuContext.Softirq);
        await bench.Queue.SubmitAsync(bio);
    }
}
