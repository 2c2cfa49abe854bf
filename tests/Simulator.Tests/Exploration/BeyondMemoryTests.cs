using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Searches that outgrow their memory. 23,151 states of about 60 bytes need 2.5 MB exactly kept, 0.7 MB as fingerprints.</summary>
public sealed class BeyondMemoryTests
{
    private const long Plenty = long.MaxValue;
    private const long ForFingerprints = 800_000;     // [B]
    private const long ForNothingWhole = 300_000;     // [B]

    [Fact]
    public void When_memory_ends_fingerprints_cover_the_same_states_and_ends_as_the_exact_search()
    {
        var exact = WideScene.Explore(WideScene.Of(4, 6, isCorrect: true), Plenty);
        var covered = WideScene.Explore(WideScene.Of(4, 6, isCorrect: true), ForFingerprints);

        Assert.Equal((ExplorationVerdict.Proved, ExplorationVerdict.Covered), (exact.Verdict, covered.Verdict));
        Assert.Equal((exact.Counts.States, exact.Counts.Transitions, exact.Counts.Depth), (covered.Counts.States, covered.Counts.Transitions, covered.Counts.Depth));
        Assert.Equal((exact.Counts.GoodEnds, exact.Counts.BadEnds), (covered.Counts.GoodEnds, covered.Counts.BadEnds));
        Assert.Equal(exact.EndStates, covered.EndStates);
        Assert.True(covered.Counts.PeakBytes < exact.Counts.PeakBytes / 2, $"{covered.Counts.PeakBytes} B of {exact.Counts.PeakBytes} B");
    }

    [Fact]
    public void What_is_covered_says_how_likely_a_state_was_missed()
    {
        var covered = WideScene.Explore(WideScene.Of(4, 6, isCorrect: true), ForFingerprints);

        Assert.Equal(Math.Pow(covered.Counts.States, 2) / Math.Pow(2, 65), covered.OmissionProbability, 1e-20);
        Assert.Equal("", covered.Bound);
        var phase = covered.Phases[^1];
        Assert.Equal((3, "fingerprints", "COVERED", false), (phase.Number, phase.Name, phase.Outcome, phase.Failed));
    }

    [Fact]
    public void When_fingerprints_do_not_fit_either_the_bound_is_a_number_of_preemptions()
    {
        var bounded = WideScene.Explore(WideScene.Of(4, 6, isCorrect: true), 600_000);

        Assert.Equal(ExplorationVerdict.Bounded, bounded.Verdict);
        Assert.Matches(@"^1 preemption, \d,\d{3} states$", bounded.Bound);
        Assert.Empty(bounded.EndStates);
        Assert.Equal(["fingerprints", "preemptions"], bounded.Phases.Where(p => p.Number == 3).Select(p => p.Name));
    }

    [Theory]
    [InlineData(3, Plenty, "breadth-first")]
    [InlineData(4, ForFingerprints, "fingerprints")]
    [InlineData(4, ForNothingWhole, "preemptions")]
    public void A_failure_is_found_whatever_memory_there_is_and_its_schedule_replays(int walkers, long memory, string phase)
    {
        var factory = WideScene.Of(walkers, 6, isCorrect: false);

        var result = WideScene.Explore(factory, memory);

        Assert.Equal((ExplorationVerdict.Failed, "deadlock"), (result.Verdict, result.Found));
        Assert.Equal(phase, result.Phases.First(p => p.Failed).Name);
        Assert.Equal("checker", result.Failure!.End.Blocked[0].Process);
        var replay = new TracedRun().Replay(factory.Build(traced: true), result.Failure.Schedule);
        Assert.Equal((null, "deadlock"), (replay.Diverged, replay.End?.Ends));
    }

    [Fact]
    public void With_less_memory_the_bound_on_preemptions_is_smaller()
    {
        var bounded = WideScene.Explore(WideScene.Of(4, 6, isCorrect: true), ForNothingWhole);

        Assert.Equal(ExplorationVerdict.Bounded, bounded.Verdict);
        Assert.Matches(@"^0 preemptions, \d,\d{3} states$", bounded.Bound);
    }

    [Fact]
    public void A_limit_of_states_ends_the_search_beyond_memory_in_words()
    {
        var options = new ExplorationOptions { RandomRuns = 0, PctRuns = 0, Symmetry = false, Fusion = false, MemoryLimit = ForFingerprints, StateLimit = 10_000 };

        var result = new Explorer(WideScene.Of(4, 6, isCorrect: true), options).Run();

        Assert.Equal(ExplorationVerdict.Bounded, result.Verdict);
        Assert.Matches(@"^1\d,\d{3} states, every schedule of up to \d+ steps; the state limit came first$", result.Bound);
    }

    /// <summary>Fused, the search is small enough; step by step it is not. The way it found is told with all its steps all the same.</summary>
    [Fact]
    public void A_failure_that_only_the_fused_search_reaches_is_told_step_by_step()
    {
        var factory = WideScene.Of(4, 6, isCorrect: false);
        var options = new ExplorationOptions { RandomRuns = 0, PctRuns = 0, Symmetry = false, MemoryLimit = 200_000 };

        var result = new Explorer(factory, options).Run();

        Assert.Equal((ExplorationVerdict.Failed, "deadlock"), (result.Verdict, result.Found));
        Assert.Equal("breadth-first", result.Phases.First(p => p.Failed).Name);
        Assert.False(result.Failure!.IsShortest);
        Assert.Equal(35, result.Failure.Steps.Count);   // 5 processes of 7 steps
        var replay = new TracedRun().Replay(factory.Build(traced: true), result.Failure.Schedule);
        Assert.Equal((null, "deadlock"), (replay.Diverged, replay.End?.Ends));
    }
}
