using System.Diagnostics;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Scenarios.Exploring;

/// <summary>Explores the configurations of a ring-law workload one by one, under the driver and the form of submission of each variant.</summary>
public sealed class GridExplorer
{
    private readonly Scenario _scenario;
    private readonly GridRanges _ranges;
    private readonly ExplorationOptions _options;
    private readonly Exploration _explore;
    private readonly List<Plan> _plans = [];

    /// <summary>Prepares a grid.</summary>
    /// <exception cref="ArgumentException">A variant does not exist.</exception>
    /// <exception cref="NotExplorableException">The scenario has another workload than one ring-law.</exception>
    public GridExplorer(Scenario scenario, ScenarioExplorerOptions options, GridRanges ranges)
        : this(scenario, options, ranges, ScenarioExplorer.ExploreMachine)
    {
    }

    internal GridExplorer(Scenario scenario, ScenarioExplorerOptions options, GridRanges ranges, Exploration explore)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ranges);
        (_scenario, _ranges, _explore) = (scenario, ranges, explore);
        _options = options.For(scenario.Explore) with { RandomRuns = 0, PctRuns = 0, VerdictOnly = true };
        foreach (ExploreTarget target in ExploreTarget.Of(scenario, options.Variants, options.FullSize))
        {
            AddPlans(target, LawOf(target));
        }
    }

    /// <summary>Cells of the grid.</summary>
    public int Count => _plans.Count;

    /// <summary>Explores all cells on so many threads; the cells do not depend on that number.</summary>
    /// <param name="jobs">Threads [1..].</param>
    /// <param name="done">Told the number of cells that are done, from the threads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotExplorableException">No state can be made of a model.</exception>
    public ExploredGrid Run(int jobs = 1, Action<int>? done = null, CancellationToken cancellation = default)
    {
        long started = Stopwatch.GetTimestamp();
        GridCell[] cells = new GridCell[_plans.Count];
        int finished = 0;
        SharedWork.For(cells.Length, jobs, i =>
        {
            cells[i] = Explore(_plans[i], cancellation);
            done?.Invoke(Interlocked.Increment(ref finished));
        }, cancellation);
        return new ExploredGrid(_scenario, _ranges, cells, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private GridCell Explore(Plan plan, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        MachineOptions machine = plan.Target.Resolved.Machine;
        MachineOptions changed = machine with { Workload = [machine.Workload[0] with { Options = plan.Law }] };
        ExplorationOptions options = _options with { Elapsed = () => Stopwatch.GetElapsedTime(started) };
        LawOptions law = plan.Law;
        try
        {
            return new GridCell
            {
                Variant = plan.Target.Variant,
                Contexts = law.Contexts,
                Requests = law.Requests,
                Depth = law.Usable,
                Engines = law.Engines,
                Driver = CaseRules.Value(law.WhenFull.ToString()),
                Submit = CaseRules.Value(law.Submit.ToString()),
                LawSaysHangs = FullRingLaw.Hangs(law.WhenFull, law.Submit, law.Contexts, law.Requests, law.Usable),
                Result = _explore(new ExplorableMachine.Factory(changed, plan.Target.Resolved.Header.Seed), options, null, cancellation),
            };
        }
        catch (NotCapturableException refusal)
        {
            throw new NotExplorableException($"{_scenario.Path}: {plan.Target.Variant}: cannot be explored: {refusal.Message}");
        }
    }

    private void AddPlans(ExploreTarget target, LawOptions law)
    {
        foreach (int contexts in _ranges.Contexts.Values)
        {
            foreach (int requests in _ranges.Requests.Values)
            {
                foreach (int depth in _ranges.Depth.Values)
                {
                    _plans.AddRange(_ranges.Engines.Values.Select(engines =>
                        new Plan(target, law with { Contexts = contexts, Requests = requests, Usable = depth, Engines = engines })));
                }
            }
        }
    }

    private LawOptions LawOf(ExploreTarget target) => target.Resolved.Machine.Workload is [{ Options: LawOptions law }]
        ? law
        : throw new NotExplorableException($"{_scenario.Path}: --grid needs a scenario whose only workload is of the model ring-law, such as Scenarios/Library/ring-law.yaml");

    private sealed record Plan(ExploreTarget Target, LawOptions Law);
}
