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
        if (phases.Failure is null || _options.All)
        {
            using var proof = new SearchPhase(_factory, limits, _options.Fusion);
            var began = _options.Elapsed();
            proof.Run(stopAtFailure: !_options.All, long.MaxValue);
            double seconds = (_options.Elapsed() - began).TotalSeconds;
            LogSearch("breadth-first", proof);
            if (proof.Failure is null && phases.Failure is null)
            {
                return Passed(proof, phases, limits, seconds);
            }

            if (_options.VerdictOnly)
            {
                return Told(proof.Failure?.Found ?? phases.Failure!.Found, proof.Failure?.Rule, proof.Counts(phases.Schedules, seconds));
            }
        }

        return _options.VerdictOnly ? Told(phases.Failure!.Found, phases.Failure.End.Rule, new ExplorationCounts { Schedules = phases.Schedules }) : Failed(phases, runs, limits);
    }

    private ExplorationResult Told(string found, string? rule, ExplorationCounts counts) =>
        new() { Verdict = ExplorationVerdict.Failed, Found = found, Rule = rule, Phases = _log.Reports, Counts = counts };

    private ExplorationResult Passed(SearchPhase proof, RunPhases phases, SearchLimits limits, double seconds)
    {
        var counts = proof.Counts(phases.Schedules, seconds);
        if (proof.End == SearchEnd.MemoryLimit)
        {
            return new BeyondMemory(_factory, limits, _log).GoOn(proof, counts);
        }

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

    private ExplorationResult Failed(RunPhases phases, RunSources runs, SearchLimits limits)
    {
        using var graph = new SearchPhase(_factory, limits, fuse: false);
        var began = _options.Elapsed();
        graph.Run(stopAtFailure: false, GraphLimit);
        double seconds = (_options.Elapsed() - began).TotalSeconds;
        var trace = graph.Failure is { } failure ? Shortest(graph, failure, phases, runs, limits) : Shrunk(phases, runs, limits);
        LogShortest(trace);
        return new ExplorationResult
        {
            Verdict = ExplorationVerdict.Failed,
            Found = graph.Failure is { Found: not "fault" } known ? known.Found : FailureSignature.FoundIn(trace.End) ?? graph.Failure?.Found,   // the model has its own words for faults
            Rule = trace.End.Rule ?? graph.Failure?.Rule,
            Message = trace.End.Message ?? graph.Failure?.Message,
            Phases = _log.Reports,
            Counts = graph.Counts(phases.Schedules, seconds),
            EndStates = graph.EndStates(),
            Failure = trace,
        };
    }

    private FailingTrace Shortest(SearchPhase graph, SearchFailure failure, RunPhases phases, RunSources runs, SearchLimits limits)
    {
        var steps = graph.StepsTo(failure.State);
        var teller = new FailureTeller(_factory, failure.Found == "livelock" ? _options with { StepLimit = steps.Count + 200 } : _options);
        var trace = teller.Tell(WayNames.Choices(steps), ExplorationMode.Untimed, isShortest: true);
        if (Calmer(trace, phases, runs) is { } choices)
        {
            steps = graph.StepsOf(choices);
            trace = teller.Tell(choices, ExplorationMode.Untimed, isShortest: true);
        }

        int? point = graph.PointOfNoReturn(steps) ?? Probe(WayNames.Choices(steps), limits);
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

    /// <summary>The search did not come to the failure: the run that did is made smaller.</summary>
    private FailingTrace Shrunk(RunPhases phases, RunSources runs, SearchLimits limits)
    {
        var failure = phases.Failure ?? throw new InvalidOperationException("a failure that fusion found was not found without it within the limit; use --no-fuse");
        var shrunk = new Shrinker(runs.Many(failure.Schedule.Mode), _options.StepLimit).Shrink(failure.Schedule, failure.Signature);
        _log.Add(4, "shrinking", shrunk is null ? "as found" : "done", shrunk is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{shrunk.StepsBefore:N0} -> {shrunk.Steps:N0} steps, {shrunk.Schedule.Choices.Count:N0} choices, {shrunk.Replays:N0} runs"), failed: false);
        var choices = (shrunk?.Schedule ?? failure.Schedule).Choices;
        var mode = failure.Schedule.Mode;
        var trace = new FailureTeller(_factory, _options).Tell(choices, mode, isShortest: false);
        int? point = mode == ExplorationMode.Untimed ? Probe(trace.Schedule.Choices, limits) : null;
        return trace with { PointOfNoReturn = point is > 0 ? point : null };
    }

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
