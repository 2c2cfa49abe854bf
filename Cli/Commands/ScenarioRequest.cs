using CryptoSim.Scenarios;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Commands;

/// <summary>What a command line asks to be run.</summary>
internal sealed record ScenarioRequest
{
    /// <summary>File or name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>Variants to run; empty for all.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary><c>path=value</c> assignments.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Seed; null for the scenario's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Output directory; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>Runs the scenario with progress on standard error; the wall clock counts the runs alone.</summary>
    public (ExperimentResult Result, double WallSeconds) Run(Scenario scenario, Surroundings surroundings)
    {
        var options = new ExperimentOptions { Variants = Variants, Seed = Seed, Jobs = Jobs, KeepTrace = true, KeepSamples = true };
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        using var progress = new Rendering.ProgressDisplay(scenario.Name, surroundings, Quiet);
        ExperimentResult result = new Experiment(scenario, options).Run(progress, surroundings.Cancellation);
        return (result, System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The words that run the same again.</summary>
    public IEnumerable<string> Words(string command, bool withOut)
    {
        yield return command;
        yield return Scenario;
        foreach (string variant in Variants)
        {
            yield return "--variant";
            yield return variant;
        }

        foreach (string assignment in Set)
        {
            yield return "--set";
            yield return assignment;
        }

        if (Seed is { } seed)
        {
            yield return "--seed";
            yield return seed.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        foreach (string word in DriverFlag.Loaded.Words)
        {
            yield return word;
        }

        if (withOut && Out is { } directory)
        {
            yield return "--out";
            yield return directory;
        }
    }
}
