using System.Globalization;
using CryptoSim.Simulator.Exploration.Phases;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Explores the schedules of a model in phases: saved and default schedules, random runs, breadth-first search over states, and what is left when memory ends.</summary>
/// <remarks>
/// <code>
///   0 saved, default, timed ──► 1 random, PCT ──► 2 breadth-first ──► PROVED
///          │ fails                   │ fails             │ fails     └─► memory ends ──► 3 fingerprints: COVERED, or BOUNDED
///          └─────────────────────────┴───────────────────┴─► 2 shortest way, its graph ──► 4 the trace, its cause, its instants
/// </code>
/// Modes with a clock have no states to search: their orders are enumerated by runs.
/// </remarks>
public sealed class Explorer
{
    private const long GraphLimit = 400_000;    // states of the search for the shortest failing way
    private const int StepsOnceRound = 200;     // of a livelock that are shown after the way to it
    private const int EnumeratedRuns = 20_000;  // most runs in a mode with a clock

    private readonly IExplorableFactory _factory;
    private readonly ExplorationOptions _options;
    private readonly PhaseLog _log;

    /// <summary>Prepares an exploration.</summary>
    /// <param name="factory">Builds the model.</param>
    /// <param name="options">How.</param>
    public Explorer(IExplorableFactory factory, ExplorationOptions options)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(options);
        (_factory, _options, _log) = (factory, options, new PhaseLog(options.Elapsed));
    }

    /// <summary>Explores.</summary>
    /// <param name="progress">Told now and then.</param>
    /// <param name="cancellation">Ends it with nothing.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="NotCapturableException">The model holds something that no state can be made of; the message names type and field.</exception>
    public ExplorationResult Run(IProgress<ExplorationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var limits = new SearchLimits(_options, progress, cancellation);
        using var runs = new RunSources(_factory);
        var phases = new RunPhases(runs, limits, _log);
        phases.Run();
        return _options.Mode == ExplorationMode.Untimed ? Search(phases, runs, limits) : Enumerate(phases, runs);
    }

    // ── any order ───────────────────────────────────────────────────────

    private ExplorationResult Search(RunPhases phases, RunSources runs, SearchLimits limits)
    {
        FoundWay? found = null;
        if (phases.Failure is null || _options.All)
        {
            using var proof = new SearchPhase(_factory, limits, _options.Fusion);
            var began = _options.Elapsed();
            proof.Run(stopAtFailure: !_options.All, long.MaxValue);
            double seconds = (_options.Elapsed() - began).TotalSeconds;
            LogSearch("breadth-first", proof);
            found = proof.FoundWay(toldInSteps: !_options.VerdictOnly);
            if (found is null && phases.Failure is null && Passed(proof, phases, limits, seconds, out found) is { } passed)
            {
                return passed;
            }

            if (_options.VerdictOnly)
            {
                return Told(found?.Found ?? phases.Failure!.Found, found?.Rule, proof.Counts(phases.Schedules, seconds));
            }
        }

        return _options.VerdictOnly ? Told(phases.Failure!.Found, phases.Failure.End.Rule, new ExplorationCounts { Schedules = phases.Schedules }) : Failed(phases, runs, limits, found);
    }

    private ExplorationResult Told(string found, string? rule, ExplorationCounts counts) =>
        new() { Verdict = ExplorationVerdict.Failed, Found = found, Rule = rule, Phases = _log.Reports, Counts = counts };

    /// <summary>What is said when the exact search met no failure; null when the search beyond memory then meets one.</summary>
    private ExplorationResult? Passed(SearchPhase proof, RunPhases phases, SearchLimits limits, double seconds, out FoundWay? found)
    {
        var counts = proof.Counts(phases.Schedules, seconds);
        if (proof.End == SearchEnd.MemoryLimit)
        {
            var beyond = new BeyondMemory(_factory, limits, _log);
            var result = beyond.GoOn(proof, counts);
            found = beyond.Failure;
            return found is null ? result : null;
        }

        found = null;
        bool whole = proof.End == SearchEnd.Exhausted;
        return new ExplorationResult
        {
            Verdict = whole ? ExplorationVerdict.Proved : ExplorationVerdict.Bounded,
            Bound = whole ? "" : BoundOf(proof),
            Phases = _log.Reports,
            Counts = counts,
            EndStates = proof.EndStates(),
        };
    }

    private static string BoundOf(SearchPhase search) => string.Create(
        CultureInfo.InvariantCulture,
        $"{search.Search.States.Count:N0} states, every schedule of up to {Math.Max(0, search.Search.Depth - 1):N0} steps; the {(search.End == SearchEnd.TimeLimit ? "time" : "state")} limit came first");

    // ── a failure ───────────────────────────────────────────────────────

    private ExplorationResult Failed(RunPhases phases, RunSources runs, SearchLimits limits, FoundWay? found)
    {
        using var graph = new SearchPhase(_factory, limits, fuse: false);
        var began = _options.Elapsed();
        graph.Run(stopAtFailure: false, GraphLimit);
        double seconds = (_options.Elapsed() - began).TotalSeconds;
        var trace = graph.Failure is { } failure ? Shortest(graph, failure, phases, runs, limits) : Shrunk(phases, found, runs, limits);
        LogShortest(trace);
        return new ExplorationResult
        {
            Verdict = ExplorationVerdict.Failed,
            Found = graph.Failure is { Found: not "fault" } known ? known.Found : FailureSignature.FoundIn(trace.End) ?? graph.Failure?.Found ?? found?.Found,   // the model has its own words for faults
            Rule = trace.End.Rule ?? graph.Failure?.Rule ?? found?.Rule,
            Message = MessageOf(trace.End, graph.Failure?.Found ?? found?.Found, graph.Failure?.Message ?? found?.Message),
            Phases = _log.Reports,
            Counts = graph.Counts(phases.Schedules, seconds),
            EndStates = graph.EndStates(),
            Failure = trace,
        };
    }

    /// <summary>A livelock has no end of its own: what the run says is only that it was stopped.</summary>
    private static string? MessageOf(Recording.RunEnd end, string? found, string? message) =>
        FailureSignature.FoundIn(end) is null || found == "livelock" ? message ?? end.Message : end.Message ?? message;

    private FailingTrace Shortest(SearchPhase graph, SearchFailure failure, RunPhases phases, RunSources runs, SearchLimits limits)
    {
        var steps = graph.StepsTo(failure);
        var teller = new FailureTeller(_factory, failure.Found == "livelock" ? _options with { StepLimit = steps.Count + StepsOnceRound } : _options);
        var trace = teller.Tell(WayNames.Choices(steps), ExplorationMode.Untimed, isShortest: true);
        if (Calmer(trace, phases, runs) is { } choices)
        {
            steps = graph.StepsOf(choices);
            trace = teller.Tell(choices, ExplorationMode.Untimed, isShortest: true);
        }

        int? point = failure.Round.Count > 0 ? null : graph.PointOfNoReturn(steps) ?? (failure.Found == "livelock" ? null : Probe(WayNames.Choices(steps), limits));
        var sibling = point is { } at ? graph.Sibling(steps, at) : null;
        return trace with
        {
            Doomed = graph.Doomed,
            DoomedOf = graph.Doomed is null ? null : graph.Search.States.Count,
            PointOfNoReturn = point is > 0 ? point : null,
            Sibling = sibling is null ? null : teller.Sibling(WayNames.Choices(sibling), point!.Value - 1),
        };
    }

    /// <summary>The choices of a run that fails alike in as many steps with fewer preemptions, made from what the first phases found; null when there is none.</summary>
    private List<string>? Calmer(FailingTrace trace, RunPhases phases, RunSources runs)
    {
        if (phases.Failure is not { Schedule.Mode: ExplorationMode.Untimed } failure || failure.Signature != FailureSignature.Of(trace.End))
        {
            return null;
        }

        var shrunk = new Shrinker(runs.Many(failure.Schedule.Mode), _options.StepLimit).Shrink(failure.Schedule, failure.Signature);
        if (shrunk is null || shrunk.Steps > trace.Steps.Count || shrunk.Preemptions >= trace.Preemptions)
        {
            return null;
        }

        using var model = _factory.Build(traced: false);
        return [.. new TracedRun(_options.StepLimit).Follow(model, shrunk.Schedule with { Choices = shrunk.Schedule.Choices }).Steps.Where(step => step.Enabled.Count > 0).Select(step => step.Process)];
    }

    /// <summary>The search without fusion did not come to the failure: the run or the way that did is made smaller.</summary>
    private FailingTrace Shrunk(RunPhases phases, FoundWay? found, RunSources runs, SearchLimits limits)
    {
        if ((phases.Failure ?? Rerun(found!, runs)) is not { } failure)
        {
            int steps = found!.Choices.Count + StepsOnceRound;   // it has no end
            return new FailureTeller(_factory, _options with { StepLimit = steps }).Tell(found.Choices, ExplorationMode.Untimed, isShortest: false);
        }

        var shrunk = new Shrinker(runs.Many(failure.Schedule.Mode), _options.StepLimit).Shrink(failure.Schedule, failure.Signature);
        _log.Add(4, "shrinking", shrunk is null ? "as found" : "done", shrunk is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{shrunk.StepsBefore:N0} -> {shrunk.Steps:N0} steps, {shrunk.Schedule.Choices.Count:N0} choices, {shrunk.Replays:N0} runs"), failed: false);
        var choices = (shrunk?.Schedule ?? failure.Schedule).Choices;
        var mode = failure.Schedule.Mode;
        var trace = new FailureTeller(_factory, _options).Tell(choices, mode, isShortest: false);
        int? point = mode == ExplorationMode.Untimed ? Probe(trace.Schedule.Choices, limits) : null;
        return trace with { PointOfNoReturn = point is > 0 ? point : null };
    }

    /// <summary>The way that a search found, as a run; null when it has no end or a run does not judge that end.</summary>
    private HuntFailure? Rerun(FoundWay found, RunSources runs) => found.Found == "livelock"
        ? null
        : new RunHunter(runs.Many(ExplorationMode.Untimed), ExplorationMode.Untimed, _options.Jitter, _options.StepLimit).Hunt(new FollowedChoices(found.Choices, strict: false), 1).Failure;

    private int? Probe(IReadOnlyList<string> choices, SearchLimits limits)
    {
        using var probe = new CompletionProbe(_factory, limits);
        return probe.PointOfNoReturn(choices);
    }

    // ── modes with a clock ──────────────────────────────────────────────

    private ExplorationResult Enumerate(RunPhases phases, RunSources runs)
    {
        var result = phases.Failure is null || _options.All ? phases.Enumerate(EnumeratedRuns) : null;
        if (phases.Failure is { } failure)
        {
            var shrunk = new Shrinker(runs.Many(failure.Schedule.Mode), _options.StepLimit).Shrink(failure.Schedule, failure.Signature);
            var trace = new FailureTeller(_factory, _options).Tell((shrunk?.Schedule ?? failure.Schedule).Choices, failure.Schedule.Mode, isShortest: false);
            return new ExplorationResult
            {
                Verdict = ExplorationVerdict.Failed,
                Found = failure.Found,
                Rule = trace.End.Rule,
                Message = trace.End.Message,
                Phases = _log.Reports,
                Counts = new ExplorationCounts { Schedules = phases.Schedules },
                Failure = trace,
            };
        }

        bool proved = result?.Verdict == ExplorationVerdict.Proved;
        return new ExplorationResult
        {
            Verdict = proved ? ExplorationVerdict.Proved : ExplorationVerdict.Sampled,
            Bound = proved ? "" : string.Create(CultureInfo.InvariantCulture, $"{phases.Schedules:N0} runs"),
            Phases = _log.Reports,
            Counts = new ExplorationCounts { Schedules = phases.Schedules },
        };
    }

    // ── what was done ───────────────────────────────────────────────────

    private void LogSearch(string name, SearchPhase search)
    {
        string outcome = search.Failure is { } failure ? failure.Found == "deadlock" ? "HUNG" : failure.Found.ToUpperInvariant()
            : search.End == SearchEnd.Exhausted ? "PROVED" : "no failure so far";
        string detail = string.Create(CultureInfo.InvariantCulture, $"{search.Search.States.Count:N0} states, {search.Search.Transitions:N0} transitions, depth {search.Search.Depth:N0}");
        _log.Add(2, name, outcome, detail, search.Failure is not null);
    }

    private void LogShortest(FailingTrace trace) => _log.Add(
        2,
        trace.IsShortest ? "shortest" : "smallest found",
        string.Create(CultureInfo.InvariantCulture, $"{trace.Steps.Count:N0} steps"),
        string.Create(CultureInfo.InvariantCulture, $"{trace.Preemptions:N0} preemption{(trace.Preemptions == 1 ? "" : "s")}"),
        failed: true);
}
