using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Crypto;

/// <summary>What crypto_engine did wrong over the years, each with its own symptom, beside what it does today.</summary>
public sealed class EngineHistoryTests
{
    private const int Qlen = 4;
    private const int Usable = 4;

    private static readonly JobRingOptions Ring = new Scene().Ring with { Front = Front.EngineRetry, WhenFull = null, EngineQlen = Qlen, Usable = Usable };

    [Fact]
    public void Told_after_the_dispatch_the_queue_is_bounded_whatever_the_number_of_writes()
    {
        // max_qlen, one that bounced, and one backlogged request for each conversion.
        foreach (int writes in new[] { 4, 16, 64 })
        {
            Assert.InRange(QueueMax(Run(Ring, writes)), 1, Qlen + 1 + new Scene().Cpus);
        }
    }

    [Fact]
    public void Told_before_the_dispatch_the_queue_grows_with_the_number_of_writes()
    {
        decimal[] longest = [.. new[] { 4, 16, 64 }.Select(writes => QueueMax(Run(Ring with { Notify = Notify.BeforeDispatch }, writes)))];

        Assert.True(longest[0] > 2 * (Qlen + 1 + new Scene().Cpus));
        Assert.True(longest[1] > 3 * longest[0] && longest[2] > 3 * longest[1], string.Join(' ', longest));
    }

    [Fact]
    public void A_run_that_told_callers_too_early_ends_as_a_fault_that_says_how_many()
    {
        MachineResult result = Run(Ring with { Notify = Notify.BeforeDispatch }, 16);

        Assert.Equal(("fault", "DM-E3"), (result.End.Ends, result.End.Rule));
        Assert.Matches(@"^jr0-engine told callers EINPROGRESS before dispatches that bounced: \d+ requests in its queue were told that they had left the backlog, max_qlen is 4$", result.End.Message);
        Assert.Equal(0, result.Metric("w.errors"));
    }

    [Theory]
    [InlineData(Notify.AfterDispatch)]
    [InlineData(Notify.BeforeDispatch)]
    public void The_growing_queue_uses_up_the_bounce_buffers(Notify notify)
    {
        int enough = 2 * (Usable + Qlen + 1 + new Scene().Cpus);
        MachineResult result = Run(Ring with { Notify = notify, Swiotlb = enough }, 16);

        Assert.True(result.Metric("jr0.swiotlb.max") <= enough);
        if (notify == Notify.AfterDispatch)
        {
            Assert.Equal("completed", result.End.Ends);
            return;
        }

        Assert.Equal(("io-error", "DM-J20"), (result.End.Ends, result.End.Rule));
        Assert.EndsWith("ended with EIO; jr0: swiotlb buffer is full: unable to map source", result.End.Message, StringComparison.Ordinal);
        TraceEvent fault = result.Trace.First(e => e.Kind == TraceKind.Fault);
        Assert.Equal(("skcipher_edesc_alloc", "ENOMEM"), (fault.Function, fault.Result));
        Assert.Equal($"unable to map source: swiotlb buffer is full (sz: 512 bytes), total {enough} (slots), used {enough} (slots)", fault.Detail);
    }

    [Theory]
    [InlineData(FailedDispatch.RetryWhenFull)]
    [InlineData(FailedDispatch.Finalize)]
    public void A_full_ring_that_is_taken_for_an_error_becomes_the_bios_error(FailedDispatch policy)
    {
        MachineResult result = Run(Ring with { FailedDispatch = policy }, 4);

        if (policy == FailedDispatch.RetryWhenFull)
        {
            Assert.Equal("completed", result.End.Ends);
            return;
        }

        Assert.Equal(("io-error", "DM-E3"), (result.End.Ends, result.End.Rule));
        Assert.EndsWith("ended with EIO; jr0: Failed to do one request from queue: -28", result.End.Message, StringComparison.Ordinal);
        Assert.Contains(result.Trace, e => e is { Kind: TraceKind.Fault, Function: "crypto_pump_requests", Result: "ENOSPC", Detail: "Failed to do one request from queue: -28" });
        Assert.Equal(0, result.Metric("jr0.engine.retries"));
    }

    [Fact]
    public void A_fatal_error_is_the_requests_final_status_and_the_others_are_served()
    {
        using RingBench bench = new(Ring with { Fails = new FailsOptions { Job = 2 } });
        bench.Submit(3);
        bench.Run();

        Assert.Equal(["r2 EIO", "r1 0", "r3 0"], bench.Log);
        Assert.Equal((null, "Failed to do one request from queue: -5"), Later(bench));

        static (string?, string?) Later(RingBench bench) => (bench.Cipher.FirstError?.Rule, bench.Trace.Last(e => e.Kind == TraceKind.Fault).Detail);
    }

    [Fact]
    public void A_fatal_error_that_is_requeued_keeps_the_pump_busy_for_ever_and_the_others_waiting()
    {
        using RingBench bench = new(Ring with { Fails = new FailsOptions { Job = 2 }, FailedDispatch = FailedDispatch.RequeueAll });
        bench.Submit(3);
        bench.At(1_000_000, () => { });
        bench.Run(until: 1_000_000);

        Assert.Equal(["r1 0"], bench.Log);
        Assert.InRange(bench.Engine!.Retries, 1_900, 2_001);
    }

    [Fact]
    public void The_mark_that_stays_leaves_a_caller_without_its_notification()
    {
        MachineResult result = Run(Ring with { BacklogMark = BacklogMark.Stays, Usable = 1, EngineQlen = 1 }, 1);

        Assert.Equal(("fault", "DM-C5"), (result.End.Ends, result.End.Rule));
    }

    private static decimal QueueMax(MachineResult result) => result.Metric("jr0.engine.queue.max");

    private static MachineResult Run(JobRingOptions ring, int writes) =>
        (new Scene { Ring = ring, TraceKept = 200_000 }).With("w", Scene.WriteUnits(32, number: writes, iodepth: writes)).Run();
}
