using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim explore --grid</c>: every configuration of the ring law against the law. Writes no files.</summary>
internal static class ExploreGrid
{
    public static ExitCode Explore(Scenario scenario, ExploreArguments arguments, Surroundings surroundings)
    {
        if (!GridRanges.TryParse(arguments.Ranges, out GridRanges ranges, out string? problem))
        {
            throw new UsageException("--range " + problem);
        }

        var explorer = new GridExplorer(scenario, arguments.Options, ranges);
        ExploredGrid grid = Run(explorer, scenario, arguments, surroundings);
        if (arguments.Json)
        {
            GridJson.Write(grid, surroundings.Output);
        }
        else
        {
            new GridView(new Screen(surroundings)).Write(grid);
        }

        return ExploreCommand.Code(grid.Standing);
    }

    private static ExploredGrid Run(GridExplorer explorer, Scenario scenario, ExploreArguments arguments, Surroundings surroundings)
    {
        using var line = new ProgressLine(surroundings, arguments.Quiet, clock: null);
        return explorer.Run(
            arguments.Jobs,
            done => line.Show(now => $"{scenario.Name}  {Figures.Count(done)} of {Figures.Count(explorer.Count)} cells  {Figures.Wall(now * (explorer.Count - done) / done)} left"),
            surroundings.Cancellation);
    }
}
