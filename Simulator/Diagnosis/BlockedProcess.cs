namespace CryptoSim.Simulator;

/// <summary>What is known about the wake-up of a process that waits.</summary>
public enum BlockedReason
{
    /// <summary>Nobody owes the wake-up any more.</summary>
    Nobody,

    /// <summary>Only processes owe it that wait for each other.</summary>
    Cycle,

    /// <summary>Nothing says who owes it.</summary>
    Unknown,

    /// <summary>Somebody who can still run owes it.</summary>
    Alive,
}

/// <summary>A process that waits, and why it still does.</summary>
/// <param name="Process">Its name.</param>
/// <param name="WaitsOn">What it waits on.</param>
/// <param name="Symbol">The kernel function in which it sleeps.</param>
/// <param name="Since">When the wait began.</param>
/// <param name="Source">Source line of the wait, <c>ConvertContext.cs:123</c>; null when not known.</param>
/// <param name="Reason">What is known about the wake-up.</param>
/// <param name="Owner">Who should have signalled, in one sentence.</param>
/// <param name="Chain">From the process along who holds what, by name, to where it ends.</param>
public sealed record BlockedProcess(
    string Process,
    string WaitsOn,
    string Symbol,
    VirtualTime Since,
    string? Source,
    BlockedReason Reason,
    string Owner,
    IReadOnlyList<string> Chain)
{
    /// <summary>True when the wait will never end.</summary>
    public bool IsDead => Reason is BlockedReason.Nobody or BlockedReason.Cycle;

    /// <summary>Names of the processes of the cycle, in the order in which they wait; empty when there is none.</summary>
    public IReadOnlyList<string> Cycle { get; init; } = [];
}
