using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

/// <summary>What the library claims about exploring is what exploring says, and what it finds can be shown in an ordinary run.</summary>
public class LibraryTests
{
    private static readonly string[] Explored =
    [
        "af-alg-law",
        "caam-deadlock",
        "fallback-mempool-deadlock",
        "finished-behind-unfinished",
        "fragment-shared-context",
        "kcapi-d2",
        "keyslot-evict-use-after-free",
        "keyslot-lost-wakeup",
        "keyslot-stall",
        "ring-law",
        "runtime-pm-at-evict",
        "runtime-pm-in-evict",
        "set-iv-race",
        "softqueue-overflow",
    ];

    public static TheoryData<string> Scenarios => [.. Explored];

    public static TheoryData<string, string> Failing => new()
    {
        { "caam-deadlock", "caam-4.1" },
        { "finished-behind-unfinished", "in-ring-order" },
        { "ring-law", "drop-request" },
        { "softqueue-overflow", "avail-above-steps" },
    };

    [Fact]
    public void Every_scenario_that_claims_something_about_exploring_is_explored_here() =>
        Assert.Equal(Explored, Repository.Library.Where(file => File.ReadAllText(file).Contains("explore: ", StringComparison.Ordinal)).Select(file => Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Every_claim_about_exploring_holds(string name)
    {
        ExploredScenario explored = new ScenarioExplorer(Read(name), new ScenarioExplorerOptions()).Run();

        Assert.NotEmpty(explored.Claims);
        Assert.All(explored.Claims, claim => Assert.True(claim.Holds, $"{claim.Variant}: {claim.Claim}, found {claim.Value}"));
        Assert.Equal(ExploreStanding.AsExpected, explored.Standing);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void A_failing_schedule_replays_strictly_and_its_repro_fails_alike_in_an_ordinary_run(string name, string variant)
    {
        Scenario scenario = Read(name);
        ExploredVariant found = Explore(scenario, variant);
        FailingTrace failure = found.Result.Failure!;

        Schedule stored = ScheduleFile.Parse(ScheduleFile.ToText(failure.Schedule), "stored");
        ScenarioReadResult again = ScenarioReader.Read(scenario.Path, [.. found.Target.Assignments]);
        TracedResult replayed = ScheduleReplay.Of(stored, again.Scenario!).Run(strict: true);
        Assert.Null(replayed.Diverged);
        Assert.Equal(failure.Steps.Select(s => s.Label), replayed.Steps.Select(s => s.Label));

        ScenarioReadResult repro = ScenarioReader.ReadText(found.Repro(scenario.Name)!, "repro");
        Assert.Empty(repro.Errors);
        ExperimentResult run = new Experiment(repro.Scenario!, new ExperimentOptions()).Run(null, CancellationToken.None);
        Assert.True(run.Holds, string.Join('\n', run.Claims.Where(c => !c.Holds)));
        Assert.Equal(FailureSignature.Of(failure.End), FailureSignature.Of(run.Runs[0].Record.End));
    }

    [Theory]
    [InlineData("caam-deadlock", "caam-4.1")]
    [InlineData("finished-behind-unfinished", "in-ring-order")]
    [InlineData("ring-law", "drop-request")]
    public void The_point_of_no_return_is_the_enqueue_that_was_answered_EBUSY_and_dropped(string name, string variant)
    {
        FailingTrace failure = Explore(Read(name), variant).Result.Failure!;

        TraceStep culprit = failure.Steps[failure.PointOfNoReturn!.Value - 1];
        Assert.StartsWith("caam_jr_enqueue(req#", culprit.Label, StringComparison.Ordinal);
        Assert.EndsWith("= EBUSY", culprit.Label, StringComparison.Ordinal);
        Assert.StartsWith("JobRing.cs:", culprit.Source, StringComparison.Ordinal);
        Assert.Equal("DM-C5", failure.End.Rule);
        Assert.Equal(failure.PointOfNoReturn - 1, failure.Sibling!.Common);
    }

    [Theory]
    [InlineData(1, 2, 1, 1, false, 6)]
    [InlineData(1, 8, 4, 1, false, 21)]
    [InlineData(3, 3, 2, 2, false, 13)]
    [InlineData(4, 3, 2, 2, false, 14)]
    [InlineData(2, 2, 1, 1, true, 14)]
    public void The_shortest_failing_schedule_of_the_law_has_no_more_steps_than_the_yardstick(int w, int r, int d, int e, bool waitEvery, int steps)
    {
        string variant = waitEvery ? "drop-request-worked-around" : "drop-request";
        string[] set = [$"law.contexts={w}", $"law.requests={r}", $"law.usable={d}", $"law.engines={e}"];
        ScenarioReadResult read = ScenarioReader.Read(PathOf("ring-law"), set);
        FailingTrace failure = Explore(read.Scenario!, variant).Result.Failure!;

        Assert.True(failure.IsShortest);
        Assert.InRange(failure.Steps.Count, 1, steps);
    }

    private static ExploredVariant Explore(Scenario scenario, string variant) =>
        new ScenarioExplorer(scenario, new ScenarioExplorerOptions { Variants = [variant] }).Run().Variants[0];

    private static Scenario Read(string name) => ScenarioReader.Read(PathOf(name)).Scenario!;

    private static string PathOf(string name) => Path.Combine(Repository.Root, "Scenarios", "Library", name + ".yaml");
}
