using System.CommandLine;
using CryptoSim.Cli.Commands;
using CryptoSim.Scenarios.Drivers;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>The whole command, from words to exit code. No exception leaves it.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    public static ExitCode Run(IReadOnlyList<string> words, Surroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(surroundings);
        ExitCode code;
        try
        {
            code = Invoke(words, surroundings);
            surroundings.Output.Flush();
        }
        catch (Exception exception)
        {
            code = Explain(exception, surroundings.Error);
        }

        return code;
    }

    private static ExitCode Invoke(IReadOnlyList<string> words, Surroundings surroundings)
    {
        DriverFlag drivers = new();
        RootCommand root = Root(surroundings, drivers);
        ParseResult parsed = root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpPage.Action && ParseErrors.Any(parsed))
        {
            throw new UsageException(ParseErrors.Explain(parsed));
        }

        using DriverFlag.Loaded loaded = drivers.Load(parsed);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = surroundings.Output,
            Error = surroundings.Error,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)parsed.Invoke(configuration);
    }

    private static RootCommand Root(Surroundings surroundings, DriverFlag drivers)
    {
        var root = new RootCommand("Replays the concurrency of Linux storage encryption on a virtual clock: who waits for whom.")
        {
            RunCommand.Create(surroundings),
            CompareCommand.Create(surroundings),
            ExploreCommand.Create(surroundings),
            GalleryCommand.Create(surroundings),
            ValidateCommand.Create(surroundings),
            PlanCommand.Create(surroundings),
            DriverCommand.Create(surroundings),
            ReportCommand.Create(surroundings),
            ReplayCommand.Create(surroundings),
            CheckCommand.Create(surroundings),
            ListCommand.Create(surroundings),
            SchemaCommand.Create(surroundings),
        };
        drivers.AddTo(root.Subcommands);
        HelpPage.Install(root, surroundings);
        return root;
    }

    /// <summary>One line for people, never a stack trace.</summary>
    private static ExitCode Explain(Exception exception, TextWriter error)
    {
        (ExitCode code, string text) = exception switch
        {
            UsageException => (ExitCode.Usage, "cryptosim: " + exception.Message.ReplaceLineEndings("\ncryptosim: ")),
            InputException => (ExitCode.InvalidInput, exception.Message),
            DriverException driver => (driver.IsUsage ? ExitCode.Usage : ExitCode.InvalidInput, driver.IsUsage ? "cryptosim: " + driver.Message : driver.Message),
            NotExplorableException or NotPlannableException => (ExitCode.InvalidInput, exception.Message),
            RecordException => (ExitCode.InvalidInput, exception.Message),
            OutputException => (ExitCode.OutputFailed, "cryptosim: " + exception.Message),
            OperationCanceledException => (ExitCode.Cancelled, "cryptosim: cancelled; nothing half-written was left"),
            _ => (ExitCode.InternalError, InternalError(exception)),
        };
        error.WriteLine(text);
        error.Flush();
        return code;
    }

    private static string InternalError(Exception exception)
    {
        string where = exception.TargetSite is { } site ? $" in {site.DeclaringType?.Name}.{site.Name}" : "";
        string what = exception.Message.ReplaceLineEndings(" ");
        return $"cryptosim: internal error: {exception.GetType().Name}{where}: {what}; please report it with the scenario";
    }
}
