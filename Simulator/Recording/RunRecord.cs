namespace CryptoSim.Simulator.Recording;

/// <summary>Everything that one run left behind: what was run, how it ended, what was measured and what happened. Reports read only this.</summary>
/// <remarks>Written as one file by <c>RunRecordFile</c>. Holds no wall clock: the same scenario, seed and version give the same bytes.</remarks>
public sealed record RunRecord
{
    /// <summary>Version of CryptoSim that wrote the record.</summary>
    public required string Version { get; init; }

    /// <summary>What was run, enough to run it again.</summary>
    public required RunIdentity Identity { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Measured values by the names that <c>expect</c> uses, in ordinal order of the names.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>What workloads have put out, e.g. ciphertext.</summary>
    public IReadOnlyList<RunOutput> Outputs { get; init; } = [];

    /// <summary>One latency series for each workload.</summary>
    public IReadOnlyList<LatencySeries> Latencies { get; init; } = [];

    /// <summary>Values that change in steps over virtual time, e.g. the jobs in a ring.</summary>
    public IReadOnlyList<StepSeries> Steps { get; init; } = [];

    /// <summary>The first requests of workloads that tell their phases, e.g. <c>af-alg</c>.</summary>
    public IReadOnlyList<RequestSeries> Requests { get; init; } = [];

    /// <summary>The first trace events of the run, in order; all of them if <see cref="TraceOmitted"/> is 0.</summary>
    public IReadOnlyList<TraceEvent> Trace { get; init; } = [];

    /// <summary>Trace events that were emitted after the recorded ones and not kept.</summary>
    public long TraceOmitted { get; init; }

    /// <summary>The last trace events before the end when the head does not reach them, in order.</summary>
    public IReadOnlyList<TraceEvent> TraceTail { get; init; } = [];

    /// <summary>Order hash of the simulator after every <see cref="CheckpointInterval"/> events: where a replay without kept trace events diverged.</summary>
    public IReadOnlyList<ulong> Checkpoints { get; init; } = [];

    /// <summary>Simulator events between two entries of <see cref="Checkpoints"/>.</summary>
    public int CheckpointInterval { get; init; } = 4096;
}

/// <summary>What was run: enough to run it again.</summary>
public sealed record RunIdentity
{
    /// <summary>Name of the scenario, e.g. <c>caam-deadlock</c>.</summary>
    public required string Scenario { get; init; }

    /// <summary>One sentence that says what the scenario shows.</summary>
    public string About { get; init; } = "";

    /// <summary>The scenario file as the user named it; empty if there was none.</summary>
    public string Path { get; init; } = "";

    /// <summary>SHA-256 of the resolved scenario, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The scenario with every default filled in, as YAML that can be run.</summary>
    public required string Resolved { get; init; }

    /// <summary>Name of the variant; empty if the scenario has none.</summary>
    public required string Variant { get; init; }

    /// <summary>Sweep coordinates, e.g. <c>randwrite.iodepth</c> = <c>32</c>; empty if there is no sweep.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Point { get; init; } = [];

    /// <summary>0-based number of the replication.</summary>
    public int Replication { get; init; }

    /// <summary>Seed of the scenario; streams derive from it, the replication and their name.</summary>
    public required ulong Seed { get; init; }

    /// <summary><c>--set</c> assignments of the command line, in order.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];
}

/// <summary>How a run ended.</summary>
public sealed record RunEnd
{
    /// <summary><c>completed | io-error | corruption | deadlock | livelock | time-limit | fault</c></summary>
    public required string Ends { get; init; }

    /// <summary>Id of the rule that ended the run, e.g. <c>DM-C5</c>; null if none did.</summary>
    public string? Rule { get; init; }

    /// <summary>One sentence for people; null if there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>[ps] Virtual time at the end.</summary>
    public required long AtPicoseconds { get; init; }

    /// <summary>Simulator events dispatched.</summary>
    public required long Events { get; init; }

    /// <summary>Order hash of every event of the run.</summary>
    public required ulong Fingerprint { get; init; }

    /// <summary>Who was still waiting, and for what.</summary>
    public IReadOnlyList<BlockedRecord> Blocked { get; init; } = [];
}

/// <summary>A process that was still waiting when the run ended.</summary>
/// <param name="Process">Its name, e.g. <c>kcryptd/0</c>.</param>
/// <param name="WaitsOn">What it waits on, e.g. <c>ctx->restart</c>.</param>
/// <param name="Function">Where it sleeps, e.g. <c>crypt_convert</c>.</param>
/// <param name="SincePicoseconds">[ps] When the wait began.</param>
/// <param name="Source">Source line of the wait in the model, <c>ConvertContext.cs:123</c>; null if unknown.</param>
/// <param name="Reason"><c>nobody | cycle | unknown | alive</c></param>
/// <param name="Owner">One sentence: who should have signalled and why nobody does.</param>
/// <param name="Chain">The wait chain, waiter first.</param>
public sealed record BlockedRecord(
    string Process, string WaitsOn, string Function, long SincePicoseconds, string? Source, string Reason, string Owner, IReadOnlyList<string> Chain);

/// <summary>One measured value.</summary>
/// <param name="Name">Dotted path, e.g. <c>randwrite.latency.p99</c>.</param>
/// <param name="Value">In the unit of <paramref name="Unit"/>.</param>
/// <param name="Unit"><c>ns</c>, <c>/s</c>, <c>B/s</c>, <c>B</c>, or empty for counts and ratios.</param>
public sealed record Metric(string Name, decimal Value, string Unit);
