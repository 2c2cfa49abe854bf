using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>Requests that their task hands straight to the driver, and where those go that it cannot take (KS-37, KS-41).</summary>
public sealed class DirectIssueTests
{
    [Fact]
    public void Without_budget_a_request_waits_in_the_software_queue_of_a_busy_queue()
    {
        using QueueBench bench = new(QueueBench.Usual with { HardwareQueues = 2 });
        bench.Driver.Budget = new DispatchBudget(1);
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Submit(0, bench.Bio("before", 800));
        bench.Submit(20, bench.Bio("other", 900, cpu: 1), bench.Bio("a", 10));
        bench.Submit(25, bench.Bio("joins", 11));
        int stopped = -1;
        bench.At(26, () => stopped = bench.Hctx.Stopped);
        bench.RunToEnd();

        Assert.Equal(0, stopped);
        Assert.Equal("R 80+16@31", bench.Driver.Log[^1]);   // bios could still join it
    }

    [Fact]
    public void The_last_of_a_list_that_is_refused_runs_the_queue_as_any_and_so_does_the_end_of_the_list()
    {
        using QueueBench bench = new(QueueBench.Usual with { HardwareQueues = 2 });
        bench.Submit(0, bench.Bio("in flight", 800, cpu: 0), bench.Bio("in flight too", 900, cpu: 1));
        bench.At(1, () => bench.Driver.FullUntil = 5);
        bench.SubmitPlugged(1, bench.Bio("a", 10, cpu: 0), bench.Bio("b", 20, cpu: 1));
        bench.RunToEnd();

        Assert.Equal(1 + 1, bench.Driver.Log.Count(line => line == "R 80+8@1 DevResource"));
        Assert.Equal(1 + 1 + 1, bench.Driver.Log.Count(line => line == "R 160+8@1 DevResource"));
    }

    [Theory]
    [InlineData(1, 21)]   // left to kblockd
    [InlineData(2, 20)]
    public void A_busy_queue_is_issued_to_directly_if_the_device_has_several(int queues, int at)
    {
        using QueueBench bench = new(QueueBench.Usual with { HardwareQueues = queues });
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Submit(0, bench.Bio("a", 10));
        bench.Submit(20, bench.Bio("b", 20));
        bench.RunToEnd();

        Assert.Equal($"R 160+8@{at}", bench.Driver.Log[^1]);
    }

    [Fact]
    public void A_refusal_of_a_direct_issue_makes_the_queue_busy()
    {
        using QueueBench bench = new(QueueBench.Usual);
        bench.Driver.Answers.Enqueue(DispatchAnswer.Resource);
        bench.Submit(0, bench.Bio("a", 10));
        bench.RunToEnd();

        Assert.Equal((2, 1), (bench.Hctx.Meter.DispatchBusyMax, bench.Hctx.DispatchBusy));   // refused, and taken by the run that follows
    }
}
