using System.Globalization;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>Writes the records of an experiment, one file for each run.</summary>
internal static class RecordFiles
{
    /// <summary>Writes all records and returns where they will be, in the order of the runs.</summary>
    public static IReadOnlyList<string> Write(ExperimentResult result, OutputDirectory output, CancellationToken cancellation) =>
        [.. output.Fill(directory => Write(result, directory, cancellation)).Select(output.Final)];

    private static List<string> Write(ExperimentResult result, string directory, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var paths = new List<string>(result.Runs.Count);
        foreach (CompletedRun run in result.Runs)
        {
            string name = Unique(RecordNames.Of(result.Scenario, run.Record.Identity), taken);
            RunRecordFile.Write(run.Record, Path.Combine(directory, name), cancellation);
            paths.Add(name);
        }

        return paths;
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int i = 2; !taken.Add(unique); i++)
        {
            string stem = name[..^RecordNames.Extension.Length];
            unique = stem + "." + i.ToString(CultureInfo.InvariantCulture) + RecordNames.Extension;
        }

        return unique;
    }
}
