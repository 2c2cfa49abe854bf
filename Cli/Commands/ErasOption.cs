using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim run --eras</c>: the same scenario in every kernel era, side by side. Judges no claims and writes no files.</summary>
internal static class ErasOption
{
    /// <summary>The flag.</summary>
    public static Option<bool> New() => new("--eras")
    {
        Description = "Run it in each of the ten kernel releases and print a table; claims are not judged, nothing is written.",
    };

    /// <summary>Runs and prints.</summary>
    /// <returns>Success, or InvalidInput if a machine of some era cannot be built.</returns>
    public static ExitCode Run(ScenarioRequest request, Surroundings surroundings)
    {
        if (request.Out is { } directory)
        {
            throw new UsageException($"--out {directory}: --eras writes no files");
        }

        Scenario scenario = ScenarioFiles.Read(request.Scenario, request.Set, request.Variants);
        IReadOnlyList<EraRun> runs = EraRuns.Run(request, surroundings);
        EraTable table = EraTable.Of(scenario, request.Variants, runs);
        if (request.Json)
        {
            EraJson.Write(table, surroundings.Output);
        }
        else
        {
            new EraView(new Screen(surroundings)).Write(table);
        }

        return runs.All(run => run.Result is not null) ? ExitCode.Success : ExitCode.InvalidInput;
    }
}
