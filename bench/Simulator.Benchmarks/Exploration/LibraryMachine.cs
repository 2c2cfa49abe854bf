using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Benchmarks;

/// <summary>Machines of scenarios that come with the program.</summary>
public static class LibraryMachine
{
    /// <summary>The law of a full ring.</summary>
    public static IExplorableFactory Law(string variant, int contexts, int requests, int usable, int engines) => Of(
        "ring-law",
        variant,
        [$"law.contexts={contexts}", $"law.requests={requests}", $"law.usable={usable}", $"law.engines={engines}"]);

    /// <summary>A variant of a scenario.</summary>
    /// <param name="name">Of the file, without <c>.yaml</c>.</param>
    /// <param name="variant">Of the variant.</param>
    /// <param name="set">Assignments, as with <c>--set</c>.</param>
    public static IExplorableFactory Of(string name, string variant, string[] set) =>
        ScenarioExplorer.FactoryOf(ExploreTarget.Of(Read(name, set), [variant], fullSize: true)[0]);

    /// <summary>A scenario.</summary>
    public static Scenario Read(string name, string[] set)
    {
        string path = Path.Combine(Root(), "Scenarios", "Library", name + ".yaml");
        var read = ScenarioReader.Read(path, set);
        return read.Scenario ?? throw new InvalidOperationException($"{path}: {read.Errors[0]}");
    }

    private static string Root()
    {
        string? at = AppContext.BaseDirectory;
        while (at is not null && !File.Exists(Path.Combine(at, "CryptoSim.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new InvalidOperationException("the benchmark runs inside the repository only");
    }
}
