using CryptoSim.Scenarios.Claims;

namespace CryptoSim.Scenarios;

/// <summary>What a scenario claims about one variant, or about <c>every</c> variant.</summary>
public sealed record Expectation
{
    /// <summary>The word that stands for all variants.</summary>
    public const string Every = "every";

    /// <summary>Name of the variant, or <see cref="Every"/>.</summary>
    public required string Variant { get; init; }

    /// <summary>How each run ends; null if nothing is claimed.</summary>
    public Ending? Ends { get; init; }

    /// <summary>Rule that ends each run, e.g. <c>DM-C5</c>; null if nothing is claimed.</summary>
    public string? Rule { get; init; }

    /// <summary>Processes that wait at the end, and on what.</summary>
    public IReadOnlyList<BlockedExpectation> Blocked { get; init; } = [];

    /// <summary>What workloads put out, byte for byte.</summary>
    public IReadOnlyList<OutputExpectation> Outputs { get; init; } = [];

    /// <summary>Comparisons that hold at every point of the sweep.</summary>
    public IReadOnlyList<Claim> Holds { get; init; } = [];

    /// <summary>What exploring the schedules is expected to say; not evaluated by a run.</summary>
    public ExploreVerdict? Explore { get; init; }
}

/// <summary>A process that is claimed to wait at the end of a run.</summary>
/// <param name="Process">Its name, or a prefix followed by <c>*</c>: <c>kcryptd/*</c>.</param>
/// <param name="WaitsOn">What it waits on, with or without the trailing <c> io#n</c>.</param>
public sealed record BlockedExpectation(string Process, string WaitsOn)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Process}: {WaitsOn}";
}

/// <summary>What a workload is claimed to put out.</summary>
/// <param name="Workload">Its name; with several sockets that of a socket, as <c>aio/0</c>.</param>
/// <param name="Accepted">One of these, in lower-case hexadecimal digits; empty text for nothing at all.</param>
public sealed record OutputExpectation(string Workload, IReadOnlyList<string> Accepted)
{
    /// <summary>The word in a scenario for no output.</summary>
    public const string Nothing = "none";

    /// <inheritdoc/>
    public override string ToString() => $"{Workload}: {string.Join(" or ", Accepted.Select(Word))}";

    internal static string Word(string hex) => hex.Length == 0 ? Nothing : hex;
}

/// <summary>How a run ends.</summary>
public enum Ending
{
    /// <summary>All work was done.</summary>
    Completed,

    /// <summary>A bio was ended with an error.</summary>
    IoError,

    /// <summary>Data differs from what a serial run gives.</summary>
    Corruption,

    /// <summary>A process waits for a wake-up that nobody owes, or that only the waiting owe.</summary>
    Deadlock,

    /// <summary>Events go on without virtual time passing.</summary>
    Livelock,

    /// <summary>The watchdog expired while work went on.</summary>
    TimeLimit,

    /// <summary>A rule of the kernel was broken, or the model failed.</summary>
    Fault,
}

/// <summary>What exploring the schedules can say.</summary>
public enum ExploreVerdict
{
    /// <summary>No schedule fails, and every state was visited.</summary>
    Proved,

    /// <summary>Some schedule ends with processes that wait for each other, or for what nobody will do.</summary>
    Deadlock,

    /// <summary>Some schedule ends with a process that slept through the wake-up it waits for.</summary>
    LostWakeup,

    /// <summary>Some schedule goes on for ever without progress.</summary>
    Livelock,

    /// <summary>Some schedule gives other data than a serial run.</summary>
    Corruption,

    /// <summary>Some schedule breaks a rule of the kernel.</summary>
    Fault,

    /// <summary>Some schedule ends a bio with an error.</summary>
    IoError,
}
