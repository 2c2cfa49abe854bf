using System.Diagnostics;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Explores one machine: the shape of <see cref="Explorer.Run"/>.</summary>
internal delegate ExplorationResult Exploration(
    IExplorableFactory factory, ExplorationOptions options, IProgress<ExplorationProgress>? progress, CancellationToken cancellation);

/// <summary>Explores the schedules of the variants of a scenario, one after the other, and evaluates what it claims about them.</summary>
public sealed class ScenarioExplorer
{
    private readonly Scenario _scenario;
    private readonly ScenarioExplorerOptions _options;
    private readonly Exploration _explore;

    /// <summary>Prepares an exploration.</summary>
    /// <exception cref="ArgumentException">A variant does not exist.</exception>
    /// <exception cref="NotExplorableException">The clock ends or paces a workload.</exception>
    public ScenarioExplorer(Scenario scenario, ScenarioExplorerOptions options)
        : this(scenario, options, ExploreMachine)
    {
    }

    internal ScenarioExplorer(Scenario scenario, ScenarioExplorerOptions options, Exploration explore)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        (_scenario, _options, _explore) = (scenario, options, explore);
        Targets = ExploreTarget.Of(scenario, options.Variants, options.FullSize);
        Demand();
    }

    /// <summary>Version of CryptoSim.</summary>
    public static string Version => ExperimentTexts.ThisVersion;

    /// <summary>What is explored, in order.</summary>
    public IReadOnlyList<ExploreTarget> Targets { get; }

    /// <summary>Explores all variants on the calling thread.</summary>
    /// <param name="done">Told each variant when it is done; what was told stands when the rest is cancelled.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotExplorableException">No state can be made of a model.</exception>
    public ExploredScenario Run(Action<ExploredVariant>? done = null, IProgress<ExploreProgress>? progress = null, CancellationToken cancellation = default)
    {
        List<ExploredVariant> variants = [];
        foreach (ExploreTarget target in Targets)
        {
            cancellation.ThrowIfCancellationRequested();
            var meter = progress is null ? null : new Meter(progress, target.Variant, variants.Count, Targets.Count);
            variants.Add(Explore(target, meter, cancellation));
            done?.Invoke(variants[^1]);
        }

        return new ExploredScenario(_scenario, variants);
    }

    /// <summary>Builds the machine of a target.</summary>
    internal static IExplorableFactory FactoryOf(ExploreTarget target)
    {
        return new ExplorableMachine.Factory(target.Resolved.Machine, target.Resolved.Header.Seed);
    }

    /// <summary>The real exploration of one machine.</summary>
    internal static ExplorationResult ExploreMachine(
        IExplorableFactory factory, ExplorationOptions options, IProgress<ExplorationProgress>? progress, CancellationToken cancellation) =>
        new Explorer(factory, options).Run(progress, cancellation);

    private ExploredVariant Explore(ExploreTarget target, IProgress<ExplorationProgress>? meter, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        ExplorationOptions options = _options.For(_scenario.Explore) with
        {
            Elapsed = () => Stopwatch.GetElapsedTime(started),
            Saved = _options.Saved(target),
        };
        try
        {
            ExplorationResult result = Named(_explore(FactoryOf(target), options, meter, cancellation), target);
            (ClaimOutcome? claim, ExploreStanding standing) = ExploreClaims.Evaluate(_scenario, target.Variant, result);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new ExploredVariant { Target = target, Options = options, Result = result, Claim = claim, Standing = standing, WallSeconds = seconds };
        }
        catch (NotCapturableException refusal)
        {
            throw new NotExplorableException(Where(target) + "cannot be explored: " + refusal.Message);
        }
    }

    /// <summary>The failing schedule says of which scenario, variant and size it is.</summary>
    private ExplorationResult Named(ExplorationResult result, ExploreTarget target) => result.Failure is not { } failure ? result : result with
    {
        Failure = failure with
        {
            Schedule = failure.Schedule with { Scenario = _scenario.Path, Sha256 = target.Sha256(), Variant = target.Variant, Set = target.Assignments },
        },
    };

    private void Demand()
    {
        ExplorationOptions options = _options.For(_scenario.Explore);
        foreach (ExploreTarget target in Targets)
        {
            if (Explorability.ProblemOf(target.Resolved.Machine, options.Mode) is { } problem)
            {
                throw new NotExplorableException(Where(target) + problem);
            }
        }
    }

    private string Where(ExploreTarget target) => target.Variant.Length > 0 ? $"{_scenario.Path}: {target.Variant}: " : $"{_scenario.Path}: ";

    private sealed class Meter(IProgress<ExploreProgress> progress, string variant, int done, int total) : IProgress<ExplorationProgress>
    {
        public void Report(ExplorationProgress value) => progress.Report(new ExploreProgress(variant, done, total, value));
    }
}
