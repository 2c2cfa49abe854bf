namespace CryptoSim.Reports;

/// <summary>One claim of a scenario, tested at one point.</summary>
/// <param name="Claim">As the scenario spells it.</param>
/// <param name="Variant">The variant it is about; empty for a claim between variants.</param>
/// <param name="Point">Sweep point, e.g. <c>randwrite.iodepth=32</c>; empty without a sweep.</param>
/// <param name="Holds">Whether it held.</param>
/// <param name="Value">What was measured, for people.</param>
/// <param name="Interval">95 % interval of the value, for people; null if there is none.</param>
public sealed record ClaimResult(string Claim, string Variant, string Point, bool Holds, string Value, string? Interval);
