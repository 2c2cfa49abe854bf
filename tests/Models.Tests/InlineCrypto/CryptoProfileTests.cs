using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Getting and putting slots on the virtual clock; times in microseconds.</summary>
public sealed class CryptoProfileTests
{
    [Fact]
    public void A_hit_takes_no_time_and_programs_nothing()
    {
        using ProfileBench bench = new(slots: 1, program: 10);
        bench.Use('A', at: 0, hold: 5);
        bench.Use('A', at: 20, hold: 5, name: "again");
        bench.Use('A', at: 22, hold: 5, name: "shared");

        Assert.Equal(["A: programmed s0 @10", "again: hit s0 @20", "shared: hit s0 @22"], bench.Run());
        Assert.Equal(1, bench.Ops.Programs);
    }

    [Fact]
    public void A_host_without_slots_needs_none()
    {
        using ProfileBench bench = new(slots: 0, program: 10);
        BenchClaim claim = new(bench, "A");
        bool isDone = false;
        bench.Simulation.Spawn("A", Get());
        bench.Simulation.Run();

        Assert.True(isDone);
        Assert.Equal((null, 0), (claim.Slot, bench.Ops.Programs));

        async Process Get() => isDone = await bench.Profile.GetAsync(bench.Key('A'), claim) == BlkStatus.Ok;
    }

    /// <summary>A is in s0. B is programmed 20 to 30 under the write lock; the hit of A at 23 has to wait for all of it (KS-10).</summary>
    [Fact]
    public void A_hit_on_another_key_waits_for_the_whole_of_a_programming()
    {
        using ProfileBench bench = new(slots: 2, program: 10);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 20, hold: 50);
        bench.Use('A', at: 23, hold: 1, name: "hit");

