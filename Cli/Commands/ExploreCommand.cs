using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Exploring;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using ExploredVariant = CryptoSim.Scenarios.Exploring.ExploredVariant;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim explore</c>: every order in which the events of a scenario can happen; the shortest failure with its cause, or a proof that there is none.</summary>
internal static class ExploreCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var options = new ExploreOptions();
        Command command = options.AddTo(new Command("explore", "Explore every schedule of a scenario: a failure with its cause, or a proof that there is none."));
        command.SetAction(parsed => (int)Explore(options.Read(parsed), surroundings));
        return command;
    }

    /// <summary>What the shell gets: broken before unanswered before success.</summary>
    public static ExitCode Code(ExploreStanding standing) => standing switch
    {
        ExploreStanding.AsExpected => ExitCode.Success,
        ExploreStanding.Unanswered => ExitCode.Bounded,
        _ => ExitCode.ClaimBroken,
    };

    private static ExitCode Explore(ExploreArguments arguments, Surroundings surroundings)
    {
        Scenario scenario = ScenarioFiles.Read(arguments.Scenario, arguments.Set, arguments.Options.Variants);
        if (arguments.Grid)
        {
            return ExploreGrid.Explore(scenario, arguments, surroundings);
        }

        string directory = arguments.Out ?? Path.Combine("out", scenario.Name);
        var explorer = new ScenarioExplorer(scenario, arguments.Options with { Saved = SavedSchedules.Of(scenario, arguments.Follow, directory) });
        using OutputDirectory output = OutputDirectory.Prepare(directory);
        ExploredScenario explored = Run(explorer, scenario, arguments, surroundings);
        Exploration exploration = Write(explored, output, arguments, surroundings);
        if (arguments.Json)
        {
            ExploreJson.Write(explored, surroundings.Output);
        }
        else
        {
            new ExplorePage(new Screen(surroundings), arguments.Steps).Write(explored, exploration);
        }

        return Code(explored.Standing);
    }

    private static Exploration Write(ExploredScenario explored, OutputDirectory output, ExploreArguments arguments, Surroundings surroundings)
    {
        string program = CommandName.Of(surroundings);
        Exploration exploration = ExploreFiles.Write(
            explored, output, files => Explorations.Of(explored, files, program, arguments.Words), surroundings.Cancellation);
        output.Keep();
        if (arguments.Junit is { } junit)
        {
            JUnitReport.Write(junit, exploration, surroundings.Cancellation);
        }

        return exploration;
    }

    /// <summary>Explores with progress. When it is cancelled, what was found about the variants before is still told.</summary>
    private static ExploredScenario Run(ScenarioExplorer explorer, Scenario scenario, ExploreArguments arguments, Surroundings surroundings)
    {
        List<ExploredVariant> done = [];
        try
        {
            using var progress = new ExploreProgressDisplay(scenario.Name, surroundings, arguments.Quiet);
            return explorer.Run(done.Add, progress, surroundings.Cancellation);
        }
        catch (OperationCanceledException) when (done.Count > 0 && !arguments.Json)
        {
            var part = new ExploredScenario(scenario, done);
            Exploration exploration = Explorations.Of(part, [.. done.Select(_ => new ExplorationFiles())], CommandName.Of(surroundings), arguments.Words);
            new ExplorePage(new Screen(surroundings), arguments.Steps).WriteVariants(exploration);
            surroundings.Output.Flush();
            throw;
        }
    }
}
