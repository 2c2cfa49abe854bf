using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>What holds of a profile whatever tasks do with it at whatever times.</summary>
public sealed class CryptoProfileProperties
{
    private static readonly Gen<Step> Steps =
        from key in Gen.Choose(0, 5)
        from at in Gen.Choose(0, 60)
        from hold in Gen.Choose(0, 15)
        from kind in Gen.Frequency((8, Gen.Constant('u')), (1, Gen.Constant('e')), (1, Gen.Constant('r')))
        select new Step(kind, (char)('A' + key), at, hold);

    private static readonly Arbitrary<Load> Loads = Arb.From(
        from slots in Gen.Choose(1, 4)
        from program in Gen.Choose(0, 4)
        from wakeup in Gen.Choose(0, 3)
        from policy in Gen.Elements(FailedEvict.Unlink, FailedEvict.Keep)
        from errors in Gen.Elements(false, true)
        from steps in Steps.ArrayOf()
        select new Load(slots, program, wakeup, policy, errors, steps));

    /// <summary>KS-K1 to KS-K5 in every microsecond, KS-K8 and KS-K10 at the end.</summary>
    [Fact]
    public void Slots_references_and_sleepers_agree_at_any_time_and_every_task_gets_its_slot_or_an_error() => Properties.Check(Loads, load =>
    {
        using ProfileBench bench = Start(load);
        bench.Simulation.Spawn("monitor", Watch(bench, until: 200));
        bench.Run();

        Assert.Equal(load.Steps.Count(step => step.Kind == 'u'), bench.Log.Count(line => line.Contains(": hit", StringComparison.Ordinal) || line.Contains(": programmed", StringComparison.Ordinal) || line.Contains("IoError", StringComparison.Ordinal)));
        Assert.Equal((load.Slots, 0), (bench.Table.Idle, bench.Ops.ProgramsInUse));
        Assert.False(bench.Profile.HasSleepers);
    });

    [Fact]
    public void Without_errors_and_evicts_as_many_keys_are_programmed_as_are_used_if_they_fit() => Properties.Check(Loads, load =>
    {
        Load kind = load with { HasErrors = false, Steps = [.. load.Steps.Where(step => step.Kind == 'u')] };
        using ProfileBench bench = Start(kind);
        bench.Run();
        int used = kind.Steps.Select(step => step.Key).Distinct().Count();

        Assert.True(used <= load.Slots ? bench.Ops.Programs == used : bench.Ops.Programs >= used);
    });

    [Fact]
    public void After_an_evict_that_succeeded_no_slot_has_the_key() => Properties.Check(Loads, load =>
    {
        using ProfileBench bench = Start(load with { HasErrors = false, Steps = [.. load.Steps.Where(step => step.Kind != 'e')] });
        bool isEvicted = false;
        bench.Simulation.Spawn("end", EvictAll());
        bench.Run();

        Assert.True(isEvicted);
        Assert.All(Enumerable.Range(0, load.Slots), slot => Assert.Null(bench.Table[slot].Key));

        async Process EvictAll()
        {
            bench.Kernel.Enter(CpuContext.Process);
            await bench.Simulation.Delay(Duration.FromMilliseconds(10));
            for (char key = 'A'; key <= 'F'; key++)
            {
                Assert.Equal(Errno.Success, await bench.Profile.EvictAsync(bench.Key(key)));
                Assert.Null(bench.Table.Find(bench.Key(key)));
            }

            isEvicted = true;
        }
    });

    [Fact]
    public void One_task_alone_sees_what_plain_lists_say() => Properties.Check(Loads, load =>
    {
        using ProfileBench bench = new(load.Slots, load.Program, failedEvict: FailedEvict.Unlink);
        NaiveKeyslots naive = new(load.Slots);
        List<Keyslot> held = [];
        bench.Simulation.Spawn("task", Run());
        bench.Run();

        async Process Run()
        {
            bench.Kernel.Enter(CpuContext.Process);
            foreach (Step step in load.Steps)
            {
                await DoAsync(step);
                Assert.Equal(naive.ToString(), NaiveKeyslots.Describe(bench.Table));
            }
        }

        async Operation DoAsync(Step step)
        {
            if (step.Kind == 'e')
            {
                naive.Evict(bench.Key(step.Key));
                await bench.Profile.EvictAsync(bench.Key(step.Key));
            }
            else if (step.Kind == 'r')
            {
                await bench.Profile.ReprogramAllAsync();
            }
            else if (naive.Idle.Count > 0 || naive.SlotOf(bench.Key(step.Key)) >= 0)
            {
                BenchClaim claim = new(bench, "task");
                Assert.Equal(BlkStatus.Ok, await bench.Profile.GetAsync(bench.Key(step.Key), claim));
                Assert.Equal(naive.Get(bench.Key(step.Key)), claim.Slot!.Number);
                held.Add(claim.Slot);
            }
            else
            {
                Keyslot slot = held[step.Hold % held.Count];
                held.Remove(slot);
                naive.Put(slot.Number);
                bench.Profile.Put(slot);
            }
        }
    });

    private static ProfileBench Start(Load load)
    {
        ProfileBench bench = new(load.Slots, load.Program, load.Wakeup, load.Policy);
        if (load.HasErrors)
        {
            bench.Ops.Failing.UnionWith([2, 5, 6, 9]);
        }

        foreach (Step step in load.Steps)
        {
            switch (step.Kind)
            {
                case 'u':
                    bench.Use(step.Key, step.At, step.Hold);
                    break;
                case 'e':
                    bench.Evict(step.Key, step.At);
                    break;
                default:
                    bench.Reprogram(step.At);
                    break;
            }
        }

        return bench;
    }

    private static async Process Watch(ProfileBench bench, int until)
    {
        for (int at = 0; at < until; at++)
        {
            Check(bench);
            await bench.Simulation.Delay(Scene.Us);
        }
    }

    private static void Check(ProfileBench bench)
    {
        Keyslot[] idle = [.. bench.Table.IdleInOrder()];
        Keyslot[] slots = [.. Enumerable.Range(0, bench.Table.Count).Select(n => bench.Table[n])];
        Assert.All(slots, slot => Assert.True(slot.References >= 0 && slot.References == 0 == idle.Contains(slot)));
        BlkCryptoKey[] keys = [.. slots.Where(slot => slot.Key is not null).Select(slot => slot.Key!)];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.InRange(bench.Table.InUse, 0, bench.Table.Count);
        Assert.False(idle.Length > 0 && bench.Profile.HasSleepers, "a slot is idle, and somebody sleeps who has not been woken");
    }

    private sealed record Step(char Kind, char Key, int At, int Hold);

    private sealed record Load(int Slots, int Program, int Wakeup, FailedEvict Policy, bool HasErrors, Step[] Steps);
}
