using CryptoSim.Cli.Commands;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli;

/// <summary>Runs a scenario once in each kernel era.</summary>
internal static class EraRuns
{
    private const string KernelKey = "kernel";

    /// <summary>One entry for each era, oldest first.</summary>
    /// <exception cref="UsageException">The command line sets the kernel itself.</exception>
    public static IReadOnlyList<EraRun> Run(ScenarioRequest request, Surroundings surroundings)
    {
        if (request.Set.FirstOrDefault(one => one.Split('=')[0].Trim() == KernelKey) is { } set)
        {
            throw new UsageException($"--set {set}: --eras sets the kernel itself");
        }

        List<EraRun> runs = [];
        foreach (string era in Eras.Words)
        {
            runs.Add(RunOne(request with { Set = [.. request.Set, $"{KernelKey}={era}"] }, era, surroundings));
        }

        return runs;
    }

    private static EraRun RunOne(ScenarioRequest request, string era, Surroundings surroundings)
    {
        try
        {
            Scenario scenario = ScenarioFiles.Read(request.Scenario, request.Set, request.Variants);
            return new EraRun(era, request.Run(scenario, surroundings).Result, []);
        }
        catch (InputException refusal)
        {
            return new EraRun(era, null, refusal.Message.Split(Environment.NewLine));
        }
    }
}

/// <summary>A scenario in one era.</summary>
/// <param name="Era">The word of <c>kernel:</c>.</param>
/// <param name="Result">Its runs; null if a machine of it cannot be built in this era.</param>
/// <param name="Problems">Why not.</param>
internal sealed record EraRun(string Era, ExperimentResult? Result, IReadOnlyList<string> Problems);
