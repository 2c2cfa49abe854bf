namespace CryptoSim.Scenarios.Measuring;

/// <summary>What is asked of a scenario from outside: a figure of one of its variants, or whether a claim holds.</summary>
/// <param name="Variant">The variant; empty for a scenario without variants, and for a claim, which names its own.</param>
/// <param name="Text">A metric, or two of them as <c>a / b</c>, of which the second may begin with another variant's name; or a claim as in <c>between</c>.</param>
/// <param name="IsClaim">It is a claim.</param>
public sealed record Question(string Variant, string Text, bool IsClaim);

/// <summary>The answer: a figure, a verdict, or why there is none.</summary>
public sealed record Answer
{
    /// <summary>Mean over the replications; null for a claim.</summary>
    public double? Value { get; init; }

    /// <summary>Unit of the value as metrics have it: <c>ns</c>, <c>B</c>, <c>B/s</c>, <c>/s</c>, or empty.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether the claim holds at every point of the sweep; null for a figure.</summary>
    public bool? Holds { get; init; }

    /// <summary>What the claim found, for people.</summary>
    public string Found { get; init; } = "";

    /// <summary>Why there is neither; null if there is.</summary>
    public string? Problem { get; init; }
}
