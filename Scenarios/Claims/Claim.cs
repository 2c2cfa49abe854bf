namespace CryptoSim.Scenarios.Claims;

/// <summary>A short comparison of metrics that a scenario claims to hold.</summary>
public sealed record Claim
{
    /// <summary>The claim as the scenario spells it.</summary>
    public required string Text { get; init; }

    /// <summary>The sweep coordinates at which it is claimed; empty for every point.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> At { get; init; } = [];

    /// <summary>The variants it names, each once; none outside <c>between</c>.</summary>
    public IReadOnlyList<string> Variants =>
        [.. new[] { Left.Metric?.Variant, Right.Metric?.Variant }.OfType<string>().Distinct(StringComparer.Ordinal)];

    internal Comparison Comparison { get; init; }

    internal ClaimSide Left { get; init; } = ClaimSide.Zero;

    internal ClaimSide Right { get; init; } = ClaimSide.Zero;

    /// <summary>The upper end of <c>in a..b</c>; <see cref="Right"/> is the lower.</summary>
    internal ClaimSide? High { get; init; }
}

/// <summary>How two sides are compared.</summary>
internal enum Comparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    In,
}

/// <summary>A number, a metric, or the product of both.</summary>
/// <param name="Number">The number, or the factor; 1 if there is none.</param>
/// <param name="Metric">Null for a number alone.</param>
internal sealed record ClaimSide(ClaimNumber Number, MetricName? Metric)
{
    public static ClaimSide Zero { get; } = new(default, null);
}

/// <summary>A number with the unit it is written in.</summary>
/// <param name="Value">In the unit of metrics: ns, B or B/s; as it is without a unit.</param>
/// <param name="Unit"><c>ns</c>, <c>B</c>, <c>B/s</c>, or empty.</param>
internal readonly record struct ClaimNumber(double Value, string Unit);

/// <summary>A metric of one run.</summary>
/// <param name="Variant">The variant in whose runs it is; null for the variant the claim is about.</param>
/// <param name="Name">Its name in those runs.</param>
/// <param name="Offset">Where in the claim it stands.</param>
internal sealed record MetricName(string? Variant, string Name, int Offset)
{
    public override string ToString() => Variant is null ? Name : Variant + "." + Name;
}

/// <summary>Why a text is not a claim.</summary>
/// <param name="Offset">0-based, into the text.</param>
/// <param name="Message">One sentence.</param>
internal sealed record ClaimProblem(int Offset, string Message);
