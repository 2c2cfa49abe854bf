using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Crypto;

/// <summary>Templates that free too early, and what their allocations may wait for.</summary>
public sealed class TemplateHistoryTests
{
    [Fact]
    public void A_wrapper_freed_on_EBUSY_is_called_back_by_the_child()
    {
        using RingBench bench = new(new Scene().Ring with { Usable = 1 });
        TemplateCipher template = new(bench.Kernel, bench.Cipher, Template.FreesOnEbusy);
        template.Submit(bench.Request());
        template.Submit(bench.Request());
        Outcome outcome = bench.Run();

        Assert.Equal((End.Fault, "DM-C7"), (outcome.End, outcome.Rule));
        Assert.Equal("BUG: KASAN: use-after-free in xts_encrypt_done: xts_request_ctx of req#2 was freed in xts_encrypt", outcome.Message);
    }

    [Fact]
    public void Without_EBUSY_the_template_that_frees_on_it_works()
    {
        using RingBench bench = new(new Scene().Ring);
        TemplateCipher template = new(bench.Kernel, bench.Cipher, Template.FreesOnEbusy);
        template.Submit(bench.Request());
        template.Submit(bench.Request());
        bench.Run();

        Assert.Equal(["r1 0", "r2 0"], bench.Log);
    }

    [Theory]
    [InlineData(true, 0, 5)]
    [InlineData(true, 1, 0)]
    [InlineData(false, 0, 0)]
    public void MAY_SLEEP_waits_for_dirty_pages_where_none_is_free(bool maySleep, int freePages, int waitedUs)
    {
        (Outcome outcome, decimal answered) = Submit(maySleep, freePages, CpuContext.Process);

        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(1_000 + (1_000 * waitedUs), answered);
    }

    [Fact]
    public void MAY_SLEEP_from_softirq_is_a_fault()
    {
        (Outcome outcome, _) = Submit(maySleep: true, freePages: 1, CpuContext.Softirq);

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains("would sleep in kmalloc(GFP_KERNEL) of xts init_crypt. Call trace", outcome.Message, StringComparison.Ordinal);
    }

    private static (Outcome Outcome, decimal AnsweredNs) Submit(bool maySleep, int freePages, CpuContext context)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1) { Memory = new PageAllocator(new MemoryOptions { Free = new DataSize(4096L * freePages) }) };
        kernel.Reclaim = new Dirty(kernel);
        TemplateCipher template = new(kernel, new HandDriver(SubmitResult.Done));
        List<decimal> answered = [];
        simulation.Spawn("caller", Call(kernel, template, new SleepingRequest(maySleep), context, answered));
        return (simulation.Run(), answered.FirstOrDefault());
    }

    private static async Process Call(LinuxKernel kernel, TemplateCipher template, CryptoRequest request, CpuContext context, List<decimal> answered)
    {
        kernel.Enter(context);
        await kernel.Simulation.Delay(Scene.Us);
        await template.SubmitAsync(request);
        answered.Add(kernel.Simulation.Now.Nanoseconds);
    }

    private sealed class Dirty(LinuxKernel kernel) : IReclaim
    {
        public async Operation WriteBackAsync() => await kernel.Simulation.Delay(Scene.Us * 5);
    }

    private sealed class SleepingRequest : CryptoRequest
    {
        public SleepingRequest(bool maySleep)
            : base(mayBacklog: true) => MaySleep = maySleep;

        public override string CallbackName => "test_done";

        protected override void OnComplete(Errno status)
        {
        }
    }
}
