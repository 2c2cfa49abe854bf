using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Validation;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim validate</c>: published measurements beside what scenarios simulate in their place.</summary>
internal static class ValidateCommand
{
    private const string DefaultDirectory = "out/validation";

    public static Command Create(Surroundings surroundings)
    {
        var options = new ValidateOptions();
        Command command = options.AddTo(new Command("validate", "Compare published measurements with what is simulated: fits, predictions, and what is off."));
        command.SetAction(parsed => (int)Validate(options.Read(parsed), surroundings));
        return command;
    }

    private static ExitCode Validate(ValidateArguments arguments, Surroundings surroundings)
    {
        string file = arguments.File ?? PublishedFiles.Default();
        PublishedTable table = PublishedFiles.Read(file);
        string? directory = arguments.Out ?? (arguments.Json ? null : DefaultDirectory);
        using OutputDirectory? output = directory is null ? null : OutputDirectory.Prepare(directory);
        var report = new ValidationReport
        {
            Version = ScenarioExplorer.Version,
            Command = $"{CommandName.Of(surroundings)} {ShellText.Join(arguments.Words)}",
            File = file,
            Notes = table.Notes,
            Rows = Run(table.Rows, arguments, surroundings),
        };
        IReadOnlyList<string> written = output is null ? [] : ValidationFiles.Write(report, output, surroundings.Cancellation);
        if (arguments.Json)
        {
            ValidationJson.Write(report, surroundings.Output);
        }
        else
        {
            var screen = new Screen(surroundings);
            new ValidationView(screen).Write(report);
            new FilesView(screen).Write(written);
        }

        return report.Failed == 0 ? ExitCode.Success : ExitCode.ClaimBroken;
    }

    private static IReadOnlyList<ValidatedRow> Run(IReadOnlyList<PublishedRow> rows, ValidateArguments arguments, Surroundings surroundings)
    {
        using var line = new ProgressLine(surroundings, arguments.Quiet, clock: null);
        return Validation.Of(rows, arguments.Jobs, (done, all, name) => line.Show(_ => $"validate  {done} of {all}  {name}"), surroundings.Cancellation);
    }
}
