using System.Globalization;
using CryptoSim.Models;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Running;

/// <summary>Compares what two runs left behind, in the order in which a difference says most.</summary>
internal static class ResultComparison
{
    /// <summary>The first difference; null if there is none.</summary>
    public static Divergence? First(RunRecord record, MachineResult result) =>
        Checkpoints(record, result) ?? Ends(record.End, result.End) ?? Metrics(record.Metrics, result.Metrics) ?? Outputs(record.Outputs, result.Outputs);

    /// <summary>An end in words.</summary>
    public static string Describe(RunEnd end) => string.Create(
        CultureInfo.InvariantCulture,
        $"{end.Ends}{Suffix(end.Rule)} at {new Duration(end.AtPicoseconds).ToExactString()} after {end.Events} events, {end.Blocked.Count} waiting{Suffix(end.Message)}");

    private static string Suffix(string? text) => text is null ? "" : ": " + text;

    private static Divergence? Checkpoints(RunRecord record, MachineResult result)
    {
        int common = Math.Min(record.Checkpoints.Count, result.Checkpoints.Count);
        for (int i = 0; i < common; i++)
        {
            if (record.Checkpoints[i] != result.Checkpoints[i])
            {
                return new Divergence("checkpoint after event", (i + 1L) * record.CheckpointInterval, Hex(record.Checkpoints[i]), Hex(result.Checkpoints[i]));
            }
        }

        return null;
    }

    private static Divergence? Ends(RunEnd recorded, RunEnd got)
    {
        (string before, string now) = (Describe(recorded), Describe(got));
        if (before != now)
        {
            return new Divergence("end", 0, before, now);
        }

        for (int i = 0; i < recorded.Blocked.Count; i++)
        {
            (string waits, string waitsNow) = (Describe(recorded.Blocked[i]), Describe(got.Blocked[i]));
            if (waits != waitsNow)
            {
                return new Divergence("end", 0, waits, waitsNow);
            }
        }

        return recorded.Fingerprint == got.Fingerprint ? null : new Divergence("fingerprint", 0, Hex(recorded.Fingerprint), Hex(got.Fingerprint));
    }

    private static string Describe(BlockedRecord blocked) =>
        $"{blocked.Process} waits on {blocked.WaitsOn} since {new Duration(blocked.SincePicoseconds).ToExactString()} in {blocked.Function}: {blocked.Owner}";

    private static Divergence? Metrics(IReadOnlyList<Metric> recorded, IReadOnlyList<Metric> got)
    {
        for (int i = 0; i < Math.Max(recorded.Count, got.Count); i++)
        {
            string before = i < recorded.Count ? Describe(recorded[i]) : "";
            string now = i < got.Count ? Describe(got[i]) : "";
            if (before != now)
            {
                return new Divergence("metric", 0, before, now);
            }
        }

        return null;
    }

    private static Divergence? Outputs(IReadOnlyList<RunOutput> recorded, IReadOnlyList<RunOutput> got)
    {
        foreach (RunOutput before in recorded)
        {
            RunOutput? now = got.FirstOrDefault(output => output.Name == before.Name);
            if (before != now)
            {
                return new Divergence("output", 0, $"{before.Name} = {before.Hex} {before.Depths}", now is null ? "" : $"{now.Name} = {now.Hex} {now.Depths}");
            }
        }

        return null;
    }

    private static string Describe(Metric metric) => string.Create(CultureInfo.InvariantCulture, $"{metric.Name} = {metric.Value:0.############################}{metric.Unit}");

    private static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);
}
