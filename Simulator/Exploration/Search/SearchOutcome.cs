namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>Why a search ended.</summary>
internal enum SearchEnd
{
    /// <summary>Every state was expanded.</summary>
    Exhausted,

    /// <summary>A failure was found and that was enough.</summary>
    Failure,

    /// <summary>A way to do all work was found and that was asked.</summary>
    Completion,

    /// <summary>As many states as were allowed.</summary>
    StateLimit,

    /// <summary>As much memory as was allowed.</summary>
    MemoryLimit,

    /// <summary>Wall time was up.</summary>
    TimeLimit,

    /// <summary>Somebody was interrupted for the first time: the search must begin anew, with states that tell who is delayed.</summary>
    Interrupted,
}

/// <summary>A failing end that a search met.</summary>
/// <param name="State">The state; the way to it is the trace.</param>
/// <param name="End">What kind of end.</param>
/// <param name="Found">The word for it: <c>deadlock</c>, <c>fault</c> ...</param>
/// <param name="Rule">The rule that is broken; null if none is named.</param>
/// <param name="Message">One sentence; null when only the end itself says it.</param>
internal sealed record SearchFailure(int State, EndKind End, string Found, string? Rule, string? Message)
{
    /// <summary>Of a livelock under a fair schedule: places of the processes that step on one round, from the state on.</summary>
    internal IReadOnlyList<int> Round { get; init; } = [];
}