        Assert.Equal(["A: programmed s0 @10", "B: programmed s1 @30", "hit: hit s0 @30"], bench.Run());
    }

    /// <summary>B is programmed 20 to 30, C wants the lock for writing from 22 on: the hit of A from 24 on queues behind C and waits for both (KS-15).</summary>
    [Fact]
    public void A_hit_behind_a_queued_writer_waits_for_that_one_too()
    {
        using ProfileBench bench = new(slots: 3, program: 10);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 20, hold: 50);
        bench.Use('C', at: 22, hold: 50);
        bench.Use('A', at: 24, hold: 1, name: "hit");

        // C looked for its key first, as a reader: 22 to 30. Then it queues for writing, behind the hit: readers in a row.
        Assert.Equal(["A: programmed s0 @10", "B: programmed s1 @30", "hit: hit s0 @30", "C: programmed s2 @40"], bench.Run());
    }

    /// <summary>C has looked already and waits for writing when the hit comes.</summary>
    [Fact]
    public void A_hit_that_comes_when_a_miss_has_begun_to_wait_for_writing_is_stopped_by_it()
    {
        using ProfileBench bench = new(slots: 4, program: 10);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 20, hold: 50);
        bench.Use('C', at: 22, hold: 50);
        bench.Use('D', at: 22, hold: 50);
        bench.Use('A', at: 35, hold: 1, name: "hit");

        // At 30 C and D have looked; C programs 30 to 40, D waits for writing, and the hit at 35 behind D until 50.
        Assert.Equal(["A: programmed s0 @10", "B: programmed s1 @30", "C: programmed s2 @40", "D: programmed s3 @50", "hit: hit s0 @50"], bench.Run());
    }

    /// <summary>
    /// One slot, programming takes 2, each holds it for 10. A puts at 12; B, C and D have slept since 1. All three wake at 12: B
    /// programs until 14, C and D then find it in use and sleep again. B puts at 24, C has it at 26 and puts at 36, D at 38.
    /// </summary>
    [Fact]
    public void Every_put_wakes_all_and_the_losers_sleep_again()
    {
        using ProfileBench bench = new(slots: 1, program: 2);
        bench.Use('A', at: 0, hold: 10);
        BenchClaim[] herd = [bench.Use('B', at: 3, hold: 10), bench.Use('C', at: 3, hold: 10), bench.Use('D', at: 3, hold: 10)];

        Assert.Equal(["A: programmed s0 @2", "B: programmed s0 @14", "C: programmed s0 @26", "D: programmed s0 @38"], bench.Run());
        Assert.Equal([1, 2, 3], herd.Select(claim => claim.Slept));
        Assert.Equal(3 + 2 + 1, bench.Profile.Meter.WakeUps);
    }

    [Fact]
    public void Two_who_wait_for_the_same_key_share_the_slot_that_the_first_of_them_programs()
    {
        using ProfileBench bench = new(slots: 1, program: 2);
        bench.Use('A', at: 0, hold: 10);
        bench.Use('B', at: 3, hold: 10, name: "B1");
        bench.Use('B', at: 4, hold: 10, name: "B2");

        Assert.Equal(["A: programmed s0 @2", "B1: programmed s0 @14", "B2: hit s0 @14"], bench.Run());
        Assert.Equal(2, bench.Ops.Programs);
    }

    [Fact]
    public void Two_who_miss_the_same_key_at_once_program_it_once()
    {
        using ProfileBench bench = new(slots: 2, program: 2);
        bench.Use('A', at: 0, hold: 10, name: "A1");
        bench.Use('A', at: 0, hold: 10, name: "A2");

        Assert.Equal(["A1: programmed s0 @2", "A2: hit s0 @2"], bench.Run());
    }

    /// <summary>Hits of A overlap from 0 to 60, so that its slot is never idle; B came at 1 and has it when they end (KS-13).</summary>
    [Fact]
    public void A_key_that_is_always_busy_keeps_its_slot_from_one_that_came_early()
    {
        using ProfileBench bench = new(slots: 1);
        for (int at = 0; at <= 50; at += 5)
        {
            bench.Use('A', at, hold: 10);
        }

        bench.Use('B', at: 1, hold: 1);

        Assert.Equal("B: programmed s0 @60", bench.Run()[^1]);
    }

    [Fact]
    public void A_woken_task_that_comes_too_late_does_not_keep_a_slot_from_a_hit()
    {
        using ProfileBench bench = new(slots: 1, program: 0, wakeup: 5);
        bench.Use('A', at: 0, hold: 10);
        bench.Use('B', at: 1, hold: 1);
        bench.Use('A', at: 12, hold: 10, name: "hit");

        Assert.Equal(["A: programmed s0 @0", "hit: hit s0 @12", "B: programmed s0 @27"], bench.Run());
    }

    [Fact]
    public void After_a_program_error_the_old_key_is_still_found_and_its_slot_is_the_next_victim()
    {
        using ProfileBench bench = new(slots: 2, program: 2);
        bench.Ops.Failing.Add(3);
        bench.Use('A', at: 0, hold: 1);
        bench.Use('B', at: 10, hold: 1);
        bench.Use('C', at: 20, hold: 1, name: "fails");
        bench.Use('A', at: 30, hold: 0, name: "old key");
        bench.Use('C', at: 40, hold: 1);

        // The hit of A at 30 puts s0 at the tail, so C goes to s1 at 40.
        Assert.Equal(["A: programmed s0 @2", "B: programmed s1 @12", "fails: IoError @22", "old key: hit s0 @30", "C: programmed s1 @42"], bench.Run());
        Assert.Equal(["program s0 A", "program s1 B", "program s0 C", "program s1 C"], bench.Ops.Calls);
    }

    [Fact]
    public void A_second_try_after_a_program_error_takes_the_same_victim()
    {
        using ProfileBench bench = new(slots: 2, program: 2);
        bench.Ops.Failing.Add(1);
        bench.Use('A', at: 0, hold: 1, name: "fails");
        bench.Use('A', at: 1, hold: 1);

        Assert.Equal(["fails: IoError @2", "A: programmed s0 @4"], bench.Run());
    }

    [Fact]
    public void A_plug_is_flushed_where_its_task_sleeps_and_not_for_a_miss_that_does_not()
    {
        using ProfileBench bench = new(slots: 1, program: 2);
        BenchClaim misses = bench.Use('A', at: 0, hold: 10);
        BenchClaim sleeps = bench.Use('B', at: 5, hold: 1);
        bench.Run();

        Assert.Equal((0, 1), (misses.Flushed, sleeps.Flushed));
    }

    [Fact]
    public void A_plug_is_flushed_before_its_task_waits_for_the_profiles_lock()
    {
        using ProfileBench bench = new(slots: 2, program: 10);
        bench.Use('A', at: 0, hold: 10);
        BenchClaim waits = bench.Use('B', at: 5, hold: 1);
        bench.Run();

        Assert.Equal(1, waits.Flushed);
    }

    /// <summary>B resumes the host from 20 to 25, and only then takes the lock: the hit of A at 22 goes through (KS-7).</summary>
    [Fact]
    public void A_host_is_resumed_before_the_lock_is_taken()
    {
        using ProfileBench bench = new(slots: 2, program: 10);
        bench.Use('A', at: 0, hold: 1);
        bench.Simulation.Spawn("later", Later());
        bench.Use('B', at: 20, hold: 1);
        bench.Use('A', at: 22, hold: 1, name: "hit");

        Assert.Equal(["A: programmed s0 @10", "hit: hit s0 @22", "B: programmed s1 @35"], bench.Run());

        async Process Later()
        {
            await bench.Simulation.Delay(Scene.Us * 15);
            bench.Ops.Resume = 5;
        }
    }

    [Fact]
    public void A_plug_is_flushed_if_another_has_taken_the_lock_while_the_host_was_resumed()
    {
        using ProfileBench bench = new(slots: 2, program: 10);
        bench.Ops.Resume = 5;
        BenchClaim first = bench.Use('A', at: 0, hold: 1);
        BenchClaim second = bench.Use('B', at: 2, hold: 1);   // looks at 2; would program at 7, and A programs from 5 to 15
        bench.Run();

        Assert.Equal((0, 1), (first.Flushed, second.Flushed));
    }

    [Fact]
    public void Only_the_put_of_the_last_reference_wakes_anybody()
    {
        using ProfileBench bench = new(slots: 1);
        bench.Use('A', at: 0, hold: 10);
        bench.Use('A', at: 1, hold: 20);
        bench.Use('B', at: 2, hold: 1);
        bench.Run();

        Assert.Equal(1, bench.Profile.Meter.WakeUps);
    }
}
