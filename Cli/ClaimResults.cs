using CryptoSim.Reports;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli;

/// <summary>Hands claims from Scenarios to Reports, which do not know each other.</summary>
internal static class ClaimResults
{
    public static IReadOnlyList<ClaimResult> Of(IReadOnlyList<ClaimOutcome> claims) =>
        [.. claims.Select(claim => new ClaimResult(claim.Claim, claim.Variant, claim.Point, claim.Holds, claim.Value, claim.Interval))];
}
