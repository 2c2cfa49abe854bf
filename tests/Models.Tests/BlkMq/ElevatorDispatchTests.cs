using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>What a hardware queue takes from an elevator at a time, and what of it is given back when it stops (KS-37, KS-41, KS-42).</summary>
public sealed class ElevatorDispatchTests
{
    private static readonly RequestQueueSettings Deadline = QueueBench.Usual with { QueueDepth = 8, Requests = 32, Elevator = ElevatorKind.MqDeadline };

    [Theory]
    [InlineData(0, 3)]   // all three are dequeued, and stop with the first
    [InlineData(1, 1)]   // dispatch_busy: one at a time
    public void A_busy_queue_takes_one_request_at_a_time(int refusedBefore, int stopped)
    {
        using QueueBench bench = new(Deadline);
        Refuse(bench, refusedBefore);
        bench.Submit(0, bench.Bio("before", 900));
        int seen = -1;
        bench.At(20, () => Refuse(bench, 2));
        bench.Submit(20, bench.Bio("a", 100), bench.Bio("b", 200), bench.Bio("c", 300));
        bench.At(25, () => seen = bench.Hctx.Stopped);
        bench.RunToEnd();

        Assert.Equal(stopped, seen);
    }

    [Fact]
    public void A_hardware_queue_that_stopped_takes_nothing_more_although_another_goes_on()
    {
        // The device takes two: a, which its hardware queue cannot issue, and b of the other one. c stays where it is, though a's budget is free again.
        using QueueBench bench = new(Deadline with { HardwareQueues = 2 });
        bench.Driver.Budget = new DispatchBudget(2);
        (bench.Driver.FullUntil, bench.Driver.FullFor) = (5, bench.Hctx);
        Insert(bench, 100, bench.Hctx);
        Insert(bench, 200, bench.Queue.Contexts[1]);
        Insert(bench, 300, bench.Hctx);
        bench.At(0, bench.Hctx.QueueRun);
        (int Stopped, bool IsLeft) seen = default;
        bench.At(3, () => seen = (bench.Hctx.Stopped, bench.Queue.Elevator!.HasWork));
        bench.Run();

        Assert.Equal((1, true), seen);
    }

    [Fact]
    public void The_budgets_of_those_behind_one_that_stops_come_back()
    {
        using QueueBench bench = new(Deadline);
        bench.Driver.Budget = new DispatchBudget(2);
        Refuse(bench, 1);
        bench.Submit(0, bench.Bio("a", 100), bench.Bio("b", 200));
        bench.Submit(500, bench.Bio("c", 300), bench.Bio("d", 400));
        bench.RunToEnd();

        Assert.Equal(["R 2400+8@501", "R 3200+8@501"], bench.Driver.Log.TakeLast(2));   // both at once, as before
    }

    [Fact]
    public void A_request_that_has_a_tag_and_finds_no_budget_gives_the_tag_back()
    {
        // a and b have tags when a is refused; when they are tried again the device takes one command at a time.
        using QueueBench bench = new(Deadline);
        bench.Driver.Budget = new DispatchBudget(2);
        Refuse(bench, 2);
        bench.Submit(0, bench.Bio("a", 100), bench.Bio("b", 200));
        bench.At(500, () => bench.Driver.Budget = new DispatchBudget(1));
        int tags = -1;
        bench.At(3007, () => tags = bench.Hctx.Tags.InUse);
        bench.RunToEnd();

        Assert.Equal(1, tags);
    }

    private static void Insert(QueueBench bench, long unit, HardwareContext context)
    {
        Request request = new(bench.Queue);
        Assert.True(context.Requests.TryAcquire());
        request.Begin(bench.Bio("r" + unit, unit), context, 1, 0);
        bench.Queue.Elevator!.Insert(request);
    }

    private static void Refuse(QueueBench bench, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        }
    }
}
