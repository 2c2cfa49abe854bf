using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Processes that keep each other busy: for ever only if the schedule may be unfair, or for ever even if it is fair.</summary>
public sealed class FairLivelockTests
{
    /// <summary>Each takes its claim back when it sees the other's. Some order ends it, but in step they go round for ever.</summary>
    [Fact]
    public void Two_processes_that_politely_yield_to_each_other_can_go_round_under_a_fair_schedule()
    {
        var result = Explore(Doorway(firstYields: true), fair: true);

        Assert.Equal((ExplorationVerdict.Failed, "livelock"), (result.Verdict, result.Found));
        Assert.Equal("left, right can go round for ever under a fair schedule: everybody who can go on does, and no work is completed", result.Message);
        Assert.Null(result.Failure!.PointOfNoReturn);
        Assert.Contains(result.Failure.Steps, s => s.Process == "left");
        Assert.Contains(result.Failure.Steps, s => s.Process == "right");
    }

    [Fact]
    public void Without_the_flag_what_some_schedule_ends_is_no_livelock() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore(Doorway(firstYields: true), fair: false).Verdict);

    [Fact]
    public void If_one_insists_and_the_other_stays_back_a_fair_schedule_lets_both_through() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore(Doorway(firstYields: false), fair: true).Verdict);

    /// <summary>The spinner goes round only while the other, who could go on all the time, is kept from it.</summary>
    [Fact]
    public void A_process_that_spins_until_another_has_stepped_is_no_fair_livelock() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore(Spinning(helperComes: true), fair: true).Verdict);

    [Fact]
    public void A_process_that_spins_for_something_that_nobody_brings_is_a_livelock_with_and_without_the_flag()
    {
        Assert.Equal("livelock", Explore(Spinning(helperComes: false), fair: true).Found);
        Assert.Equal("livelock", Explore(Spinning(helperComes: false), fair: false).Found);
    }

    /// <summary>The one who goes round is another process each time, but one of its kind could always go on and does.</summary>
    [Fact]
    public void Short_lived_processes_that_call_each_other_up_for_ever_are_told_apart_and_found()
    {
        var result = Explore(new TinyFactory(static model => model.Simulation.Spawn("runner", new Relay(model).RunAsync())), fair: true);

        Assert.Equal("livelock", result.Found);
    }

    private static ExplorationResult Explore(TinyFactory factory, bool fair) => new Explorer(factory, new ExplorationOptions
    {
        RandomRuns = 0,
        PctRuns = 0,
        StepLimit = 1_000,
        FairLivelock = fair,
    }).Run();

    private static TinyFactory Doorway(bool firstYields) => new(model =>
    {
        var door = new Door(model);
        model.Simulation.Spawn("left", firstYields ? door.YieldAsync(0) : door.InsistAsync(0));
        model.Simulation.Spawn("right", firstYields ? door.YieldAsync(1) : door.StayBackAsync(1));
    });

    private static TinyFactory Spinning(bool helperComes) => new(model =>
    {
        var spin = new Spin(model);
        if (helperComes)
        {
            model.Simulation.Spawn("helper", spin.HelpAsync());
        }

        model.Simulation.Spawn("spinner", spin.SpinAsync());
    });

    private sealed class Door(TinyModel model)
    {
        private readonly bool[] _claims = new bool[2];

        /// <summary>Takes the claim back and makes it again while the other one has claimed too.</summary>
        public async Process YieldAsync(int self)
        {
            _claims[self] = true;
            await model.Simulation.Delay(Tiny.Ns(1));
            while (_claims[1 - self])
            {
                _claims[self] = false;
                await model.Simulation.Delay(Tiny.Ns(1 + self));
                _claims[self] = true;
                await model.Simulation.Delay(Tiny.Ns(1 + self));
            }

            _claims[self] = false;
        }

        public async Process InsistAsync(int self)
        {
            _claims[self] = true;
            await model.Simulation.Delay(Tiny.Ns(1));
            while (_claims[1 - self])
            {
                await model.Simulation.Delay(Tiny.Ns(1));
            }

            _claims[self] = false;
        }

        /// <summary>Makes no claim again before the other one's is gone.</summary>
        public async Process StayBackAsync(int self)
        {
            _claims[self] = true;
            await model.Simulation.Delay(Tiny.Ns(1));
            while (_claims[1 - self])
            {
                _claims[self] = false;
                await model.Simulation.Delay(Tiny.Ns(1));
            }

            _claims[self] = false;
        }
    }

    private sealed class Spin(TinyModel model)
    {
        private bool _isSet;

        public async Process HelpAsync()
        {
            await model.Simulation.Delay(Tiny.Ns(1));
            _isSet = true;
        }

        public async Process SpinAsync()
        {
            while (!_isSet)
            {
                await model.Simulation.Delay(Tiny.Ns(1));
            }
        }
    }

    private sealed class Relay(TinyModel model)
    {
        public async Process RunAsync()
        {
            await model.Simulation.Delay(Tiny.Ns(1));
            model.Simulation.Spawn("runner", RunAsync());
        }
    }
}
