using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios;

/// <summary>The <c>explore:</c> block: what may be reordered and what is looked for. Read and checked; a run does not use it.</summary>
public sealed record ExploreRequest
{
    /// <summary>What may happen in another order.</summary>
    [DefaultFrom("everything that is open")]
    public IReadOnlyList<Choose> Choose { get; init; } = [];

    /// <summary>How the next schedule is picked.</summary>
    [DefaultFrom("only the full search proves anything")]
    public Strategy Strategy { get; init; } = Strategy.Exhaustive;

    /// <summary>Most schedules that are run.</summary>
    [Range(1, int.MaxValue)]
    [DefaultFrom("no limit")]
    public int? Schedules { get; init; }

    /// <summary>What counts as a failure.</summary>
    [DefaultFrom("deadlock")]
    public IReadOnlyList<LookFor> LookFor { get; init; } = [];

    /// <summary>Wait of a request that counts as starvation.</summary>
    [DefaultFrom("starvation is not looked for")]
    public Duration? StarvationAfter { get; init; }
}

/// <summary>What may happen in another order.</summary>
public enum Choose
{
    /// <summary>The order in which devices finish.</summary>
    CompletionOrder,

    /// <summary>The order in which woken processes run.</summary>
    WakeupOrder,

    /// <summary>The order of events at the same instant.</summary>
    EventOrder,
}

/// <summary>How the next schedule is picked.</summary>
public enum Strategy
{
    /// <summary>Every choice by chance.</summary>
    Random,

    /// <summary>Probabilistic concurrency testing: priorities with few change points.</summary>
    Pct,

    /// <summary>Schedules with few departures from the default order.</summary>
    DelayBounding,

    /// <summary>All states.</summary>
    Exhaustive,
}

/// <summary>What counts as a failure.</summary>
public enum LookFor
{
    /// <summary>A process that waits for ever.</summary>
    Deadlock,

    /// <summary>Events without progress.</summary>
    Livelock,

    /// <summary>A request that waits longer than starvation_after.</summary>
    Starvation,

    /// <summary>Data that differs from a serial run.</summary>
    Corruption,

    /// <summary>A broken rule.</summary>
    Fault,
}
