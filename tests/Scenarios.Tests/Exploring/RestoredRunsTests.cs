using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Tests.Exploring;

/// <summary>Runs from a restored start against runs from a model built anew.</summary>
public sealed class RestoredRunsTests
{
    private const int Runs = 150;

    private static readonly string[] Small = ["writer.size=4KiB"];

    public static TheoryData<string, string> Machines => new()
    {
        { "caam-deadlock", "caam-4.1" },
        { "caam-deadlock", "caam-fixed" },
        { "ring-law", "backlog" },
        { "ring-law", "drop-request" },
        { "ring-law", "drop-request-worked-around" },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void Restored_runs_go_step_for_step_as_built_ones(string scenario, string variant)
    {
        var factory = Factory(scenario, variant);
        using BuiltRuns built = new(factory);
        using RestoredRuns restored = new(factory);
        Func<IChooserStrategy>[] strategies = [() => new RandomWalk(1), () => new PriorityChanges(2, 1), () => new PriorityChanges(3, 2), () => new NoPreemption()];
        foreach (Func<IChooserStrategy> strategy in strategies)
        {
            HuntResult expected = new RunHunter(built).Hunt(strategy(), Runs, all: true);
            HuntResult actual = new RunHunter(restored).Hunt(strategy(), Runs, all: true);
            Assert.Equal((expected.Runs, expected.Steps, expected.Failures, expected.Unending), (actual.Runs, actual.Steps, actual.Failures, actual.Unending));
            Assert.Equal(expected.Failure?.Run, actual.Failure?.Run);
            Assert.Equal(expected.Failure?.Schedule.Choices, actual.Failure?.Schedule.Choices);
            Assert.Equal(expected.Failure?.Signature, actual.Failure?.Signature);
            Assert.Equal(expected.Failure?.Steps, actual.Failure?.Steps);
        }
    }

    /// <summary>A run that is told costs a model, one that is not costs about a tenth of that.</summary>
    [Fact]
    public void A_failing_schedule_of_60_steps_shrinks_with_few_models_built()
    {
        CountingFactory counting = new(Law("drop-request-worked-around", "law.contexts=3", "law.requests=6", "law.usable=2"));
        using RestoredRuns runs = new(counting);
        HuntFailure failure = LongFailure(runs);
        int before = counting.Built;
        ShrinkResult shrunk = new Shrinker(runs).Shrink(failure.Schedule, failure.Signature)!;
        string counts = $"{shrunk.StepsBefore} -> {shrunk.Steps} steps, {shrunk.Schedule.Choices.Count} choices, {shrunk.Replays} runs, {counting.Built - before} built";
        Assert.True(shrunk.StepsBefore >= 60 && shrunk.Steps < shrunk.StepsBefore, counts);
        Assert.InRange(counting.Built - before, 1, Math.Min(40, shrunk.Replays));
    }

    private static HuntFailure LongFailure(RestoredRuns runs)
    {
        for (ulong seed = 1; ; seed++)
        {
            if (new RunHunter(runs).Hunt(new RandomWalk(seed), 10_000).Failure is { Steps.Count: >= 60 } failure)
            {
                return failure;
            }
        }
    }

    [Fact]
    public void A_restored_run_does_not_say_how_it_ended()
    {
        using RestoredRuns runs = new(Law("drop-request"));
        runs.Fresh();
        Assert.Throws<InvalidOperationException>(() => runs.DescribeEnd());
    }

    private static IExplorableFactory Factory(string scenario, string variant) =>
        scenario == "ring-law" ? Law(variant, "law.contexts=3", "law.requests=3", "law.usable=2", "law.engines=2") : Library.Factory(scenario, variant, Small);

    private static IExplorableFactory Law(string variant, params string[] set) => Library.Factory("ring-law", variant, set);

    private sealed class CountingFactory(IExplorableFactory inner) : IExplorableFactory
    {
        public int Built { get; private set; }

        public IExplorable Build(bool traced)
        {
            Built++;
            return inner.Build(traced);
        }
    }

    private static class Library
    {
        public static IExplorableFactory Factory(string name, string variant, string[] set)
        {
            Scenario scenario = ScenarioReader.Read(Path.Combine(Repository.Root, "Scenarios", "Library", name + ".yaml"), set).Scenario!;
            return ScenarioExplorer.FactoryOf(ExploreTarget.Of(scenario, [variant], fullSize: true)[0]);
        }
    }
}
