using System.CommandLine;
using CryptoSim.Scenarios;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim schema</c>: the JSON schema of scenarios, for completion in editors.</summary>
internal static class SchemaCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var command = new Command("schema", "Print the JSON schema of scenarios.");
        command.SetAction(_ =>
        {
            surroundings.Output.WriteLine(ScenarioSchema.Text.TrimEnd());
            return (int)ExitCode.Success;
        });
        return command;
    }
}
