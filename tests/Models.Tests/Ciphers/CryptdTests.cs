using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Ciphers;

public sealed class CryptdTests
{
    /// <summary>1us for 1000 bytes.</summary>
    private static readonly SoftwareCipherOptions Aes = new() { Bandwidth = new Bandwidth(1_000_000_000), UsesSimd = true };

    private static CryptdOptions Over(int maxLength = 1000, EnqueueGuard guard = EnqueueGuard.BottomHalvesOff) =>
        new() { Child = "d0", MaxCpuQlen = maxLength, Wakeup = Duration.FromMicroseconds(5), EnqueueGuard = guard };

    [Fact]
    public void A_request_waits_for_the_kworker_and_is_called_back_with_bottom_halves_off()
    {
        using CipherBench bench = new(Aes, Over());
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal([Errno.Success], bench.Requests[0].Callbacks);
        Assert.Equal([6_000m], bench.Requests[0].Times);
        Assert.Equal([CpuContext.Softirq], bench.Requests[0].Contexts);
    }

    [Fact]
    public void One_run_of_the_work_completes_one_request()
    {
        using CipherBench bench = new(Aes, Over());
        bench.Call("task", 0, CpuContext.Process, 3, 1000);
        bench.Run();
        Cryptd cryptd = (Cryptd)bench.Cipher;

        Assert.Equal([6_000m, 7_000m, 8_000m], bench.Requests.Select(r => r.Times[0]));
        Assert.Equal((3L, 3L, 3), (cryptd.Meter.Runs, cryptd.Meter.Queued, cryptd.Meter.LengthMax));
        Assert.False(cryptd.IsQueued(0));
    }

    [Fact]
    public void Beyond_max_qlen_requests_are_answered_EBUSY_and_notified_one_run_each()
    {
        using CipherBench bench = new(Aes, Over(maxLength: 2));
        bench.Call("task", 0, CpuContext.Process, 5, 1000);
        bench.Run();

        Assert.Equal(
            [
                "r1 -> EINPROGRESS@0", "r2 -> EINPROGRESS@0", "r3 -> EBUSY@0", "r4 -> EBUSY@0", "r5 -> EBUSY@0",
                "r3 EINPROGRESS", "r1 0", "r4 EINPROGRESS", "r2 0", "r5 EINPROGRESS", "r3 0", "r4 0", "r5 0",
            ],
            bench.Log);
    }

    [Theory]
    [InlineData(KernelVersion.V41, "EBUSY")]
    [InlineData(KernelVersion.V58, "ENOSPC")]
    [InlineData(KernelVersion.V618, "ENOSPC")]
    public void Without_MAY_BACKLOG_a_full_queue_refuses_with_the_errno_of_its_time(KernelVersion version, string errno)
    {
        using CipherBench bench = new(1, version, Aes, Over(maxLength: 1));
        bench.Call("task", 0, CpuContext.Process, 2, 1000, mayBacklog: false);
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.Equal(["r1 -> EINPROGRESS@0", $"r2 -> {errno}@0", "r1 0"], bench.Log);
        Assert.Equal(1, ((Cryptd)bench.Cipher).Meter.Rejected);
    }

    [Theory]
    [InlineData(KernelVersion.V41, 100)]
    [InlineData(KernelVersion.V618, 1000)]
    public void The_length_of_a_queue_is_that_of_the_kernel(KernelVersion version, int length)
    {
        using CipherBench bench = new(1, version, Aes, Over() with { MaxCpuQlen = null });
        bench.Call("task", 0, CpuContext.Softirq, length + 1, 1000);
        bench.Run();

        Assert.Equal(1, ((Cryptd)bench.Cipher).Meter.Busy);
    }

    [Fact]
    public void Each_CPU_has_a_queue_and_a_kworker()
    {
        using CipherBench bench = new(2, KernelVersion.V69, Aes, Over(maxLength: 1));
        bench.Call("a", 0, CpuContext.Process, 1, 1000, cpu: 0);
        bench.Call("b", 0, CpuContext.Process, 1, 1000, cpu: 1);
        bench.Run();

        Assert.Equal(["r1 -> EINPROGRESS@0", "r2 -> EINPROGRESS@0", "r1 0", "r2 0"], bench.Log);
        Assert.Equal([6_000m, 6_000m], bench.Requests.Select(r => r.Times[0]));
    }

    [Fact]
    public void A_softirq_in_the_middle_of_a_tasks_enqueue_loses_its_request_where_only_preemption_is_off()
    {
        using CipherBench bench = new(Aes, Over(guard: EnqueueGuard.PreemptionOff));
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 20, CpuContext.Softirq, 1, 1000);
        Outcome outcome = bench.Run();

        Assert.Equal((End.Fault, "DM-B15"), (outcome.End, outcome.Rule));
        Assert.Equal([Errno.Success], bench.Requests[0].Callbacks);
        Assert.Empty(bench.Requests[1].Callbacks);
        Assert.Contains("was linked over by the enqueue of req#1", bench.Requests[1].WhyNobody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnqueueGuard.BottomHalvesOff, 20)]   // in the middle, which it cannot be
    [InlineData(EnqueueGuard.PreemptionOff, 60)]     // after the enqueue
    public void A_softirq_beside_a_tasks_enqueue_loses_nothing(EnqueueGuard guard, long at)
    {
        using CipherBench bench = new(Aes, Over(guard: guard));
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", at, CpuContext.Softirq, 1, 1000);
        Assert.Equal(End.Completed, bench.Run().End);

        Assert.All(bench.Requests, request => Assert.Equal([Errno.Success], request.Callbacks));
    }

    [Fact]
    public void A_softirq_of_another_CPU_does_not_meet_the_enqueue()
    {
        using CipherBench bench = new(2, KernelVersion.V69, Aes, Over(guard: EnqueueGuard.PreemptionOff));
        bench.Call("task", 0, CpuContext.Process, 1, 1000);
        bench.Call("softirq", 20, CpuContext.Softirq, 1, 1000, cpu: 1);

        Assert.Equal(End.Completed, bench.Run().End);
    }
}
