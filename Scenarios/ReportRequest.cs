namespace CryptoSim.Scenarios;

/// <summary>One entry of <c>report:</c>.</summary>
public sealed record ReportRequest
{
    /// <summary>What to write, e.g. <c>latency-cdf</c> or <c>summary.csv</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The workload or part it is about; null for all.</summary>
    public string? Of { get; init; }

    /// <summary>The swept path on the horizontal axis; null for the first.</summary>
    public string? X { get; init; }

    /// <summary>The statistics on the vertical axis, e.g. <c>p99</c>.</summary>
    public IReadOnlyList<string> Y { get; init; } = [];

    /// <summary>The sweep point it is about, as paths and values; empty for all.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> At { get; init; } = [];
}
