using CryptoSim.Scenarios.Reading.Options;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Claims;

/// <summary>Evaluates what a scenario says about the ends of runs. A claim holds if every replication ends so.</summary>
internal static class EndClaims
{
    public static ClaimOutcome Ends(Ending ending, Replications runs, string point)
    {
        string word = CaseRules.Value(ending.ToString());
        return Outcome($"ends: {word}", runs, point, r => r.End.Ends == word, r => r.End.Ends);
    }

    public static ClaimOutcome Rule(string rule, Replications runs, string point) =>
        Outcome($"rule: {rule}", runs, point, r => r.End.Rule == rule, r => r.End.Rule ?? $"no rule; {r.End.Ends}");

    public static ClaimOutcome Blocked(BlockedExpectation expected, Replications runs, string point) =>
        Outcome($"blocked: {expected}", runs, point, r => r.End.Blocked.Any(b => Matches(expected, b)), r => Waiting(expected, r.End));

    /// <summary>Byte for byte.</summary>
    public static ClaimOutcome Output(OutputExpectation expected, Replications runs, string point) =>
        Outcome($"outputs: {expected}", runs, point, r => expected.Accepted.Contains(OutputOf(expected, r)), r => OutputExpectation.Word(OutputOf(expected, r)));

    private static string OutputOf(OutputExpectation expected, RunRecord record) =>
        record.Outputs.FirstOrDefault(output => output.Name == expected.Workload)?.Hex ?? "";

    /// <summary>The process by its name or a prefix before <c>*</c>; the thing by its name with or without the trailing <c> io#n</c>.</summary>
    public static bool Matches(BlockedExpectation expected, BlockedRecord blocked)
    {
        if (!MatchesProcess(expected.Process, blocked.Process))
        {
            return false;
        }

        string thing = blocked.WaitsOn;
        int instance = thing.LastIndexOf(" io#", StringComparison.Ordinal);
        return thing == expected.WaitsOn || (instance > 0 && thing[..instance] == expected.WaitsOn);
    }

    private static bool MatchesProcess(string pattern, string process) => pattern.EndsWith('*')
        ? process.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : process == pattern;

    private static string Waiting(BlockedExpectation expected, RunEnd end)
    {
        if (end.Blocked.Count == 0)
        {
            return $"nobody waits; {end.Ends}";
        }

        BlockedRecord shown = end.Blocked.FirstOrDefault(b => Matches(expected, b))
            ?? end.Blocked.FirstOrDefault(b => MatchesProcess(expected.Process, b.Process))
            ?? end.Blocked[0];
        return $"{shown.Process} waits on {shown.WaitsOn}";
    }

    private static ClaimOutcome Outcome(string claim, Replications runs, string point, Func<RunRecord, bool> holds, Func<RunRecord, string> value)
    {
        RunRecord? broken = runs.Records.FirstOrDefault(r => !holds(r));
        int failures = runs.Records.Count(r => !holds(r));
        string found = value(broken ?? runs.Records[0]);
        if (failures > 0 && runs.Records.Count > 1)
        {
            found += $" in {failures} of {runs.Records.Count} replications";
        }

        return new ClaimOutcome(claim, runs.Variant, point, failures == 0, found, null);
    }
}
