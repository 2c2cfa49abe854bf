using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace CryptoSim.Cli.Commands;

/// <summary>The options that every command which runs a scenario shares.</summary>
internal sealed class ScenarioOptions
{
    private readonly Argument<string> _scenario = NewScenario();
    private readonly Option<string[]> _variants = NewVariants();
    private readonly Option<string[]> _set = NewSet();

    private readonly Option<ulong?> _seed = NewSeed("Seed of all random streams, instead of the scenario's.");

    private readonly Option<int?> _jobs = NewJobs("Runs at the same time; the results do not depend on it. Default: the number of CPUs.");

    private readonly Option<string> _out = NewOut("Directory for what is written.");

    private readonly Option<bool> _json = NewJson();

    private readonly Option<bool> _quiet = NewQuiet();

    /// <summary>The argument that names a scenario.</summary>
    public static Argument<string> NewScenario() => new("scenario")
    {
        HelpName = "SCENARIO",
        Description = "A scenario file, or a name that 'cryptosim list' shows.",
    };

    /// <summary><c>--variant</c>.</summary>
    public static Option<string[]> NewVariants() => new("--variant")
    {
        HelpName = "NAME",
        Description = "Only this variant; may be repeated.",
    };

    /// <summary><c>--set</c>.</summary>
    public static Option<string[]> NewSet() => new("--set")
    {
        HelpName = "PATH=VALUE",
        Description = "Another value for a key of the scenario, e.g. jr0.depth=8; may be repeated.",
    };

    /// <summary><c>--out</c>.</summary>
    public static Option<string> NewOut(string description) => new("--out", "-o") { HelpName = "DIR", Description = description };

    /// <summary><c>--seed</c>.</summary>
    public static Option<ulong?> NewSeed(string description) => new("--seed") { HelpName = "N", Description = description, CustomParser = ReadSeed };

    /// <summary><c>--jobs</c>.</summary>
    public static Option<int?> NewJobs(string description) => new("--jobs", "-j") { HelpName = "N", Description = description, CustomParser = ReadJobs };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> NewJson() => new("--json") { Description = "Print one JSON document instead of text." };

    /// <summary><c>--quiet</c>.</summary>
    public static Option<bool> NewQuiet() => new("--quiet", "-q") { Description = "No progress." };

    /// <summary>Adds the options to a command, with or without <c>--json</c>.</summary>
    public Command AddTo(Command command, bool json)
    {
        command.Add(_scenario);
        foreach (Option option in (Option[])[_variants, _set, _seed, _jobs, _out])
        {
            command.Add(option);
        }

        _out.Description = $"Directory for what is written. Default: out/{(json ? "NAME" : "NAME-compare")}, NAME being the scenario's.";
        if (json)
        {
            command.Add(_json);
        }

        command.Add(_quiet);
        return command;
    }

    /// <summary>What was asked.</summary>
    public ScenarioRequest Read(ParseResult parsed) => new()
    {
        Scenario = parsed.GetValue(_scenario) ?? "",
        Variants = [.. (parsed.GetValue(_variants) ?? []).Distinct()],
        Set = parsed.GetValue(_set) ?? [],
        Seed = parsed.GetValue(_seed),
        Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
        Out = parsed.GetValue(_out),
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
    };

    private static ulong? ReadSeed(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
        {
            return seed;
        }

        result.AddError($"--seed {text}: not a seed; write a whole number from 0 to 18446744073709551615");
        return null;
    }

    private static int? ReadJobs(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= 1024)
        {
            return jobs;
        }

        result.AddError($"--jobs {text}: not a number of runs; write a whole number from 1 to 1024");
        return null;
    }
}
