namespace CryptoSim.Cli.Tests;

/// <summary>Runs a command line inside the test.</summary>
internal static class Command
{
    /// <summary>Runs with output that is not a terminal.</summary>
    public static CommandResult Run(params string[] words) => Run(new CommandSetup(), words);

    /// <summary>Runs as <paramref name="setup"/> says.</summary>
    public static CommandResult Run(CommandSetup setup, params string[] words)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings
        {
            Output = output,
            Error = error,
            OutputIsTerminal = setup.Terminal,
            ErrorIsTerminal = setup.Terminal,
            Width = setup.Width,
            Variable = name => setup.Variables.GetValueOrDefault(name),
            Cancellation = setup.Cancellation,
        };
        ExitCode code = CommandLine.Run(words, surroundings);
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}

/// <summary>Around a command: what is a terminal, and what the environment says.</summary>
internal sealed record CommandSetup
{
    public bool Terminal { get; init; }

    public int Width { get; init; } = Surroundings.PlainWidth;

    public Dictionary<string, string> Variables { get; init; } = new() { [CommandName.Variable] = "./cryptosim" };

    public CancellationToken Cancellation { get; init; }
}

/// <summary>What a command did.</summary>
internal sealed record CommandResult(ExitCode Code, string Output, string Error)
{
    public string[] OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
