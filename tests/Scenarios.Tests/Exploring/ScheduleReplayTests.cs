using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

public class ScheduleReplayTests
{
    private const string Law = """
        scenario: law
        workload:
          law: { model: ring-law, contexts: 1, requests: 2, usable: 2 }
        variants:
          backlog: { law.when_full: backlog }
          drop: { law.when_full: drop-request }
        explore: { set: { law.usable: 1 } }
        """;

    [Fact]
    public void A_failing_schedule_names_its_scenario_variant_and_size_and_replays_on_it()
    {
        Schedule schedule = Failing();

        Assert.Equal(("s.yaml", "drop", "law.usable=1"), (schedule.Scenario, schedule.Variant, Assert.Single(schedule.Set)));
        ScheduleReplay replay = ScheduleReplay.Of(schedule, Samples.Read(Law, [.. schedule.Set]));
        Assert.True(replay.IsSameMachine);
        TracedResult result = replay.Run(strict: true);
        Assert.Null(result.Diverged);
        Assert.Equal(schedule.Expect, FailureSignature.Describe(result.End!));
    }

    [Fact]
    public void Another_machine_is_noticed_and_another_claim_is_not()
    {
        Schedule schedule = Failing();
        string[] set = [.. schedule.Set];

        Assert.False(ScheduleReplay.Of(schedule, Samples.Read(Law.Replace("requests: 2", "requests: 3", StringComparison.Ordinal), set)).IsSameMachine);
        Assert.True(ScheduleReplay.Of(schedule, Samples.Read(Law + "\nexpect: { drop: { explore: deadlock } }", set)).IsSameMachine);
    }

    [Fact]
    public void Where_a_replay_leaves_the_schedule_is_told()
    {
        Schedule schedule = Failing();
        ScheduleAnchor anchor = schedule.Anchors[0] with { Happening = "caam_jr_enqueue(req#9) = 0" };

        TracedResult result = ScheduleReplay.Of(schedule with { Anchors = [anchor] }, Samples.Read(Law, [.. schedule.Set])).Run(strict: true);

        Assert.StartsWith($"diverged at step {anchor.Step}: expected caam_jr_enqueue(req#9) = 0, got ", result.Diverged!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_of_another_driver_is_followed_as_far_as_it_fits()
    {
        Schedule schedule = Failing() with { Variant = "backlog" };

        ScheduleReplay replay = ScheduleReplay.Of(schedule, Samples.Read(Law, [.. schedule.Set]));

        Assert.False(replay.IsSameMachine);
        Assert.Equal("completed", replay.Run(strict: false).End!.Ends);
    }

    [Fact]
    public void A_variant_that_is_gone_is_told()
    {
        var refusal = Assert.Throws<NotExplorableException>(() => ScheduleReplay.Of(Failing() with { Variant = "gone" }, Samples.Read(Law)));

        Assert.Equal("s.yaml: there is no variant 'gone', which the schedule is about", refusal.Message);
    }

    private static Schedule Failing()
    {
        var options = new ScenarioExplorerOptions { Variants = ["drop"] };
        return new ScenarioExplorer(Samples.Read(Law), options, (factory, _, _, _) =>
        {
            using IExplorable model = factory.Build(traced: true);
            TracedResult traced = new TracedRun().Follow(model, new Schedule { Choices = ["kcryptd/0", "kcryptd/0"] });
            var schedule = new Schedule
            {
                Choices = traced.Choices,
                Anchors = [new ScheduleAnchor(traced.Steps[1].Number, traced.Steps[1].Label)],
                Expect = FailureSignature.Describe(traced.End!),
            };
            return new ExplorationResult { Verdict = ExplorationVerdict.Failed, Found = "deadlock", Failure = new FailingTrace { Schedule = schedule, Steps = traced.Steps, End = traced.End! } };
        }).Run().Variants[0].Result.Failure!.Schedule;
    }
}
