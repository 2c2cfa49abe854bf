using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

public class ScenarioExplorerTests
{
    private static readonly ExplorationResult Proved = new() { Verdict = ExplorationVerdict.Proved };
    private static readonly ExplorationResult Bounded = new() { Verdict = ExplorationVerdict.Bounded, Bound = "2 preemptions, 1,200,000 states" };

    [Theory]
    [InlineData("proved", ExplorationVerdict.Proved, null, ExploreStanding.AsExpected)]
    [InlineData("proved", ExplorationVerdict.Failed, "deadlock", ExploreStanding.Broken)]
    [InlineData("proved", ExplorationVerdict.Bounded, null, ExploreStanding.Unanswered)]
    [InlineData("proved", ExplorationVerdict.Covered, null, ExploreStanding.Unanswered)]
    [InlineData("proved", ExplorationVerdict.Sampled, null, ExploreStanding.Unanswered)]
    [InlineData("deadlock", ExplorationVerdict.Failed, "deadlock", ExploreStanding.AsExpected)]
    [InlineData("deadlock", ExplorationVerdict.Failed, "corruption", ExploreStanding.Broken)]
    [InlineData("deadlock", ExplorationVerdict.Proved, null, ExploreStanding.Broken)]
    [InlineData("deadlock", ExplorationVerdict.Bounded, null, ExploreStanding.Broken)]
    [InlineData("lost-wakeup", ExplorationVerdict.Failed, "lost-wakeup", ExploreStanding.AsExpected)]
    [InlineData("livelock", ExplorationVerdict.Failed, "livelock", ExploreStanding.AsExpected)]
    [InlineData("corruption", ExplorationVerdict.Failed, "corruption", ExploreStanding.AsExpected)]
    [InlineData("fault", ExplorationVerdict.Failed, "fault", ExploreStanding.AsExpected)]
    [InlineData("io-error", ExplorationVerdict.Failed, "io-error", ExploreStanding.AsExpected)]
    public void A_claim_about_exploring_holds_or_breaks_by_what_was_found(string claim, ExplorationVerdict verdict, string? found, ExploreStanding standing)
    {
        ExploredScenario explored = Explore(Samples.Small + $"\nexpect: {{ every: {{ explore: {claim} }} }}", _ => Result(verdict, found));

        Assert.Equal((standing, standing), (explored.Standing, explored.Variants[0].Standing));
        ClaimOutcome outcome = Assert.Single(explored.Claims);
        Assert.Equal(($"explore: {claim}", standing == ExploreStanding.AsExpected), (outcome.Claim, outcome.Holds));
    }

    [Theory]
    [InlineData("", ExplorationVerdict.Failed, "deadlock", ExploreStanding.Broken)]
    [InlineData("", ExplorationVerdict.Proved, null, ExploreStanding.AsExpected)]
    [InlineData("", ExplorationVerdict.Sampled, null, ExploreStanding.Unanswered)]
    [InlineData("ends: completed", ExplorationVerdict.Failed, "deadlock", ExploreStanding.Broken)]
    [InlineData("ends: deadlock", ExplorationVerdict.Failed, "deadlock", ExploreStanding.AsExpected)]
    [InlineData("ends: deadlock", ExplorationVerdict.Failed, "lost-wakeup", ExploreStanding.AsExpected)]
    [InlineData("ends: deadlock", ExplorationVerdict.Failed, "corruption", ExploreStanding.Broken)]
    [InlineData("ends: io-error", ExplorationVerdict.Failed, "io-error", ExploreStanding.AsExpected)]
    public void Without_a_claim_about_exploring_a_failure_has_to_be_what_a_run_may_end_with(string ends, ExplorationVerdict verdict, string? found, ExploreStanding standing)
    {
        string expect = ends.Length > 0 ? $"\nexpect: {{ every: {{ {ends} }} }}" : "";

        ExploredScenario explored = Explore(Samples.Small + expect, _ => Result(verdict, found));

        Assert.Equal(standing, explored.Standing);
        Assert.Empty(explored.Claims);
    }

    [Fact]
    public void What_a_variant_claims_replaces_what_every_variant_claims_and_the_worst_counts()
    {
        string text = Samples.Deadlock.Replace("expect:\n", "expect:\n  every: { explore: proved }\n", StringComparison.Ordinal)
            .Replace("    ends: deadlock", "    ends: deadlock\n    explore: deadlock", StringComparison.Ordinal);
        Queue<ExplorationResult> results = new([Result(ExplorationVerdict.Failed, "deadlock"), Bounded, Proved]);

        ExploredScenario explored = Explore(text, _ => results.Dequeue());

        Assert.Equal(
            [ExploreStanding.AsExpected, ExploreStanding.Unanswered, ExploreStanding.AsExpected],
            explored.Variants.Select(v => v.Standing));
        Assert.Equal(ExploreStanding.Unanswered, explored.Standing);
        Assert.Equal("no failure (BOUNDED: 2 preemptions, 1,200,000 states)", explored.Variants[1].Claim!.Value);
    }

