using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto.Hosts;

public sealed class ProgrammingTests
{
    private static readonly UfsOptions Ufs = new() { Wakeup = Duration.Zero };
    private static readonly UfsQcomOptions Qcom = new() { Wakeup = Duration.Zero };
    private static readonly CqhciOptions Emmc = new() { Wakeup = Duration.Zero };

    private static decimal[] Took(InlineCryptoHostOptions options, Action<PoweredBench> act)
    {
        using PoweredBench bench = new(options);
        act(bench);
        Outcome outcome = bench.Run();
        Assert.Equal((End.Completed, null), (outcome.End, outcome.Message));
        return [.. bench.Took];
    }

    private static Outcome Outcome(InlineCryptoHostOptions options)
    {
        using PoweredBench bench = new(options);
        return bench.Io(0, "a").Run();
    }

    [Fact]
    public void A_slot_is_programmed_by_19_writes_to_registers() =>
        Assert.Equal((102.85m, 201.9m, 102.85m), (Took(Ufs, b => b.Io(0, "a"))[0], Took(Emmc, b => b.Io(0, "a"))[0], 100 + (RegisterKeyslotOps.Writes * 0.15m)));

    [Fact]
    public void The_secure_world_takes_100_us_for_a_key() => Assert.Equal([200m], Took(Qcom, b => b.Io(0, "a")));

    [Fact]
    public void Reads_and_writes_take_their_own_time() =>
        Assert.Equal((100m, 30m, 200m, 60m), (Took(Ufs, b => b.Io(0))[0], Took(Ufs, b => b.Io(0, isWrite: true))[0], Took(Emmc, b => b.Io(0))[0], Took(Emmc, b => b.Io(0, isWrite: true))[0]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_that_was_evicted_is_programmed_again_by_as_many_writes(bool isEvicted)
    {
        decimal[] took = Took(Ufs, b =>
        {
            b.Io(0, "a").Io(2000, "a");
            _ = isEvicted ? b.Evict(1000, "a") : b;
        });

        Assert.Equal(isEvicted ? [102.85m, 2.85m, 102.85m] : [102.85m, 100m], took);
    }

    [Fact]
    public void Eviction_in_the_secure_world_needs_no_buffer()
    {
        using PoweredBench bench = new(Qcom with { Programming = KeyProgramming.Atomic, NoKeyslot = NoKeyslot.Requeue }, memory: new MemoryOptions { Free = new DataSize(0) });
        bench.FreePage(0).Io(3500, "a").FreePage(3750, isTaken: true).Evict(4000, "a").Run();

        Assert.Equal([200m, 100m], bench.Took);
    }

    [Fact]
    public void The_command_queue_engine_takes_31_commands()
    {
        decimal[] took = Took(Emmc, b =>
        {
            for (int i = 0; i < 32; i++)
            {
                b.Io(0);
            }
        });

        Assert.Equal([.. Enumerable.Repeat(200m, 31), 400m], took);
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void Secure_calls_at_dispatch_sleep_in_atomic_and_both_stacks_are_told(NoKeyslot design)
    {
        Outcome outcome = Outcome(Qcom with { NoKeyslot = design });

        Assert.Equal((End.Fault, "DM-X2"), (outcome.End, outcome.Rule));
        Assert.Equal(
            "BUG: scheduling while atomic: task is in rcu-reader context and would sleep in dma_alloc_coherent(GFP_KERNEL). "
            + "Call trace of task: dma_alloc_coherent(GFP_KERNEL) <- qcom_scm_ice_set_key <- ufshcd_program_key <- __blk_mq_issue_directly <- blk_mq_try_issue_directly <- blk_mq_submit_bio. "
            + "It has held rcu_read_lock() since blk_mq_try_issue_directly <- blk_mq_submit_bio, for its queue has no BLK_MQ_F_BLOCKING.",
            outcome.Message?.Replace("blk_crypto_get_keyslot <- ", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void They_may_with_BLK_MQ_F_BLOCKING_or_if_they_are_the_atomic_ones(NoKeyslot design)
    {
        Assert.Equal([200m], Took(Qcom with { NoKeyslot = design, Blocking = true }, b => b.Io(0, "a")));
        Assert.Equal([200m], Took(Qcom with { NoKeyslot = design, Programming = KeyProgramming.Atomic }, b => b.Io(0, "a")));
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    public void Where_the_submitter_takes_the_slot_they_may_sleep(NoKeyslot design) =>
        Assert.Equal([200m], Took(Qcom with { NoKeyslot = design }, b => b.Io(0, "a")));

    [Fact]
    public void Registers_are_written_in_any_context() =>
        Assert.Equal([102.85m], Took(Ufs with { NoKeyslot = NoKeyslot.Requeue }, b => b.Io(0, "a")));

    [Fact]
    public void A_program_that_sleeps_in_kblockd_is_told_too()
    {
        using PoweredBench bench = new(Qcom with { NoKeyslot = NoKeyslot.Requeue, Keyslots = 2, QueueDepth = 1 });
        bench.Io(0).Io(10, "a");   // the tag is taken: kblockd dispatches the second
        Outcome outcome = bench.Run();

        Assert.Equal("DM-X2", outcome.Rule);
        Assert.Contains("Call trace of kblockd/0 on CPU 0: dma_alloc_coherent(GFP_KERNEL) <- qcom_scm_ice_set_key", outcome.Message, StringComparison.Ordinal);
        Assert.EndsWith("It has held rcu_read_lock() since blk_mq_sched_dispatch_requests <- worker_thread, for its queue has no BLK_MQ_F_BLOCKING.", outcome.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyProgramming.Atomic, NoKeyslot.SleepAtRequest, 1)]
    [InlineData(KeyProgramming.Sleeping, NoKeyslot.SleepAtRequest, 0)]
    public void Without_memory_GFP_ATOMIC_fails_and_GFP_KERNEL_does_not(KeyProgramming programming, NoKeyslot design, int errors)
    {
        using PoweredBench bench = new(Qcom with { Programming = programming, NoKeyslot = design }, memory: new MemoryOptions { Free = new DataSize(0) });
        bench.Io(0, "a").Run();

        Assert.Equal(errors, bench.Errors);
    }

    [Theory]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void At_dispatch_a_program_without_memory_is_tried_again_after_3_ms(NoKeyslot design)
    {
        using PoweredBench bench = new(Qcom with { Programming = KeyProgramming.Atomic, NoKeyslot = design }, memory: new MemoryOptions { Free = new DataSize(0), AtomicReserve = new DataSize(0) });
        bench.Io(0, "a").FreePage(5000).Run();

        Assert.Equal([6000 + 100m + 100m], bench.Took);
    }
}
