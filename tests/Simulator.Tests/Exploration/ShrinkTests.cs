using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Failing schedules made small.</summary>
public sealed class ShrinkTests
{
    /// <summary>By hand: the reader looks, the writer goes twice, the reader sleeps. One choice away from the default is the least.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_lost_wakeup_shrinks_to_the_one_preemption_it_needs(int noise)
    {
        using var runs = Tiny.LostWakeup(noise).Runs();
        var failure = new RunHunter(runs).Hunt(new RandomWalk(1), 10_000).Failure!;
        var shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        Assert.Equal(1, shrunk.Preemptions);
        Assert.True(shrunk.Schedule.Choices.Count <= 2 + noise, string.Join(' ', shrunk.Schedule.Choices));
        Assert.True(shrunk.Steps <= shrunk.StepsBefore);
        var replay = new TracedRun().Replay(Tiny.LostWakeup(noise).Build(traced: true), shrunk.Schedule);
        Assert.Null(replay.Diverged);
        Assert.Equal(failure.Signature, FailureSignature.Of(replay.End!));
    }

    /// <summary>Time is not measured here: this is the count that it depends on.</summary>
    [Fact]
    public void A_schedule_of_60_steps_that_needs_a_preemption_shrinks_in_few_runs()
    {
        using var runs = Tiny.LostWakeup(noise: 9).Runs();
        var failure = new RunHunter(runs).Hunt(new RandomWalk(1), 10_000).Failure!;
        var shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        string counts = $"{shrunk.StepsBefore} -> {shrunk.Steps} steps, {failure.Schedule.Choices.Count} -> {shrunk.Schedule.Choices.Count} choices, {shrunk.Replays} runs";
        Assert.True(shrunk.StepsBefore >= 60, counts);
        Assert.InRange(shrunk.Schedule.Choices.Count, 1, 11);
        Assert.True(shrunk.Replays is >= 10 and <= 500, counts);
    }

    [Fact]
    public void A_schedule_that_does_not_fail_is_not_shrunk()
    {
        using var failing = Tiny.LostWakeup().Runs();
        var failure = new RunHunter(failing).Hunt(new RandomWalk(1), 10_000).Failure!;
        using var correct = Tiny.LostWakeup(looksAgain: true).Runs();
        Assert.Null(new Shrinker(correct).Shrink(failure.Schedule, failure.Signature));
    }

    [Fact]
    public void Shrinking_ends_at_its_limit_with_what_it_has()
    {
        using var runs = Tiny.LostWakeup(noise: 4).Runs();
        var failure = new RunHunter(runs).Hunt(new RandomWalk(3), 10_000).Failure!;
        var shrunk = new Shrinker(runs, replayLimit: 1).Shrink(failure.Schedule, failure.Signature)!;
        Assert.Equal((1, failure.Steps.Count), (shrunk.Replays, shrunk.Steps));
    }
}
