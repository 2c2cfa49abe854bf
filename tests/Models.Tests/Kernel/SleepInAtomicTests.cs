using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class SleepInAtomicTests
{
    [Fact]
    public void A_callback_that_waits_is_a_fault_that_names_process_context_and_function()
    {
        using RingBench bench = new(new Scene().Ring);
        Completion completion = new(bench.Kernel, "inner", "crypt_convert", Duration.Zero);
        bench.Submit(2);
        bench.Requests[0].OnCallback = _ => completion.WaitAsync();

        Outcome outcome = bench.Run();

        Assert.Equal(End.Fault, outcome.End);
        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Equal(
            "BUG: scheduling while atomic: jr0 is in softirq context and would sleep in wait_for_completion. Call trace of jr0: wait_for_completion <- caam_jr_interrupt.",
            outcome.Message);
        Assert.Equal("jr0", outcome.Process);
        Assert.Equal(2_000m, outcome.At.Nanoseconds);
        TraceEvent fault = Assert.Single(bench.Trace, e => e.Kind == TraceKind.Fault);
        Assert.Equal(("jr0", "softirq", "wait_for_completion"), (fault.Process, fault.Context, fault.Function));
    }

    [Theory]
    [InlineData(CpuContext.Softirq, "softirq")]
    [InlineData(CpuContext.Hardirq, "hardirq")]
    [InlineData(CpuContext.IrqsOff, "irqs-off")]
    public void Even_a_wait_that_would_not_block_is_a_fault_outside_process_context(CpuContext context, string word)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        Completion completion = new(kernel, "done", "crypt_convert", Duration.Zero);
        completion.Complete();
        simulation.Spawn("handler", Handle(kernel, context, completion));

        Outcome outcome = simulation.Run();

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains($"handler is in {word} context", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_for_a_tag_in_softirq_is_a_fault()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        DiskDevice disk = new(
            kernel,
            "sda",
            new DiskOptions { QueueDepth = 1, Latency = new ConstantDuration(Scene.Us), Bandwidth = new Bandwidth(1_000_000_000) },
            new RandomSource(1).Stream("sda.latency"));
        simulation.Spawn("handler", SubmitTwice(kernel, CpuContext.Softirq, disk));

        Outcome outcome = simulation.Run();

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains("would sleep in blk_mq_get_tag", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_fault_shows_what_the_softirq_did_and_whom_it_interrupted()
    {
        using Simulation simulation = new();
        List<TraceEvent> trace = [];
        LinuxKernel kernel = new(simulation, 2, new Tracer(0, 0, trace.Add));
        WorkQueue queue = WorkQueue.Bound(kernel, "kcryptd", 1, Duration.Zero);
        queue.Queue(new Busy(kernel), 1);
        simulation.Spawn("irq", RaiseAt(kernel, 5, 1, new Sleeper(kernel)));

        Outcome outcome = simulation.Run();

        const string Stacks = "Call trace of softirq/1 on CPU 1: wait_for_completion <- kcryptd_crypt_tasklet <- __do_softirq. It interrupted kcryptd/1: crypt_convert <- worker_thread.";
        Assert.Equal("BUG: scheduling while atomic: softirq/1 is in softirq context and would sleep in wait_for_completion. " + Stacks, outcome.Message);
        Assert.Equal("BUG: scheduling while atomic: " + Stacks, Assert.Single(trace, e => e.Kind == TraceKind.Fault).Detail);
    }

    [Fact]
    public void On_an_idle_CPU_the_softirq_interrupted_the_idle_thread()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 2);
        simulation.Spawn("irq", RaiseAt(kernel, 5, 0, new Sleeper(kernel)));

        Assert.EndsWith("It interrupted swapper/0: cpu_idle.", simulation.Run().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slot_that_was_a_softirq_may_sleep_once_a_process_lives_in_it()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        simulation.Spawn("irq", Enter(kernel, CpuContext.Softirq));
        Completion completion = new(kernel, "done", "crypt_convert", Duration.Zero);
        simulation.Spawn("spawner", SpawnLater(kernel, completion));

        Assert.Equal(End.Completed, simulation.Run().End);
    }

    private static async Process Handle(LinuxKernel kernel, CpuContext context, Completion completion)
    {
        kernel.Enter(context);
        await completion.WaitAsync();
    }

    private static async Process Enter(LinuxKernel kernel, CpuContext context)
    {
        kernel.Enter(context);
        await kernel.Simulation.Delay(Scene.Us);
    }

    private static async Process SpawnLater(LinuxKernel kernel, Completion completion)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Simulation.Delay(Scene.Us * 2);
        kernel.Simulation.Spawn("waiter", Handle(kernel, CpuContext.Process, completion));
        await kernel.Simulation.Delay(Scene.Us);
        completion.Complete();
    }

    private static async Process SubmitTwice(LinuxKernel kernel, CpuContext context, DiskDevice disk)
    {
        kernel.Enter(context);
        for (int i = 0; i < 2; i++)
        {
            Bio bio = new(new NoOwner());
            bio.Begin(0, new DataSize(512), true, 0, kernel.Simulation.Now);
            await disk.SubmitAsync(bio);
        }
    }

    private static async Process RaiseAt(LinuxKernel kernel, int us, int cpu, SoftirqWork work)
    {
        _ = kernel.Softirqs;
        kernel.Enter(CpuContext.Hardirq);
        await kernel.Simulation.Delay(Scene.Us * us);
        kernel.Softirqs.Raise(cpu, work);
        await kernel.Simulation.Delay(Scene.Us);
    }

    private sealed class Sleeper(LinuxKernel kernel) : BhWork
    {
        [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_tasklet")]
        public override async Operation RunAsync() => await new Completion(kernel, "ctx->restart", "crypt_convert", Duration.Zero).WaitAsync();
    }

    private sealed class Busy(LinuxKernel kernel) : WorkItem
    {
        [KernelSource("drivers/md/dm-crypt.c", "crypt_convert")]
        public override async Operation RunAsync() => await kernel.Cpus.RunOnAsync(Cpu, Scene.Us * 100);
    }

    private sealed class NoOwner : IBioOwner
    {
        public string EndIo => "bio_endio";

        public void OnBioEnd(Bio bio)
        {
        }
    }
}
