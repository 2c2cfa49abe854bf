using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

public class GridTests
{
    private const string Law = """
        scenario: law
        workload:
          law: { model: ring-law }
        variants:
          backlog: { law.when_full: backlog }
          drop: { law.when_full: drop-request }
          drop-worked-around: { law.when_full: drop-request, law.submit: wait-every-request }
          reject: { law.when_full: reject }
        """;

    [Theory]
    [InlineData(WhenFull.Backlog, Submit.WaitOnBusy, 4, 4, 1, false)]
    [InlineData(WhenFull.Backlog, Submit.WaitEveryRequest, 4, 4, 1, false)]
    [InlineData(WhenFull.DropRequest, Submit.WaitOnBusy, 1, 2, 1, true)]
    [InlineData(WhenFull.DropRequest, Submit.WaitOnBusy, 1, 2, 2, false)]
    [InlineData(WhenFull.DropRequest, Submit.WaitOnBusy, 2, 2, 4, false)]
    [InlineData(WhenFull.DropRequest, Submit.WaitOnBusy, 2, 2, 3, true)]
    [InlineData(WhenFull.DropRequest, Submit.WaitEveryRequest, 1, 4, 1, false)]
    [InlineData(WhenFull.DropRequest, Submit.WaitEveryRequest, 2, 1, 1, true)]
    [InlineData(WhenFull.DropRequest, Submit.WaitEveryRequest, 2, 4, 2, false)]
    [InlineData(WhenFull.Reject, Submit.WaitOnBusy, 4, 4, 1, null)]
    public void The_law_says_when_a_full_ring_hangs(WhenFull driver, Submit submit, int contexts, int requests, int depth, bool? hangs) =>
        Assert.Equal(hangs, FullRingLaw.Hangs(driver, submit, contexts, requests, depth));

    [Fact]
    public void A_grid_has_192_configurations_of_each_variant_in_order()
    {
        ExploredGrid grid = Explore(_ => new ExplorationResult { Verdict = ExplorationVerdict.Proved });

        Assert.Equal(4 * 192, grid.Cells.Count);
        Assert.Equal(
            [("backlog", 1, 1, 1, 1), ("backlog", 1, 1, 1, 2), ("backlog", 1, 1, 1, 3), ("backlog", 1, 1, 2, 1)],
            grid.Cells.Take(4).Select(c => (c.Variant, c.Contexts, c.Requests, c.Depth, c.Engines)));
        Assert.Equal(["backlog", "drop-request", "drop-request", "reject"], grid.Cells.Chunk(192).Select(c => c[0].Driver));
        Assert.Equal(["wait-on-busy", "wait-on-busy", "wait-every-request", "wait-on-busy"], grid.Cells.Chunk(192).Select(c => c[0].Submit));
    }

    [Fact]
    public void Each_cell_is_built_as_it_says_and_explored_without_random_runs()
    {
        List<ExplorationOptions> options = [];
        ExploredGrid grid = Explore(factory =>
        {
            using IExplorable built = factory.Factory.Build(traced: true);
            options.Add(factory.Options);
            new TracedRun().Follow(built, new Schedule());
            int submitted = built.Trace.Select(e => e.Subject).Where(s => s.StartsWith("req#", StringComparison.Ordinal)).Distinct().Count();
            return new ExplorationResult { Verdict = ExplorationVerdict.Proved, Counts = new ExplorationCounts { States = submitted } };
        }, ranges: ["contexts=2..3 requests=1 depth=1", "engines=1"], variants: ["drop"]);

        // Each conversion submits its one request, whatever the answer.
        Assert.Equal([2L, 3L], grid.Cells.Select(c => c.Result.Counts.States));
        Assert.All(options, o => Assert.Equal((0, 0), (o.RandomRuns, o.PctRuns)));
    }

    [Fact]
    public void A_cell_that_says_something_else_than_the_law_breaks_the_grid()
    {
        ExploredGrid proved = Explore(_ => new ExplorationResult { Verdict = ExplorationVerdict.Proved }, ["contexts=1 requests=2 depth=1..2 engines=1"], ["drop"]);
        ExploredGrid lawful = Explore(_ => new ExplorationResult { Verdict = ExplorationVerdict.Failed, Found = "deadlock" }, ["contexts=1 requests=2 depth=1 engines=1"], ["drop"]);
        ExploredGrid open = Explore(_ => new ExplorationResult { Verdict = ExplorationVerdict.Bounded }, ["contexts=1 requests=2 depth=1 engines=1"], ["drop"]);
        ExploredGrid other = Explore(_ => new ExplorationResult { Verdict = ExplorationVerdict.Failed, Found = "corruption" }, ["contexts=1 requests=2 depth=1 engines=1"], ["drop"]);

        Assert.Equal([false, true], proved.Cells.Select(c => c.Agrees!.Value));
        Assert.Equal(
            [ExploreStanding.Broken, ExploreStanding.AsExpected, ExploreStanding.Unanswered, ExploreStanding.Broken],
            new[] { proved, lawful, open, other }.Select(g => g.Standing));
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        static ExplorationResult Count((IExplorableFactory Factory, ExplorationOptions Options) how)
        {
            using IExplorable built = how.Factory.Build(traced: false);
            return new ExplorationResult { Verdict = ExplorationVerdict.Proved, Counts = new ExplorationCounts { States = new SteppedRun(built.Simulation).Count } };
        }

        ExploredGrid one = Explore(Count);
        ExploredGrid three = Explore(Count, jobs: 3);

        Assert.Equal(one.Cells.Select(c => c.Result.Counts.States), three.Cells.Select(c => c.Result.Counts.States));
    }

    [Theory]
    [InlineData("contexts=1..3,engines=2", 3, 1)]
    [InlineData("engines=1..1", 4, 1)]
    public void Ranges_that_are_not_named_keep_their_default(string text, int contexts, int engines)
    {
        Assert.True(GridRanges.TryParse([text], out GridRanges ranges, out string? problem), problem);
        Assert.Equal((contexts, engines, 4, 4), (ranges.Contexts.Count, ranges.Engines.Count, ranges.Requests.Count, ranges.Depth.Count));
    }

    private static ExploredGrid Explore(
        Func<(IExplorableFactory Factory, ExplorationOptions Options), ExplorationResult> explore, string[]? ranges = null, string[]? variants = null, int jobs = 1)
    {
        Assert.True(GridRanges.TryParse(ranges ?? [], out GridRanges parsed, out string? problem), problem);
        var options = new ScenarioExplorerOptions { Variants = variants ?? [] };
        return new GridExplorer(Samples.Read(Law), options, parsed, (factory, how, _, _) => explore((factory, how))).Run(jobs);
    }
}
