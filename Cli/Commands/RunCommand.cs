using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim run</c>: runs every variant of a scenario, keeps a record of each run, and says which claims hold.</summary>
internal static class RunCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var options = new ScenarioOptions();
        Command command = options.AddTo(new Command("run", "Run a scenario: how each variant ends, who waits for whom, which claims hold."), json: true);
        Option<bool> eras = ErasOption.New();
        command.Add(eras);
        command.SetAction(parsed => (int)(parsed.GetValue(eras) ? ErasOption.Run(options.Read(parsed), surroundings) : Run(options.Read(parsed), surroundings)));
        return command;
    }

    private static ExitCode Run(ScenarioRequest request, Surroundings surroundings)
    {
        Scenario scenario = ScenarioFiles.Read(request.Scenario, request.Set, request.Variants);
        using OutputDirectory output = OutputDirectory.Prepare(request.Out ?? Path.Combine("out", scenario.Name));
        (ExperimentResult result, double wallSeconds) = request.Run(scenario, surroundings);
        IReadOnlyList<string> records = RecordFiles.Write(result, output, surroundings.Cancellation);
        output.Keep();

        if (request.Json)
        {
            RunJson.Write(result, wallSeconds, request.Seed ?? scenario.Seed, surroundings.Output);
        }
        else
        {
            new RunView(new Screen(surroundings), CommandName.Of(surroundings)).Write(result, records, output.DisplayPath, wallSeconds);
        }

        return result.Holds ? ExitCode.Success : ExitCode.ClaimBroken;
    }
}
