using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>The end of a key, and programming all keys again; times in microseconds.</summary>
public sealed class EvictTests
{
    [Fact]
    public void Evicting_empties_the_slot_in_hardware_and_table_and_leaves_it_in_its_place()
    {
        using ProfileBench bench = new(slots: 2, program: 2);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 10, hold: 1);
        bench.Evict('B', at: 20);
        bench.Use('C', at: 30, hold: 1);

        Assert.Equal(["A: programmed s0 @2", "B: programmed s1 @12", "evict B: Success @22", "C: programmed s0 @32"], bench.Run());
        Assert.Equal(["program s0 A", "program s1 B", "evict s1 B", "program s0 C"], bench.Ops.Calls);
    }

    [Theory]
    [InlineData(EvictAbsent.Success, "evict A: Success @1")]
    [InlineData(EvictAbsent.Enokey, "evict A: ENOKEY @1")]
    public void Evicting_a_key_that_is_in_no_slot_asks_no_driver(EvictAbsent absent, string answer)
    {
        using ProfileBench bench = new(slots: 1, program: 2, evictAbsent: absent);
        bench.Evict('A', at: 1);

        Assert.Equal([answer], bench.Run());
        Assert.Empty(bench.Ops.Calls);
    }

    [Fact]
    public void A_host_without_slots_is_told_to_evict_with_slot_minus_1()
    {
        using ProfileBench bench = new(slots: 0, program: 2);
        bench.Evict('A', at: 1);

        Assert.Equal(["evict A: Success @3"], bench.Run());
        Assert.Equal(["evict s-1 A"], bench.Ops.Calls);
    }

    [Theory]
    [InlineData(FailedEvict.Unlink, null)]
    [InlineData(FailedEvict.Keep, "key A")]
    public void A_key_in_use_is_EBUSY_and_its_slot_forgets_it_from_6_4_on_and_keeps_it_before(FailedEvict policy, string? key)
    {
        using ProfileBench bench = new(slots: 1, program: 2, failedEvict: policy);
        bench.Use('A', at: 0, hold: 10);
        bench.Evict('A', at: 5);

        Assert.Equal(["A: programmed s0 @2", "evict A: EBUSY @5"], bench.Run());
        Assert.Equal(key, bench.Table[0].Key?.Label);
        Assert.Equal((0, 1), (bench.Table[0].References, bench.Table.Idle));
        Assert.Equal(["program s0 A"], bench.Ops.Calls);
    }

    [Theory]
    [InlineData(FailedEvict.Unlink, null)]
    [InlineData(FailedEvict.Keep, "key A")]
    public void A_driver_that_fails_to_evict_leaves_the_key_in_the_table_only_before_6_4(FailedEvict policy, string? key)
    {
        using ProfileBench bench = new(slots: 1, program: 2, failedEvict: policy);
        bench.Ops.EvictFails = true;
        bench.Use('A', at: 0, hold: 1);
        bench.Evict('A', at: 5);

        Assert.Equal(["A: programmed s0 @2", "evict A: EIO @7"], bench.Run());
        Assert.Equal(key, bench.Table[0].Key?.Label);
    }

    [Fact]
    public void An_orphaned_slot_is_given_to_nobody_until_it_is_put()
    {
        using ProfileBench bench = new(slots: 1, program: 2);
        bench.Use('A', at: 0, hold: 10);
        bench.Evict('A', at: 5);
        bench.Use('A', at: 6, hold: 1, name: "again");

        Assert.Equal(["A: programmed s0 @2", "evict A: EBUSY @5", "again: programmed s0 @14"], bench.Run());
    }

    /// <summary>A second evict of a key in use: the trace has the line of WARN_ON_ONCE once.</summary>
    [Fact]
    public void It_warns_once()
    {
        List<string> warnings = [];
        using ProfileBench spare = new(slots: 1);
        using Simulation simulation = new();
        Tracer tracer = new(100, 0, e => warnings.AddRange(e.Detail?.StartsWith("WARNING", StringComparison.Ordinal) == true ? [e.Function] : []));
        LinuxKernel kernel = new(simulation, 1, tracer);
        CryptoProfile profile = new(kernel, "ufs0", 2, new TimedKeyslotOps(kernel, Duration.Zero, KeyProgramming.Atomic), Duration.Zero);
        simulation.Spawn("owner", Run());
        simulation.Run();

        Assert.Equal(["blk_crypto_evict_key"], warnings);

        async Process Run()
        {
            kernel.Enter(CpuContext.Process);
            await profile.GetAsync(spare.Key('A'), new BenchClaim(spare, "A"));
            await profile.GetAsync(spare.Key('B'), new BenchClaim(spare, "B"));
            Assert.Equal(Errno.EBUSY, await profile.EvictAsync(spare.Key('A')));
            Assert.Equal(Errno.EBUSY, await profile.EvictAsync(spare.Key('B')));
        }
    }

    [Fact]
    public void All_keys_are_programmed_again_in_the_order_of_their_slots_under_the_write_lock()
    {
        using ProfileBench bench = new(slots: 3, program: 2);
        bench.Use('A', at: 0, hold: 100);
        bench.Use('B', at: 10, hold: 1);
        bench.Use('C', at: 20, hold: 1);
        bench.Evict('B', at: 30);
        bench.Reprogram(at: 40);
        bench.Use('C', at: 41, hold: 1, name: "hit");

        Assert.Equal(["A: programmed s0 @2", "B: programmed s1 @12", "C: programmed s2 @22", "evict B: Success @32", "reprogrammed @44", "hit: hit s2 @44"], bench.Run());
        Assert.Equal(["program s0 A", "program s2 C"], bench.Ops.Calls[^2..]);
    }

    [Fact]
    public void A_slot_that_cannot_be_programmed_again_keeps_its_key_and_the_others_follow()
    {
        using ProfileBench bench = new(slots: 2, program: 2);
        bench.Ops.Failing.Add(3);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 10, hold: 1);
        bench.Reprogram(at: 20);
        bench.Run();

        Assert.Equal(["program s0 A", "program s1 B", "program s0 A", "program s1 B"], bench.Ops.Calls);
        Assert.Equal(["key A", "key B"], new[] { bench.Table[0].Key!.Label, bench.Table[1].Key!.Label });
    }

    [Theory]
    [InlineData(FailedEvict.Keep, "KS-19")]
    [InlineData(FailedEvict.Unlink, null)]
    public void A_key_freed_after_EBUSY_is_read_by_the_next_reset_only_if_its_slot_kept_it(FailedEvict policy, string? rule)
    {
        using ProfileBench bench = new(slots: 1, program: 2, failedEvict: policy);
        bench.Use('A', at: 0, hold: 10);
        bench.Evict('A', at: 5);
        bench.Simulation.Spawn("free", FreeAt(6));
        bench.Reprogram(at: 20);
        Outcome outcome = bench.Simulation.Run();

        Assert.Equal(rule, outcome.Rule);
        Assert.Equal(rule is null ? null : "BUG: KASAN: use-after-free in blk_crypto_reprogram_all_keys: blk_crypto_key of key A was freed in fscrypt_destroy_inline_crypt_key", outcome.Message);

        async Process FreeAt(int at)
        {
            await bench.Simulation.Delay(Scene.Us * at);
            bench.Key('A').Free(bench.Kernel, "fscrypt_destroy_inline_crypt_key");
        }
    }

    [Fact]
    public void A_freed_key_is_not_programmed()
    {
        using ProfileBench bench = new(slots: 1);
        bench.Key('A').Free(bench.Kernel, "fscrypt_destroy_inline_crypt_key");
        bench.Use('A', at: 1, hold: 1);

        Outcome outcome = bench.Simulation.Run();

        Assert.Equal((End.Fault, "KS-19"), (outcome.End, outcome.Rule));
    }

    [Fact]
    public void A_get_waits_while_a_key_is_evicted()
    {
        using ProfileBench bench = new(slots: 2, program: 10);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 20, hold: 1);
        bench.Evict('A', at: 40);
        bench.Use('B', at: 42, hold: 1, name: "hit");

        Assert.Equal("hit: hit s1 @50", bench.Run()[^1]);
    }
}
