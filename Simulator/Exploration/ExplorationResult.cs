using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>What an exploration can say; the words are never mixed.</summary>
public enum ExplorationVerdict
{
    /// <summary>Every state was visited and none fails: exhaustive, with every state kept.</summary>
    Proved,

    /// <summary>Every state was visited as far as 64-bit fingerprints can tell; <see cref="ExplorationResult.OmissionProbability"/> bounds what they miss.</summary>
    Covered,

    /// <summary>A limit came first; no failure within it.</summary>
    Bounded,

    /// <summary>Some runs, none of which failed.</summary>
    Sampled,

    /// <summary>A schedule fails.</summary>
    Failed,
}

/// <summary>What an exploration found.</summary>
public sealed record ExplorationResult
{
    /// <summary>The verdict.</summary>
    public required ExplorationVerdict Verdict { get; init; }

    /// <summary>What bounds a verdict that is not final, for people: <c>2 preemptions, 1,200,000 states</c>; empty for the others.</summary>
    public string Bound { get; init; } = "";

    /// <summary>Probability that a state was missed, of a <see cref="ExplorationVerdict.Covered"/>.</summary>
    public double OmissionProbability { get; init; }

    /// <summary><c>deadlock | livelock | lost-wakeup | corruption | fault | io-error</c>; null when nothing fails.</summary>
    public string? Found { get; init; }

    /// <summary>The rule that the failure breaks; null if none is named.</summary>
    public string? Rule { get; init; }

    /// <summary>The failure in one sentence; null when nothing fails.</summary>
    public string? Message { get; init; }

    /// <summary>What each phase did, in order.</summary>
    public IReadOnlyList<PhaseReport> Phases { get; init; } = [];

    /// <summary>Sizes and counts of the search.</summary>
    public ExplorationCounts Counts { get; init; } = new();

    /// <summary>Distinct final states, in hexadecimal digits of their hash, sorted: equal for equal searches. Empty if the search did not reach its end.</summary>
    public IReadOnlyList<string> EndStates { get; init; } = [];

    /// <summary>The failing schedule and what it shows; null when nothing fails.</summary>
    public FailingTrace? Failure { get; init; }
}

/// <summary>One phase: what it did and how it came out.</summary>
/// <param name="Number">0 saved and default schedules, 1 random, 2 breadth-first, 3 beyond memory, 4 shrinking.</param>
/// <param name="Name">E.g. <c>default schedule</c>.</param>
/// <param name="Outcome">E.g. <c>HUNG</c>, <c>passed</c>, <c>PROVED</c>.</param>
/// <param name="Detail">E.g. <c>1 schedule, 21 steps</c>.</param>
/// <param name="Failed">True when it found a failure.</param>
public sealed record PhaseReport(int Number, string Name, string Outcome, string Detail, bool Failed)
{
    /// <summary>[s] Wall time of the phase; 0 when the caller gave no clock.</summary>
    public double Seconds { get; init; }
}

/// <summary>Sizes and counts of an exploration.</summary>
public sealed record ExplorationCounts
{
    /// <summary>Complete runs of phases 0 and 1.</summary>
    public long Schedules { get; init; }

    /// <summary>States visited.</summary>
    public long States { get; init; }

    /// <summary>Transitions taken, fused steps not counted.</summary>
    public long Transitions { get; init; }

    /// <summary>Steps that were fused with the one before.</summary>
    public long Fused { get; init; }

    /// <summary>Final states in which all work is done.</summary>
    public long GoodEnds { get; init; }

    /// <summary>Final states in which somebody waits or a rule is broken.</summary>
    public long BadEnds { get; init; }

    /// <summary>States from which no continuation finishes, final ones included; null when the graph was not kept.</summary>
    public long? Doomed { get; init; }

    /// <summary>Steps of the longest shortest way to a state.</summary>
    public int Depth { get; init; }

    /// <summary>[B] Stored states, their index and their edges at the peak.</summary>
    public long PeakBytes { get; init; }

    /// <summary>[B] Bytes of the largest state.</summary>
    public int LargestState { get; init; }

    /// <summary>[s] Wall time of the search; 0 when the caller gave no clock.</summary>
    public double Seconds { get; init; }
}

/// <summary>How far an exploration is.</summary>
/// <param name="Phase">What it does, e.g. <c>breadth-first</c>.</param>
/// <param name="States">States so far; runs in the random phases.</param>
/// <param name="Frontier">States not yet expanded.</param>
/// <param name="Transitions">Transitions so far.</param>
/// <param name="Bytes">[B] Memory for states.</param>
/// <param name="Seconds">[s] Wall time so far.</param>
public sealed record ExplorationProgress(string Phase, long States, long Frontier, long Transitions, long Bytes, double Seconds);

/// <summary>A failing schedule, run again step by step so that people can read it.</summary>
public sealed record FailingTrace
{
    /// <summary>The schedule: replays it bit for bit.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>What happened, step by step, each the code of one process between two waits.</summary>
    public required IReadOnlyList<TraceStep> Steps { get; init; }

    /// <summary>1-based number of the step after which no continuation finishes; null when that could not be told.</summary>
    public int? PointOfNoReturn { get; init; }

    /// <summary>How it ends: who waits, for what, and why nobody comes.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Preemptions: choices of another process although the last one could have gone on.</summary>
    public int Preemptions { get; init; }

    /// <summary>True when shrinking or breadth-first search say that no shorter one fails alike.</summary>
    public bool IsShortest { get; init; }

    /// <summary>States from which no continuation finishes; null when the graph was not kept.</summary>
    public long? Doomed { get; init; }

    /// <summary>All states of the graph that <see cref="Doomed"/> counts in.</summary>
    public long? DoomedOf { get; init; }

    /// <summary>The closest passing schedule: the same up to the step before the point of no return, then one that finishes; null when none was looked for.</summary>
    public PassingSibling? Sibling { get; init; }

    /// <summary>Virtual instants of the steps that make this order the order in time; see <see cref="Realisation"/>.</summary>
    public Realisation? Realisation { get; init; }
}

/// <summary>One step of a trace: the code of one process between two waits.</summary>
/// <param name="Number">1-based.</param>
/// <param name="Process">Who ran.</param>
/// <param name="Context"><c>process</c>, <c>softirq</c>, <c>hardirq</c> or <c>hw</c>, at the end of the step.</param>
/// <param name="Label">The happening that tells most, in the kernel's words: <c>caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY</c>.</param>
/// <param name="Source">Source line of that happening in the model, <c>JobRing.cs:97</c>; empty if not known.</param>
/// <param name="Events">All trace events of the step.</param>
/// <param name="Enabled">Names of the processes that could have run instead.</param>
public sealed record TraceStep(
    int Number, string Process, string Context, string Label, string Source, IReadOnlyList<TraceEvent> Events, IReadOnlyList<string> Enabled);

/// <summary>A schedule that is the same as a failing one up to one step and then passes.</summary>
/// <param name="Common">Steps that both share.</param>
/// <param name="Steps">What it does from there to its end.</param>
public sealed record PassingSibling(int Common, IReadOnlyList<TraceStep> Steps);
