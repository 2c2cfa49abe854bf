using System.CommandLine;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Commands;

/// <summary>The options of <c>explore</c>: what is explored, how, within which limits, and where the answer goes.</summary>
internal sealed class ExploreOptions
{
    private readonly Argument<string> _scenario = ScenarioOptions.NewScenario();
    private readonly Option<string[]> _variants = ScenarioOptions.NewVariants();
    private readonly Option<string[]> _set = ScenarioOptions.NewSet();
    private readonly Option<bool> _full = Flag("--full", "The size of a run, without the scenario's explore.set.");
    private readonly Option<string> _follow = new("--follow") { HelpName = "FILE", Description = "Go along this schedule first, as far as it fits; default: the one of the output directory that failed before." };
    private readonly Option<ExplorationMode?> _mode = new("--mode") { HelpName = "MODE", CustomParser = FlagReaders.Word<ExplorationMode>("--mode"), Description = "What may be reordered: any pending event (untimed), what delays +-PERCENT allow (jitter), only events at the same instant (timed)." };
    private readonly Option<long?> _jitter = Count("--jitter", "PERCENT", "a percentage", 0, 100, "Half the width of the interval of each delay, for mode jitter.");
    private readonly Option<ulong?> _seed = ScenarioOptions.NewSeed("Seed of the random runs; the machine keeps the scenario's.");
    private readonly Option<long?> _runs = Count("--runs", "N", "a number of runs", 0, 1_000_000, "Runs with every choice by chance before the search.");
    private readonly Option<long?> _pctRuns = Count("--pct-runs", "N", "a number of runs", 0, 1_000_000, "Runs with priorities and few change points (PCT) before the search, for each of the depths 2 and 3.");
    private readonly Option<bool> _all = Flag("--all", "Go on after a failure, through all phases and all states.");
    private readonly Option<bool> _noFuse = Flag("--no-fuse", "Every step by itself; the verdict is the same.");
    private readonly Option<bool> _noSymmetry = Flag("--no-symmetry", "Every state by itself, also where equal processes are swapped; the verdict is the same.");
    private readonly Option<bool> _fair = Flag("--fair-livelock", "Look also for livelocks that need a fair schedule; switches symmetry and fusion off.");
    private readonly Option<bool> _check = Flag("--check", "Run every transition twice and compare: finds models whose state is not all captured.");
    private readonly Option<long?> _states = Count("--states", "N", "a number of states", 1, long.MaxValue, "End after so many states.");
    private readonly Option<DataSize?> _memory = new("--memory") { HelpName = "SIZE", CustomParser = FlagReaders.Size("--memory"), Description = "Memory for states, e.g. 512MiB; beyond it the search goes on with 64-bit fingerprints." };
    private readonly Option<TimeSpan?> _time = new("--time") { HelpName = "DURATION", CustomParser = FlagReaders.Time("--time"), Description = "End each variant after so much wall time, e.g. 30s." };
    private readonly Option<bool> _grid = Flag("--grid", "Explore the configurations of the scenario's ring-law workload one by one and compare them with the law.");
    private readonly Option<string[]> _ranges = new("--range") { HelpName = "NAME=LOW..HIGH", Description = "Range of contexts, requests, depth or engines in the grid; may be repeated. Default: 1..4, engines 1..3." };
    private readonly Option<int?> _jobs = ScenarioOptions.NewJobs("Configurations of the grid at the same time. Default: 1.");
    private readonly Option<string> _out = ScenarioOptions.NewOut("Directory for what is written. Default: out/NAME, NAME being the scenario's.");
    private readonly Option<string> _junit = new("--junit") { HelpName = "FILE", Description = "Write the variants as test cases in JUnit's XML." };
    private readonly Option<bool> _steps = Flag("--steps", "Print every step of a failing schedule, also those that do not matter.");
    private readonly Option<bool> _json = ScenarioOptions.NewJson();
    private readonly Option<bool> _quiet = ScenarioOptions.NewQuiet();

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_scenario);
        foreach (Option option in (Option[])[_variants, _set, _full, _follow, .. How, _states, _memory, _time, _grid, _ranges, _jobs, _out, _junit, _steps, _json, _quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="UsageException">Two of the flags do not go together.</exception>
    public ExploreArguments Read(ParseResult parsed)
    {
        Demand(parsed);
        return new ExploreArguments
        {
            Scenario = parsed.GetValue(_scenario) ?? "",
            Set = parsed.GetValue(_set) ?? [],
            Options = ReadHow(parsed),
            Words = [.. parsed.Tokens.Select(token => token.Value)],
            Out = parsed.GetValue(_out),
            Junit = parsed.GetValue(_junit),
            Follow = parsed.GetValue(_follow),
            Json = parsed.GetValue(_json),
            Steps = parsed.GetValue(_steps),
            Quiet = parsed.GetValue(_quiet),
            Grid = parsed.GetValue(_grid),
            Ranges = parsed.GetValue(_ranges) ?? [],
            Jobs = parsed.GetValue(_jobs) ?? 1,
        };
    }

    private Option[] How => [_mode, _jitter, _seed, _runs, _pctRuns, _all, _noFuse, _noSymmetry, _fair, _check];

    private ScenarioExplorerOptions ReadHow(ParseResult parsed) => new()
    {
        Variants = [.. (parsed.GetValue(_variants) ?? []).Distinct()],
        FullSize = parsed.GetValue(_full),
        Mode = parsed.GetValue(_mode),
        Jitter = (int?)parsed.GetValue(_jitter),
        Seed = parsed.GetValue(_seed),
        RandomRuns = (int?)parsed.GetValue(_runs),
        PctRuns = (int?)parsed.GetValue(_pctRuns),
        All = parsed.GetValue(_all),
        NoFusion = parsed.GetValue(_noFuse),
        NoSymmetry = parsed.GetValue(_noSymmetry),
        FairLivelock = parsed.GetValue(_fair),
        Check = parsed.GetValue(_check),
        States = parsed.GetValue(_states),
        Memory = parsed.GetValue(_memory),
        Time = parsed.GetValue(_time),
    };

    /// <summary>A flag that would do nothing is refused.</summary>
    private void Demand(ParseResult parsed)
    {
        bool Given(Option option) => parsed.GetResult(option) is { Implicit: false };
        bool grid = parsed.GetValue(_grid);
        Option[] foreign = grid ? [_full, _follow, _seed, _runs, _pctRuns, _all, _steps, _out, _junit] : [_ranges, _jobs];
        if (Array.Find(foreign, Given) is { } idle)
        {
            throw new UsageException($"{idle.Name} does nothing {(grid ? "with" : "without")} --grid (see: cryptosim explore --help)");
        }
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    private static Option<long?> Count(string name, string help, string what, long low, long high, string description) =>
        new(name) { HelpName = help, Description = description, CustomParser = FlagReaders.Count(name, what, low, high) };
}
