using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Looking for failures by whole runs.</summary>
public sealed class HuntTests
{
    [Fact]
    public void The_ordinary_order_by_hand_is_the_ordinary_run_to_the_bit()
    {
        using var ordinary = new Simulation();
        Scheduling.Scene.Build(ordinary, 42, 200);
        ordinary.Run();
        var byHand = new TinyFactory(model => Scheduling.Scene.Build(model.Simulation, 42, 200));
        using var runs = byHand.Runs();
        var result = new RunHunter(runs, ExplorationMode.Timed).Hunt(new OrdinaryOrder(), 10);
        Assert.Equal(1, result.Runs);
        Assert.Null(result.Failure);
        Assert.Equal((ordinary.Fingerprint, ordinary.Now, ordinary.Events), (byHand.Built[0].Simulation.Fingerprint, byHand.Built[0].Simulation.Now, result.Steps + 1));   // the first step of its daemon is no choice
    }

    [Fact]
    public void The_default_schedule_and_the_ordinary_one_lose_no_wakeup()
    {
        using var runs = Tiny.LostWakeup().Runs();
        Assert.Null(new RunHunter(runs, ExplorationMode.Timed).Hunt(new OrdinaryOrder(), 1).Failure);
        Assert.Null(new RunHunter(runs).Hunt(new NoPreemption(), 1).Failure);
    }

    public static TheoryData<string> Hunters => ["random", "pct 2", "pct 3", "depth first"];

    [Theory]
    [MemberData(nameof(Hunters))]
    public void A_lost_wakeup_is_found_by(string strategy)
    {
        using var runs = Tiny.LostWakeup(noise: strategy == "depth first" ? 0 : 2).Runs();
        var result = new RunHunter(runs).Hunt(Strategy(strategy), 10_000);
        Assert.Equal(ExplorationVerdict.Failed, result.Verdict);
        Assert.Equal("deadlock", result.Failure!.Found);
        Assert.Equal("hung reader/0 @ ready", result.Failure.Schedule.Expect);
        Assert.StartsWith("reader/N @ ready ", result.Failure.Signature.Waits, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Hunters))]
    public void No_wakeup_is_lost_by_a_reader_that_looks_again_says(string strategy)
    {
        using var runs = Tiny.LostWakeup(looksAgain: true).Runs();
        var result = new RunHunter(runs).Hunt(Strategy(strategy), 500);
        Assert.Equal(strategy == "depth first" ? ExplorationVerdict.Proved : ExplorationVerdict.Sampled, result.Verdict);
        Assert.Equal((0, 0), (result.Failures, result.Unending));
    }

    [Fact]
    public void The_same_seed_hunts_the_same_way_and_another_seed_another()
    {
        string[] Steps(ulong seed)
        {
            using var runs = Tiny.LostWakeup(noise: 3).Runs();
            return [.. new RunHunter(runs).Hunt(new RandomWalk(seed), 1000).Failure!.Steps];
        }

        Assert.Equal(Steps(7), Steps(7));
        Assert.NotEqual(Steps(7), Steps(8));
    }

    [Fact]
    public void Depth_first_takes_every_order_exactly_once()
    {
        var factory = new TinyFactory(model =>
        {
            for (int i = 0; i < 4; i++)
            {
                model.Simulation.Spawn($"p{i}", NoteAsync(model, $"p{i}"));
            }
        });
        using var runs = factory.Runs();
        var result = new RunHunter(runs).Hunt(new DepthFirst(), 1000);
        Assert.Equal((24, ExplorationVerdict.Proved), (result.Runs, result.Verdict));
        Assert.Equal(24, factory.Orders.Length);
    }

    [Fact]
    public void A_limit_on_runs_is_a_sample_unless_nothing_is_left()
    {
        static HuntResult Hunt(int limit)
        {
            using var runs = new TinyFactory(model =>
            {
                model.Simulation.Spawn("a", NoteAsync(model, "a"));
                model.Simulation.Spawn("b", NoteAsync(model, "b"));
            }).Runs();
            return new RunHunter(runs).Hunt(new DepthFirst(), limit);
        }

        Assert.Equal(ExplorationVerdict.Sampled, Hunt(1).Verdict);
        Assert.Equal(ExplorationVerdict.Proved, Hunt(2).Verdict);
    }

    [Fact]
    public void An_unending_run_is_no_failure_and_proves_nothing()
    {
        using var runs = new TinyFactory(model => model.Simulation.Spawn("poll", PollAsync(model))).Runs();
        var result = new RunHunter(runs, stepLimit: 500).Hunt(new DepthFirst(), 10);
        Assert.Equal((1, 1, ExplorationVerdict.Sampled), (result.Runs, result.Unending, result.Verdict));
    }

    [Fact]
    public void Two_that_wake_each_other_at_one_instant_are_a_livelock_and_one_that_polls_in_time_is_not()
    {
        static HuntResult Hunt(long nanoseconds)
        {
            using var runs = new TinyFactory(model =>
            {
                var (ping, pong) = (new Signal(model.Simulation, "ping"), new Signal(model.Simulation, "pong"));
                model.Simulation.Spawn("a", BounceAsync(model, ping, pong, nanoseconds));
                model.Simulation.Spawn("b", BounceAsync(model, pong, ping, nanoseconds));
                ping.Fire();
            }).Runs();
            return new RunHunter(runs, ExplorationMode.Timed, stepLimit: 30_000).Hunt(new OrdinaryOrder(), 1);
        }

        Assert.Equal("livelock", Hunt(0).Failure!.Found);
        Assert.Null(Hunt(1).Failure);
        Assert.Equal(1, Hunt(1).Unending);
    }

    [Fact]
    public void One_that_polls_does_not_keep_the_others_out_of_the_default_schedule()
    {
        bool done = false;
        using var runs = new TinyFactory(model =>
        {
            done = false;
            model.Simulation.Spawn("poll", PollAsync(model), daemon: true);
            model.Simulation.Spawn("poll", PollAsync(model), daemon: true);
            model.Simulation.Spawn("work", NoteAsync(model, "work"));
            model.Simulation.Spawn("end", EndAsync(model, () => done = true));
        }).Runs();
        Assert.Equal(0, new RunHunter(runs).Hunt(new NoPreemption(), 1).Unending);
        Assert.True(done);
    }

    /// <summary>One step.</summary>
    private static async Process NoteAsync(TinyModel model, string name)
    {
        model.Order.Add(name);
        await Tiny.Nothing(model.Simulation);
    }

    private static async Process EndAsync(TinyModel model, Action end)
    {
        await model.Simulation.Delay(Tiny.Ns(1));
        end();
    }

    private static async Process BounceAsync(TinyModel model, Signal mine, Signal other, long nanoseconds)
    {
        while (true)
        {
            await mine.WaitAsync();
            await model.Simulation.Delay(Tiny.Ns(nanoseconds));
            other.Fire();
        }
    }

    private static async Process PollAsync(TinyModel model)
    {
        while (true)
        {
            await model.Simulation.Delay(Tiny.Ns(1));
        }
    }

    private static IChooserStrategy Strategy(string name) => name switch
    {
        "random" => new RandomWalk(1),
        "pct 2" => new PriorityChanges(2, 1),
        "pct 3" => new PriorityChanges(3, 1),
        _ => new DepthFirst(),
    };
}
