using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Pages;

/// <summary>What a page is made from.</summary>
/// <param name="Records">Runs of one scenario, at least one.</param>
/// <param name="Claims">The verdicts of the scenario's claims; may be empty.</param>
/// <param name="Command">The command that makes these runs again, as a user would type it.</param>
public sealed record ReportInput(IReadOnlyList<RunRecord> Records, IReadOnlyList<ClaimResult> Claims, string Command);
