using CryptoSim.Simulator.Benchmarks;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>The same run, always.</summary>
public sealed class DeterminismTests
{
    /// <summary>The literal stands for every build and machine: debug and release, scalar and vector, one job or two.</summary>
    [Fact]
    public void A_fixed_scene_has_a_fixed_fingerprint()
    {
        using var simulation = new Simulation();
        Scene.Build(simulation, 42, 1000);
        var outcome = simulation.Run();
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(12448491511595341502UL, simulation.Fingerprint);
    }

    [Fact]
    public void The_same_seed_gives_the_same_fingerprint_and_another_seed_another()
    {
        ulong Fingerprint(ulong seed)
        {
            using var simulation = new Simulation();
            Scene.Build(simulation, seed, 50);
            simulation.Run();
            return simulation.Fingerprint;
        }

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(5, 5, 50),
            Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), seed => Fingerprint(seed) == Fingerprint(seed) && Fingerprint(seed) != Fingerprint(unchecked(seed + 1))));
    }

    [Fact]
    public void A_run_after_a_reset_is_the_run_of_a_fresh_simulation()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(6, 7, 50),
            Prop.ForAll(ArbMap.Default.ArbFor<(ulong First, ulong Second, byte Cut)>(), seeds =>
            {
                using var fresh = new Simulation();
                Scene.Build(fresh, seeds.Second, 40);
                fresh.Run();

                using var used = new Simulation();
                Scene.Build(used, seeds.First, 40);
                used.Run(new RunLimits(), seeds.Cut * 4);
                used.Reset();
                Scene.Build(used, seeds.Second, 40);
                used.Run();
                return used.Fingerprint == fresh.Fingerprint && used.Now == fresh.Now && used.Events == fresh.Events;
            }));
    }

    [Fact]
    public void Two_threads_run_their_simulations_as_one_does()
    {
        ulong[] Run(bool parallel)
        {
            var results = new ulong[4];
            void One(int i)
            {
                using var simulation = new Simulation();
                Scene.Build(simulation, (ulong)i, 300);
                simulation.Run();
                results[i] = simulation.Fingerprint;
            }

            if (parallel)
            {
                System.Threading.Tasks.Parallel.For(0, 4, One);
            }
            else
            {
                Enumerable.Range(0, 4).ToList().ForEach(One);
            }

            return results;
        }

        Assert.Equal(Run(parallel: false), Run(parallel: true));
    }

    [Fact]
    public void Re_runs_under_a_chooser_with_the_same_seed_take_the_same_path()
    {
        using var first = new Rerun();
        using var second = new Rerun();
        first.Run(200);
        second.Run(200);
        Assert.Equal(first.Events, second.Events);
    }
}

/// <summary>A scene with everything in it: delays, stores, resources, signals, timeouts, interrupts, timers, operations, children.</summary>
internal static class Scene
{
    internal static void Build(Simulation simulation, ulong seed, int jobs)
    {
        var random = new RandomSource(seed).Stream("scene");
        var slots = new Resource(simulation, 3, "slots");
        var queue = new Store<int>(simulation, 4, "queue") { Idle = true };
        var done = new Signal(simulation, "done") { Idle = true };
        var tick = new Tick(simulation, done);
        simulation.Spawn("engine", ServeAsync(simulation, queue, done, random), daemon: true);
        simulation.Spawn("source", ProduceAsync(simulation, slots, queue, done, tick, random, jobs));
    }

    private static async Process ProduceAsync(
        Simulation simulation, Resource slots, Store<int> queue, Signal done, Tick tick, RandomStream random, int jobs)
    {
        for (int i = 0; i < jobs; i++)
        {
            await simulation.DelayPicoseconds(random.NextInt(50));
            var child = ChildAsync(simulation, slots, queue, done, random, i);
            if (random.NextInt(10) == 0)
            {
                tick.Arm(new Duration(random.NextInt(100)));
            }

            if (random.NextInt(8) == 0)
            {
                await simulation.DelayPicoseconds(random.NextInt(20));
                simulation.Interrupt(child);
            }
        }
    }

    private static async Process ChildAsync(Simulation simulation, Resource slots, Store<int> queue, Signal done, RandomStream random, int number)
    {
        if (await slots.AcquireAsync(new Duration(500)) != Wake.Signalled)
        {
            return;
        }

        await WorkAsync(simulation, random);
        await queue.PutAsync(number);
        await done.WaitAsync(new Duration(random.NextInt(200)));
        slots.Release();
    }

    private static async Operation WorkAsync(Simulation simulation, RandomStream random)
    {
        await simulation.Delay(random.Exponential(new Duration(30)));
        await simulation.Delay(Duration.Zero);
    }

    private static async Process ServeAsync(Simulation simulation, Store<int> queue, Signal done, RandomStream random)
    {
        while (true)
        {
            await queue.GetAsync();
            await simulation.DelayPicoseconds(1 + random.NextInt(40));
            done.Fire();
        }
    }

    private sealed class Tick(Simulation simulation, Signal done) : Timer(simulation, "tick")
    {
        protected override void OnExpired() => done.Fire();
    }
}