    [Fact]
    public void The_block_says_how_to_explore_and_the_command_line_comes_before_it()
    {
        string text = Samples.Small + "\nexplore: { mode: jitter, jitter: 20, random_runs: 7, pct_runs: 8, seed: 9, states: 10, memory: 1MiB, time: 2s, symmetry: false, fusion: false }";
        List<ExplorationOptions> seen = [];
        var flags = new ScenarioExplorerOptions { Mode = ExplorationMode.Timed, RandomRuns = 1, States = 2, Check = true, All = true };

        Explore(text, o => Note(seen, o));
        Explore(text, o => Note(seen, o), flags);

        Assert.Equal((ExplorationMode.Jitter, 0.2, 7, 8, 9UL), (seen[0].Mode, seen[0].Jitter, seen[0].RandomRuns, seen[0].PctRuns, seen[0].Seed));
        Assert.Equal((10L, 1L << 20, TimeSpan.FromSeconds(2), false, false), (seen[0].StateLimit, seen[0].MemoryLimit, seen[0].TimeLimit, seen[0].Symmetry, seen[0].Fusion));
        Assert.Equal((ExplorationMode.Timed, 1, 2L, true, true, 8), (seen[1].Mode, seen[1].RandomRuns, seen[1].StateLimit, seen[1].Check, seen[1].All, seen[1].PctRuns));
    }

    [Fact]
    public void Looking_for_fair_livelocks_switches_symmetry_and_fusion_off()
    {
        List<ExplorationOptions> seen = [];

        Explore(Samples.Small, o => Note(seen, o));
        Explore(Samples.Small + "\nexplore: { fair_livelock: true }", o => Note(seen, o));
        Explore(Samples.Small, o => Note(seen, o), new ScenarioExplorerOptions { FairLivelock = true });

        Assert.Equal([(true, true, false), (false, false, true), (false, false, true)], seen.Select(o => (o.Symmetry, o.Fusion, o.FairLivelock)));
    }

    [Fact]
    public void The_machine_that_is_built_is_traced_only_when_asked()
    {
        int[] events = new int[2];
        Scenario scenario = Samples.Read(Samples.Deadlock);
        var explorer = new ScenarioExplorer(scenario, new ScenarioExplorerOptions { Variants = ["caam-4.1"] }, (factory, _, _, _) =>
        {
            for (int traced = 0; traced < 2; traced++)
            {
                using IExplorable built = factory.Build(traced == 1);
                var run = new SteppedRun(built.Simulation);
                int steps = 0;
                while (!run.IsOver && steps < 100_000)
                {
                    run.Step(Enumerable.Range(0, run.Count).MinBy(i => run.DueAt(i).Picoseconds));
                    steps++;
                }

                Assert.Equal("deadlock", built.DescribeEnd().Ends);
                events[traced] = built.Trace.Count;
            }

            return Result(ExplorationVerdict.Failed, "deadlock");
        });

        Assert.Equal(ExploreStanding.AsExpected, explorer.Run().Standing);
        Assert.Equal(0, events[0]);
        Assert.True(events[1] > 5, $"{events[1]} events");
    }

    [Fact]
    public void What_cannot_be_captured_is_told_with_the_scenario_and_the_variant()
    {
        var explorer = new ScenarioExplorer(Samples.Read(Samples.Deadlock), new ScenarioExplorerOptions(), (_, _, _, _) => throw new NotCapturableException("JobRing._random is a System.Random"));

        var refusal = Assert.Throws<NotExplorableException>(() => explorer.Run());
        Assert.Equal("s.yaml: caam-4.1: cannot be explored: JobRing._random is a System.Random", refusal.Message);
    }

    [Fact]
    public void What_was_done_before_a_cancellation_was_told()
    {
        using var source = new CancellationTokenSource();
        List<string> done = [];
        var explorer = new ScenarioExplorer(Samples.Read(Samples.Deadlock), new ScenarioExplorerOptions(), (_, _, _, _) => Proved);

        Assert.Throws<OperationCanceledException>(() => explorer.Run(variant =>
        {
            done.Add(variant.Target.Variant);
            source.Cancel();
        }, null, source.Token));
        Assert.Equal(["caam-4.1"], done);
    }

    private static ExplorationResult Result(ExplorationVerdict verdict, string? found) => new() { Verdict = verdict, Found = found };

    private static ExplorationResult Note(List<ExplorationOptions> seen, ExplorationOptions options)
    {
        seen.Add(options);
        return Proved;
    }

    private static ExploredScenario Explore(string text, Func<ExplorationOptions, ExplorationResult> explore, ScenarioExplorerOptions? options = null) =>
        new ScenarioExplorer(Samples.Read(text), options ?? new ScenarioExplorerOptions(), (_, how, _, _) => explore(how)).Run();
}
