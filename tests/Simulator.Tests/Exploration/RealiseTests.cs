using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Schedules put in time.</summary>
public sealed class RealiseTests
{
    [Fact]
    public void A_hang_found_without_time_hangs_in_an_ordinary_run_with_its_delays_stretched()
    {
        var (realised, failure) = Realise();
        Assert.Null(realised.Diverged);
        Assert.Equal(failure.Signature, FailureSignature.Of(realised.End!));

        // The reader's 100 ns must be longer than the writer's 150 ns; nothing else is stretched.
        var stretched = Assert.Single(realised.Realisation.Stretched);
        Assert.Equal(("reader/0", Tiny.Ns(100), Tiny.Ns(150)), (stretched.Process, stretched.Modelled, stretched.Needed));

        using var simulation = Run(realised.Realisation);
        Assert.Equal(End.Deadlock, simulation.Outcome.End);
        Assert.Equal(realised.End!.Fingerprint, simulation.Fingerprint);
        Assert.Equal(VirtualTime.Zero + Tiny.Ns(150), simulation.Now);
    }

    [Fact]
    public void The_same_model_completes_without_the_timing()
    {
        using var simulation = Run(new Realisation([], []));
        Assert.Equal(End.Completed, simulation.Outcome.End);
    }

    [Fact]
    public void Only_the_part_of_the_order_that_matters_is_kept()
    {
        var (realised, _) = Realise();
        using var runs = Tiny.LostWakeup().Runs();
        var shortened = new Realiser(runs).Shorten(realised);
        Assert.True(shortened.Steps.Count < realised.Realisation.Steps.Count);
        using var simulation = Run(shortened);
        Assert.Equal(End.Deadlock, simulation.Outcome.End);
        using var less = Run(new Realisation([.. shortened.Steps.SkipLast(1)], []));
        Assert.Equal(End.Completed, less.Outcome.End);
    }

    [Fact]
    public void A_given_order_stops_and_goes_on_as_any_run_does()
    {
        var (realised, _) = Realise();
        using var whole = Run(realised.Realisation);
        var model = (TinyModel)Tiny.LostWakeup().Build(traced: false);
        var order = new TimedOrder(realised.Realisation.Steps);
        int calls = 1;
        while (model.Simulation.RunTimed(new RunLimits(), order, 1) == RunState.Running)
        {
            calls++;
        }

        Assert.Equal((whole.Fingerprint, whole.Events), (model.Simulation.Fingerprint, model.Simulation.Events));
        Assert.True(calls >= whole.Events);
    }

    [Fact]
    public void A_step_that_cannot_be_taken_is_a_fault_that_says_so()
    {
        using var simulation = Run(new Realisation([new("reader/0", VirtualTime.Zero), new("jr0", VirtualTime.Zero + Tiny.Ns(7))], []));
        Assert.Equal((End.Fault, "timing"), (simulation.Outcome.End, simulation.Outcome.Rule));
        Assert.Equal("step 2 is given as one of jr0 at 7ns, which has nothing to do then", simulation.Outcome.Message);
    }

    [Fact]
    public void The_limits_of_a_run_hold_within_a_given_order()
    {
        var model = (TinyModel)Tiny.LostWakeup().Build(traced: false);
        var order = new TimedOrder([new("reader/0", VirtualTime.Zero), new("reader/0", VirtualTime.Zero + Tiny.Ns(500))]);
        var state = model.Simulation.RunTimed(new RunLimits { TimeLimit = VirtualTime.Zero + Tiny.Ns(400) }, order);
        Assert.Equal((RunState.Ended, End.TimeLimit, VirtualTime.Zero + Tiny.Ns(400)), (state, model.Simulation.Outcome.End, model.Simulation.Now));
    }

    [Fact]
    public void What_a_given_order_held_back_comes_afterwards_and_the_clock_never_goes_back()
    {
        var model = new TinyModel();
        foreach (int i in new[] { 3, 1, 2 })
        {
            model.Simulation.Spawn($"p{i}", TickAsync(model, i));
        }

        // p2 first, long after p1 and p3 were due: they follow at once, in the order in which their delays began.
        var order = new TimedOrder([.. new[] { "p3", "p1", "p2" }.Select(p => new RealisedStep(p, VirtualTime.Zero)), new("p2", VirtualTime.Zero + Tiny.Ns(50))]);
        Assert.Equal(RunState.Ended, model.Simulation.RunTimed(new RunLimits(), order));
        Assert.Equal(["p2@50ns", "p3@50ns", "p1@50ns", "p1@51ns", "p2@52ns", "p3@53ns"], model.Order);
    }

    [Fact]
    public void A_hang_within_the_jitter_happens_in_time_with_delays_within_their_intervals()
    {
        using var runs = Tiny.LostWakeup().Runs();
        var failure = new RunHunter(runs, ExplorationMode.Jitter, 0.3).Hunt(new DepthFirst(), 1000).Failure!;
        var realiser = new Realiser(runs);
        var realised = realiser.Realise(failure.Schedule);
        Assert.Null(realised.Diverged);
        Assert.NotEmpty(realised.Realisation.Stretched);
        Assert.All(realised.Realisation.Stretched, d => Assert.InRange(d.Needed.Picoseconds, d.Modelled.Picoseconds * 7 / 10, d.Modelled.Picoseconds * 13 / 10));
        Assert.Equal(failure.Signature, FailureSignature.Of(realiser.RunInTime(realised.Realisation.Steps)));
        Assert.Equal("completed", realiser.RunInTime([]).Ends);
    }

    [Fact]
    public void A_given_order_cannot_go_back_in_time() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimedOrder([new("a", VirtualTime.Zero + Tiny.Ns(2)), new("a", VirtualTime.Zero + Tiny.Ns(1))]));

    private static (RealisedRun Run, HuntFailure Failure) Realise()
    {
        using var runs = Tiny.LostWakeup().Runs();
        var failure = new RunHunter(runs).Hunt(new RandomWalk(1), 1000).Failure!;
        var shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        return (new Realiser(runs).Realise(shrunk.Schedule), failure);
    }

    private static Simulation Run(Realisation realisation)
    {
        var model = (TinyModel)Tiny.LostWakeup().Build(traced: false);
        Assert.Equal(RunState.Ended, model.Simulation.RunTimed(new RunLimits(), new TimedOrder(realisation.Steps)));
        return model.Simulation;
    }

    private static async Process TickAsync(TinyModel model, int nanoseconds)
    {
        for (int i = 0; i < 2; i++)
        {
            await model.Simulation.Delay(Tiny.Ns(nanoseconds));
            model.Order.Add($"p{nanoseconds}@{model.Simulation.Now}");
        }
    }
}
