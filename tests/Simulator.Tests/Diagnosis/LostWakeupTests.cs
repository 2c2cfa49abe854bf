using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Tests.Exploration;

namespace CryptoSim.Simulator.Tests.Diagnosis;

/// <summary>A consumer that looks into its mailbox and then goes to sleep; a producer that fills it and wakes whoever sleeps (DM-X7).</summary>
public sealed class LostWakeupTests
{
    [Fact]
    public void A_consumer_that_looks_and_then_takes_its_time_to_sleep_loses_its_wakeup()
    {
        var result = Explore(looksAgain: false, daemon: false);

        Assert.Equal((ExplorationVerdict.Failed, "lost-wakeup", "DM-X7"), (result.Verdict, result.Found, result.Rule));
        Assert.Equal("consumer sleeps in schedule although the mailbox holds 1 letter: its wake-up is lost", result.Message);
        Assert.Equal("deadlock", result.Failure!.End.Ends);
    }

    [Fact]
    public void A_consumer_that_looks_again_before_it_sleeps_never_does() =>
        Assert.Equal(ExplorationVerdict.Proved, Explore(looksAgain: true, daemon: false).Verdict);

    [Fact]
    public void A_daemon_that_idles_although_there_is_work_is_what_the_one_who_waits_for_it_is_told_of()
    {
        var result = Explore(looksAgain: false, daemon: true);

        Assert.Equal(("lost-wakeup", "DM-X7"), (result.Found, result.Rule));
        Assert.Equal("consumer idles in schedule although the mailbox holds 1 letter: its wake-up is lost", result.Message);
        var blocked = Assert.Single(result.Failure!.End.Blocked);
        Assert.Equal(("producer", "consumer idles although the mailbox holds 1 letter, and nobody wakes it"), (blocked.Process, blocked.Owner));
    }

    [Fact]
    public void An_ordinary_run_ends_as_a_deadlock_that_says_so()
    {
        var model = (TinyModel)Post(looksAgain: false, daemon: false, letterAfter: 50).Build(traced: false);

        model.Simulation.Run();

        var outcome = model.Simulation.Outcome;
        Assert.Equal((End.Deadlock, "DM-X7"), (outcome.End, outcome.Rule));
        Assert.EndsWith(", although the mailbox holds 1 letter", Assert.Single(outcome.Blocked).Owner, StringComparison.Ordinal);
    }

    [Fact]
    public void A_consumer_that_nobody_writes_to_hangs_but_lost_nothing()
    {
        var model = (TinyModel)Post(looksAgain: false, daemon: false, letterAfter: -1).Build(traced: false);

        model.Simulation.Run();

        Assert.Equal((End.Deadlock, null), (model.Simulation.Outcome.End, model.Simulation.Outcome.Rule));
    }

    private static ExplorationResult Explore(bool looksAgain, bool daemon) =>
        new Explorer(Post(looksAgain, daemon, letterAfter: 500), new ExplorationOptions { RandomRuns = 20, PctRuns = 0 }).Run();

    /// <param name="looksAgain">The correct consumer: between looking and sleeping nobody can come.</param>
    /// <param name="daemon">The consumer is a daemon, and the producer waits until it has read.</param>
    /// <param name="letterAfter">[ns] When the letter comes; below 0: never.</param>
    private static TinyFactory Post(bool looksAgain, bool daemon, long letterAfter) => new(model =>
    {
        var simulation = model.Simulation;
        var scene = new Scene(simulation, new Mailbox(simulation) { Idle = daemon }, looksAgain);
        var consumer = simulation.Spawn("consumer", scene.ConsumeAsync(), daemon);
        scene.Read.Owner = new TestHolder("letter", null, consumer);
        if (letterAfter >= 0)
        {
            simulation.Spawn("producer", scene.ProduceAsync(Tiny.Ns(letterAfter), waits: daemon));
        }
    });

    private sealed class Scene(Simulation simulation, Mailbox box, bool looksAgain)
    {
        public Signal Read { get; } = new(simulation, "read");

        public async Process ConsumeAsync()
        {
            while (box.Letters == 0)
            {
                await simulation.Delay(Tiny.Ns(100));
                if (!looksAgain || box.Letters == 0)
                {
                    await box.SleepAsync();
                }
            }

            box.Take();
            Read.Fire();
        }

        public async Process ProduceAsync(Duration after, bool waits)
        {
            await simulation.Delay(after);
            box.Put();
            if (waits)
            {
                await Read.WaitAsync();
            }
        }
    }

    private sealed class Mailbox(Simulation simulation) : Waitable(simulation, "mailbox", "schedule")
    {
        public int Letters { get; private set; }

        protected internal override string? WorkLeft => Letters > 0 ? $"the mailbox holds {Letters} letter" : null;

        public void Put()
        {
            Letters++;
            if (HasWaiters)
            {
                WakeFirst();
            }
        }

        public void Take() => Letters--;

        public Suspension SleepAsync() => Block(0);
    }
}
