namespace CryptoSim.Scenarios.Reading;

/// <summary>Words of the <c>explore:</c> block that are not keys of its record.</summary>
internal static class ExploreKeys
{
    public const string Block = "explore";

    /// <summary>Dotted paths with values, as in a variant.</summary>
    public const string Set = "set";

    /// <summary>What <c>set</c> is, for the schema and the format page.</summary>
    public const string AboutSet =
        "The size at which exploring ends: dotted paths with values, written as in a variant and applied after it, at the first point of the sweep.";
}
