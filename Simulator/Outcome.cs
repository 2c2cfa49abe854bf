namespace CryptoSim.Simulator;

/// <summary>How a run ended.</summary>
public enum End
{
    /// <summary>Every process that is not a daemon has returned, or the model said that the work is done.</summary>
    Completed,

    /// <summary>A process waits for something that nobody will do.</summary>
    Deadlock,

    /// <summary>Processes keep waking each other while the clock stands still.</summary>
    Livelock,

    /// <summary>The time or event limit came first.</summary>
    TimeLimit,

    /// <summary>A rule was broken or a process threw.</summary>
    Fault,
}

/// <summary>The result of a run.</summary>
/// <param name="End">How it ended.</param>
/// <param name="At">When.</param>
/// <param name="Rule">The rule that was broken, of a fault a model reported; the exception's type, of one that was thrown; DM-X7, of a deadlock in which a wake-up was lost.</param>
/// <param name="Message">What happened, in a sentence; null when the run completed.</param>
/// <param name="Blocked">Processes that wait at the end, those that nobody will wake first; idle daemons are left out.</param>
/// <param name="Cycle">Names of the processes that wait for each other, or that keep waking each other.</param>
public sealed record Outcome(
    End End,
    VirtualTime At,
    string? Rule,
    string? Message,
    IReadOnlyList<BlockedProcess> Blocked,
    IReadOnlyList<string> Cycle)
{
    /// <summary>The process at fault; null when no process is.</summary>
    public string? Process { get; init; }

    /// <summary>Where in it a fault happened: its nested operations by method name, innermost first; empty otherwise.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];
}
