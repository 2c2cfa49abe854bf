using System.CommandLine;

namespace CryptoSim.Cli.Commands;

/// <summary>The options of <c>cryptosim validate</c>.</summary>
internal sealed class ValidateOptions
{
    private readonly Argument<string?> _file = new("file")
    {
        HelpName = "FILE",
        Description = "A CSV file of published rows. Default: Scenarios/Validation/published.csv.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _out = ScenarioOptions.NewOut("Directory for validation.csv, validation.json and validation.html. Default: out/validation, with --json none.");
    private readonly Option<int?> _jobs = ScenarioOptions.NewJobs("Runs at the same time; the results do not depend on it. Default: the number of CPUs.");
    private readonly Option<bool> _json = ScenarioOptions.NewJson();
    private readonly Option<bool> _quiet = ScenarioOptions.NewQuiet();

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_file);
        foreach (Option option in (Option[])[_out, _jobs, _json, _quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was asked.</summary>
    public ValidateArguments Read(ParseResult parsed) => new()
    {
        File = parsed.GetValue(_file),
        Out = parsed.GetValue(_out),
        Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
        Words = [.. parsed.Tokens.Select(token => token.Value)],
    };
}

/// <summary>What a command line asks of a validation.</summary>
internal sealed record ValidateArguments
{
    /// <summary>The file of published rows; null for that of the repository.</summary>
    public string? File { get; init; }

    /// <summary>Directory of the files; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>The words that validate the same again.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
