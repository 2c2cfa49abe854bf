using System.Globalization;
using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>A failing way that a search found.</summary>
/// <param name="Found">The word for the failure.</param>
/// <param name="Rule">The rule that is broken; null if none is named.</param>
/// <param name="Message">One sentence; null when only the end itself says it.</param>
/// <param name="Choices">The way.</param>
internal sealed record FoundWay(string Found, string? Rule, string? Message, IReadOnlyList<string> Choices);

/// <summary>What is done when states no longer fit into memory: only their 64-bit fingerprints are kept, and the states not yet expanded. When those do not fit either, schedules by rising number of preemptions.</summary>
internal sealed class BeyondMemory(IExplorableFactory factory, SearchLimits limits, PhaseLog log)
{
    private ExplorationCounts _counts = new();

    /// <summary>A failure that was found on the way; the result does not count then.</summary>
    internal FoundWay? Failure { get; private set; }

    /// <summary>Goes on where an exact search stopped, whose states are gone afterwards.</summary>
    internal ExplorationResult GoOn(SearchPhase proof, ExplorationCounts counts)
    {
        _counts = counts;
        var search = FingerprintSearch.From(proof.Search, proof.Codec, limits);
        var end = Run("fingerprints", search, proof.Codec);
        return end switch
        {
            SearchEnd.Exhausted => Result(ExplorationVerdict.Covered, "", search),
            SearchEnd.MemoryLimit => ByPreemptions(BoundOf(search, "memory")),
            _ => Result(ExplorationVerdict.Bounded, BoundOf(search, end == SearchEnd.TimeLimit ? "time" : "state"), search),
        };
    }

    /// <summary>From the start again, with as much memory as before: the tables of the other searches are gone.</summary>
    private ExplorationResult ByPreemptions(string otherwise)
    {
        using var model = factory.Build(traced: false);
        var codec = new StateCodec(model.Simulation, limits.Options.Symmetry);
        var search = FingerprintSearch.ByPreemptions(model, codec, limits);
        var before = _counts;
        var end = Run("preemptions", search, codec);
        if (end == SearchEnd.Exhausted)
        {
            return Result(ExplorationVerdict.Covered, "", search);
        }

        if (search.Preemptions < 0)
        {
            _counts = before;
            return Result(ExplorationVerdict.Bounded, otherwise, search);
        }

        return Result(ExplorationVerdict.Bounded, Within(search), search);
    }

    private SearchEnd Run(string name, FingerprintSearch search, StateCodec codec)
    {
        var end = search.Run();
        if (search.Failure is { } failure)
        {
            var steps = new WayNames(factory, codec).Along(search.Stepper, search.Origin, search.Graph.WayTo(failure.State), search.Graph.KnownTo(failure.State));
            Failure = new FoundWay(failure.Found, failure.Rule, failure.Message, WayNames.Choices(steps));
        }

        log.Add(3, name, Outcome(search, end), Detail(search), search.Failure is not null);
        Count(search);
        return end;
    }

    private void Count(FingerprintSearch search) => _counts = _counts with
    {
        States = search.Graph.Count,
        Transitions = search.Transitions,
        Fused = search.Stepper.Fused,
        GoodEnds = search.Graph.CountEnds(static end => end == EndKind.Completed),
        BadEnds = search.Graph.CountEnds(static end => end > EndKind.Completed),
        Depth = search.Depth,
        PeakBytes = Math.Max(_counts.PeakBytes, search.PeakBytes),
        Seconds = _counts.Seconds + log.Reports[^1].Seconds,
    };

    private ExplorationResult Result(ExplorationVerdict verdict, string bound, FingerprintSearch search)
    {
        bool whole = verdict == ExplorationVerdict.Covered;
        return new ExplorationResult
        {
            Verdict = verdict,
            Bound = bound,
            OmissionProbability = whole ? Fingerprint.OmissionProbability(search.Graph.Count) : 0,
            Phases = log.Reports,
            Counts = _counts,
            EndStates = whole ? StateHash.Sorted(search.EndHashes) : [],
        };
    }

    private static string Outcome(FingerprintSearch search, SearchEnd end) =>
        search.Failure is { } failure ? failure.Found == "deadlock" ? "HUNG" : failure.Found.ToUpperInvariant()
        : end == SearchEnd.Exhausted ? "COVERED" : "no failure so far";

    private static string Detail(FingerprintSearch search) => string.Create(
        CultureInfo.InvariantCulture,
        $"{search.Graph.Count:N0} states, {search.Transitions:N0} transitions{(search.Preemptions < 0 ? "" : $", {Preemptions(search.Preemptions)}")}; livelocks not looked for");

    private static string Within(FingerprintSearch search) =>
        string.Create(CultureInfo.InvariantCulture, $"{Preemptions(search.Preemptions)}, {search.Graph.Count:N0} states");

    private static string Preemptions(int count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} preemption{(count == 1 ? "" : "s")}");

    private static string BoundOf(FingerprintSearch search, string limit) => string.Create(
        CultureInfo.InvariantCulture, $"{search.Graph.Count:N0} states, every schedule of up to {Math.Max(0, search.Depth - 1):N0} steps; the {limit} limit came first");
}
