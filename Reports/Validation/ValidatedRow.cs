namespace CryptoSim.Reports.Validation;

/// <summary>A published row and what was simulated in its place.</summary>
public sealed record ValidatedRow
{
    /// <summary>The row.</summary>
    public required PublishedRow Row { get; init; }

    /// <summary>In the unit of the row; null if there is nothing to compare, as with a claim.</summary>
    public double? Simulated { get; private init; }

    /// <summary>Whether the claim of a qualitative row holds; null for any other.</summary>
    public bool? Holds { get; private init; }

    /// <summary>What a claim found, for people.</summary>
    public string Found { get; private init; } = "";

    /// <summary>Why nothing could be compared; null if it could.</summary>
    public string? Problem { get; private init; }

    /// <summary>[percent of the published value] Simulated less published; null where one is missing.</summary>
    public double? ErrorPct => Row.Published is { } published && Simulated is { } simulated ? ((simulated / published) - 1) * 100 : null;

    /// <summary>Whether the row is met; null for a prediction that nobody has measured.</summary>
    public bool? Pass => Problem is not null ? false
        : Row.Kind == RowKind.Qualitative ? Holds
        : ErrorPct is { } error ? Math.Abs(error) <= Row.TolerancePct
        : null;

    /// <summary>A row whose metric was measured.</summary>
    /// <param name="row">The row.</param>
    /// <param name="value">The metric.</param>
    /// <param name="unit">Its unit.</param>
    public static ValidatedRow Measured(PublishedRow row, double value, string unit)
    {
        double simulated = RowUnit.Convert(value, unit, row, out string? problem);
        return problem is null ? new ValidatedRow { Row = row, Simulated = simulated } : Failed(row, problem);
    }

    /// <summary>A qualitative row whose claim was evaluated.</summary>
    public static ValidatedRow Claimed(PublishedRow row, bool holds, string found) => new() { Row = row, Holds = holds, Found = found };

    /// <summary>A row that could not be compared.</summary>
    public static ValidatedRow Failed(PublishedRow row, string problem) => new() { Row = row, Problem = problem };
}
