using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>What <c>run --eras</c> shows: each variant at each point of the sweep, in each era.</summary>
internal sealed record EraTable(Scenario Scenario, IReadOnlyList<EraRows> Variants)
{
    /// <summary>Sorts the runs of all eras by variant and point.</summary>
    public static EraTable Of(Scenario scenario, IReadOnlyList<string> chosen, IReadOnlyList<EraRun> runs)
    {
        List<EraRows> variants = [];
        string[] names = chosen.Count > 0 ? [.. chosen] : scenario.Variants.Count > 0 ? [.. scenario.Variants.Select(one => one.Name)] : [""];
        foreach (string name in names)
        {
            IReadOnlyList<string> set = Eras.SetInAll(scenario, scenario.FindVariant(name));
            foreach (SweepPoint point in scenario.Sweep.Points())
            {
                variants.Add(new EraRows(name, point.ToString(), set, [.. runs.Select(run => Row(run, name, point.ToString()))]));
            }
        }

        return new EraTable(scenario, variants);
    }

    private static EraRow Row(EraRun run, string variant, string point)
    {
        RunRecord[] records = [.. (run.Result?.Runs ?? []).Select(one => one.Record).Where(one => one.Identity.Variant == variant && RunJson.Point(one.Identity) == point)];
        return new EraRow(run.Era, records.FirstOrDefault(), run.Problems, records.All(one => one.End.Ends == Verdict.Completed) ? [.. Workloads(records)] : []);
    }

    private static IEnumerable<EraWorkload> Workloads(RunRecord[] records)
    {
        foreach (string name in records.SelectMany(one => one.Latencies).Select(series => series.Name).Distinct())
        {
            yield return new EraWorkload(name, Mean(records, name + ".latency.mean"), Mean(records, name + ".iops"));
        }
    }

    private static decimal? Mean(RunRecord[] records, string metric)
    {
        decimal[] values = [.. records.SelectMany(one => one.Metrics).Where(one => one.Name == metric).Select(one => one.Value)];
        return values.Length == 0 ? null : values.Average();
    }
}

/// <summary>A variant at a sweep point in all eras.</summary>
/// <param name="Variant">Empty in a scenario without variants.</param>
/// <param name="Point">Empty without a sweep.</param>
/// <param name="SetInAll">What the scenario sets although its default follows the era.</param>
/// <param name="Rows">Oldest era first.</param>
internal sealed record EraRows(string Variant, string Point, IReadOnlyList<string> SetInAll, IReadOnlyList<EraRow> Rows);

/// <summary>One era.</summary>
/// <param name="Era">The word of <c>kernel:</c>.</param>
/// <param name="First">The first replication; null if the machine cannot be built.</param>
/// <param name="Problems">Why not.</param>
/// <param name="Workloads">Empty unless every replication completed.</param>
internal sealed record EraRow(string Era, RunRecord? First, IReadOnlyList<string> Problems, IReadOnlyList<EraWorkload> Workloads);

/// <summary>Means of a workload over the replications.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Latency">[ns] Null if it measures none.</param>
/// <param name="Iops">[1/s] Null if it measures none.</param>
internal sealed record EraWorkload(string Name, decimal? Latency, decimal? Iops);
