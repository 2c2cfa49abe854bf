using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Caam;

/// <summary>What becomes of a request's descriptor, and of requests whose hardware fails.</summary>
public sealed class DescriptorTests
{
    private static readonly JobRingOptions Quick = new Scene().Ring;

    private static readonly JobRingOptions Engine = Quick with { Front = Front.EngineRetry, WhenFull = null, EngineQlen = 4, Usable = 1 };

    [Fact]
    public void A_descriptor_freed_on_a_full_ring_is_used_by_the_next_dispatch()
    {
        using RingBench bench = new(Engine with { EdescOnEnospc = EdescOnEnospc.Freed });
        bench.Submit(2);
        Outcome outcome = bench.Run();

        Assert.Equal((End.Fault, "DM-J16", "jr0-engine"), (outcome.End, outcome.Rule, outcome.Process));
        Assert.Equal("BUG: KASAN: use-after-free in skcipher_do_one_req: skcipher_edesc of req#2 was freed in skcipher_do_one_req", outcome.Message);
    }

    [Fact]
    public void A_descriptor_that_is_kept_is_dispatched_again()
    {
        using RingBench bench = new(Engine);
        bench.Submit(2);
        bench.Run();

        Assert.Equal(["r1 0", "r2 0"], bench.Log);
    }

    [Fact]
    public void A_flag_that_is_read_after_the_free_is_found_in_the_tasklet()
    {
        using RingBench bench = new(Engine with { EdescAtDone = EdescAtDone.FlagReadAfterFree });
        bench.Submit(1);
        Outcome outcome = bench.Run();

        Assert.Equal((End.Fault, "DM-J16", "jr0"), (outcome.End, outcome.Rule, outcome.Process));
        Assert.Equal("BUG: KASAN: use-after-free in skcipher_crypt_done: skcipher_edesc of req#1 was freed in skcipher_crypt_done", outcome.Message);
        Assert.Contains(bench.Trace, e => e.Context == "softirq" && e.Function == "skcipher_crypt_done");
    }

    [Theory]
    [InlineData(EdescGfp.MayBacklog, CpuContext.Softirq, true)]
    [InlineData(EdescGfp.MayBacklog, CpuContext.Process, false)]
    [InlineData(EdescGfp.MaySleep, CpuContext.Softirq, false)]
    public void MAY_BACKLOG_taken_for_MAY_SLEEP_sleeps_in_softirq(EdescGfp gfp, CpuContext context, bool isFault)
    {
        using RingBench bench = new(Quick with { EdescGfp = gfp });
        bench.Simulation.Spawn("caller", SubmitIn(bench, context));
        Outcome outcome = bench.Run();

        Assert.Equal(isFault ? "DM-X2" : null, outcome.Rule);
        Assert.Equal(isFault ? "BUG: scheduling while atomic: caller is in softirq context and would sleep in kmalloc(GFP_KERNEL) of skcipher_edesc_alloc" : null, outcome.Message?.Split(". ")[0]);
    }

    [Fact]
    public void A_job_that_the_hardware_fails_ends_its_bio_and_leaves_the_data_alone()
    {
        Scene scene = new() { Ring = Quick with { Fails = new FailsOptions { Every = 3, At = FailsAt.Completion }, Interrupt = new InterruptOptions() } };
        MachineResult result = scene.With("w", Scene.Write("512B", number: 6)).Run();

        Assert.Equal(("io-error", null), (result.End.Ends, result.End.Rule));
        Assert.Equal("2 I/Os of w ended with EIO; jr0: a job ended with an error status of the DECO", result.End.Message);
    }

    [Fact]
    public void Without_an_engine_a_job_that_cannot_be_mapped_is_refused_with_EIO()
    {
        using RingBench bench = new(Quick with { Fails = new FailsOptions { Job = 2 } });

        Assert.Equal(["EINPROGRESS", "EIO", "EINPROGRESS"], bench.Submit(3));
        bench.Run();
        Assert.Empty(bench.Requests[1].Callbacks);
    }

    [Fact]
    public void Bounce_buffers_are_given_back_by_whatever_way_a_request_ends()
    {
        using RingBench bench = new(Quick with { Usable = 1, WhenFull = WhenFull.Reject, Swiotlb = 4, Fails = new FailsOptions { Job = 3 } });

        Assert.Equal(["EINPROGRESS", "ENOSPC", "EIO"], bench.Submit(3));
        Assert.Equal(2, bench.Ring.Descriptors.Swiotlb!.Used);
        bench.Run();
        Assert.Equal((0, 4), (bench.Ring.Descriptors.Swiotlb.Used, bench.Ring.Descriptors.Swiotlb.UsedMax));
    }

    [Fact]
    public void Failing_requests_are_named_by_one_of_two_keys()
    {
        Assert.Single(Problems(new FailsOptions()), p => p.Path == "jr0.fails");
        Assert.Single(Problems(new FailsOptions { Every = 2, Job = 2 }), p => p.Path == "jr0.fails");
        Assert.Empty(Problems(new FailsOptions { Every = 2 }));

        static IEnumerable<OptionProblem> Problems(FailsOptions fails) => (Quick with { Fails = fails }).FindProblems("jr0", 4);
    }

    private static async Process SubmitIn(RingBench bench, CpuContext context)
    {
        bench.Kernel.Enter(context);
        await bench.Simulation.Delay(Scene.Us);
        bench.Cipher.Submit(bench.Request());
    }
}
