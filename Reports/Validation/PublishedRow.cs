namespace CryptoSim.Reports.Validation;

/// <summary>What a published row is to the models.</summary>
public enum RowKind
{
    /// <summary>Parameters were computed from it: it has to be met.</summary>
    Fit,

    /// <summary>Nothing was computed from it: the model predicts it.</summary>
    Predict,

    /// <summary>An inequality or an order, which is claimed as in a scenario.</summary>
    Qualitative,

    /// <summary>A closed form.</summary>
    Analytic,
}

/// <summary>One row of a file of published measurements: what was measured, where a scenario simulates it, and what is allowed.</summary>
public sealed record PublishedRow
{
    /// <summary>1-based line of the file.</summary>
    public int Line { get; init; }

    /// <summary>Its name, of which there is one in a file.</summary>
    public required string Id { get; init; }

    /// <summary>Mail, page or commit that prints it.</summary>
    public string Source { get; init; } = "";

    /// <summary>What it is to the models.</summary>
    public RowKind Kind { get; init; }

    /// <summary>The machine it was measured on.</summary>
    public string Platform { get; init; } = "";

    /// <summary>The release it was measured with.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The scenario that simulates it: a name of the library, or a file.</summary>
    public required string Scenario { get; init; }

    /// <summary>Its variant; empty for a scenario without variants, and for a claim, which names its own.</summary>
    public string Variant { get; init; } = "";

    /// <summary><c>path=value</c> assignments, as <c>--set</c> takes them.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>A metric, or two of them as <c>a / b</c>; of a qualitative row a claim.</summary>
    public required string Metric { get; init; }

    /// <summary>Unit of <see cref="Published"/>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What the metric is multiplied by to be in that unit; null where the unit says it.</summary>
    public double? Factor { get; init; }

    /// <summary>What was published; null for a prediction that nobody has measured.</summary>
    public double? Published { get; init; }

    /// <summary>Standard deviation of <see cref="Published"/> in its unit; null if the source gives none.</summary>
    public double? PublishedSd { get; init; }

    /// <summary>[percent of the published value] Error that is allowed.</summary>
    public double? TolerancePct { get; init; }

    /// <summary>S for printed in the source, C for computed from it.</summary>
    public string Provenance { get; init; } = "";
}
