using System.Globalization;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>The phases that make whole runs: what failed before, the default and the timed schedule, then runs by chance. Quick to find what is not hidden deep; they prove nothing.</summary>
internal sealed class RunPhases
{
    private const int LookEvery = 16;   // runs between two looks at the limits

    private readonly ExplorationOptions _options;
    private readonly SearchLimits _limits;
    private readonly PhaseLog _log;
    private readonly RunSources _runs;

    internal RunPhases(RunSources runs, SearchLimits limits, PhaseLog log) => (_runs, _limits, _options, _log) = (runs, limits, limits.Options, log);

    /// <summary>Complete runs so far.</summary>
    internal int Schedules { get; private set; }

    /// <summary>The first run that failed; null while none has.</summary>
    internal HuntFailure? Failure { get; private set; }

    private bool MayGoOn => Failure is null || _options.All;

    /// <summary>Runs them all, or until one fails.</summary>
    internal void Run()
    {
        if (_options.Saved is { } saved && saved.Mode == _options.Mode)
        {
            Hunt(0, "saved schedule", saved.Mode, new FollowedChoices(saved.Choices, strict: false), 1);
        }

        Hunt(0, "default schedule", _options.Mode, new NoPreemption(), 1);
        Hunt(0, "timed schedule", ExplorationMode.Timed, new OrdinaryOrder(), 1);
        Hunt(1, "random", _options.Mode, new RandomWalk(_options.Seed), _options.RandomRuns);
        Hunt(1, "PCT, d = 2", _options.Mode, new PriorityChanges(2, _options.Seed), _options.PctRuns);
        Hunt(1, "PCT, d = 3", _options.Mode, new PriorityChanges(3, _options.Seed), _options.PctRuns);
    }

    /// <summary>Every schedule of a mode with a clock, depth first, up to a number of runs.</summary>
    internal HuntResult Enumerate(int runs)
    {
        string name = _options.Mode == ExplorationMode.Jitter
            ? string.Create(CultureInfo.InvariantCulture, $"all orders with delays within {_options.Jitter * 100:0.##} %")
            : "all orders of what is due at one instant";
        return Hunt(2, name, _options.Mode, new DepthFirst(), runs)!;
    }

    private HuntResult? Hunt(int phase, string name, ExplorationMode mode, IChooserStrategy strategy, int runs)
    {
        if (!MayGoOn || runs == 0)
        {
            return null;
        }

        var hunter = new RunHunter(runs > 1 ? _runs.Many(mode) : _runs.Built, mode, _options.Jitter, _options.StepLimit);
        var result = hunter.Hunt(strategy, runs, goOn: done => done % LookEvery != 0 || !_limits.IsTimeUp(name, Schedules + done, 0, 0, 0));
        Schedules += result.Runs;
        Failure ??= result.Failure;
        _log.Add(phase, name, Outcome(result), Detail(result), result.Failure is not null);
        return result;
    }

    private static string Outcome(HuntResult result) =>
        result.Failure is { } failure ? failure.Found == "deadlock" ? "HUNG" : failure.Found.ToUpperInvariant()
        : result.IsExhaustive ? "PROVED" : "passed";

    private static string Detail(HuntResult result)
    {
        string runs = result.Runs == 1 ? "1 schedule" : string.Create(CultureInfo.InvariantCulture, $"{result.Runs:N0} schedules");
        string steps = result.Failure is { } failure
            ? string.Create(CultureInfo.InvariantCulture, $"{failure.Steps.Count:N0} steps")
            : string.Create(CultureInfo.InvariantCulture, $"{result.Steps:N0} steps");
        return result.Unending > 0 ? string.Create(CultureInfo.InvariantCulture, $"{runs}, {steps}, {result.Unending:N0} without end") : $"{runs}, {steps}";
    }
}
