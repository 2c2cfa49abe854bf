using System.CommandLine;

namespace CryptoSim.Cli.Commands;

/// <summary>The options of <c>cryptosim driver</c>.</summary>
internal sealed class DriverOptions
{
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(60);

    private readonly Argument<string> _assembly = new("assembly") { HelpName = "DLL", Description = "The assembly with the driver." };
    private readonly Option<string[]> _scenes = new("--scene") { HelpName = "SCENARIO", Description = "Only this scene of Scenarios/Contract, or this scenario; may be repeated. Default: all of both directories." };
    private readonly Option<string[]> _set = new("--set") { HelpName = "KEY=VALUE", Description = "A value for a key of the driver in every scene, e.g. depth=8; may be repeated." };
    private readonly Option<TimeSpan?> _time = new("--time") { HelpName = "DURATION", CustomParser = FlagReaders.Time("--time"), Description = "End each exploration after so much wall time. Default: 60s." };
    private readonly Option<string> _out = ScenarioOptions.NewOut("Directory for the failing scenes. Default: out/driver.");
    private readonly Option<bool> _json = ScenarioOptions.NewJson();
    private readonly Option<bool> _quiet = ScenarioOptions.NewQuiet();

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_assembly);
        foreach (Option option in (Option[])[_scenes, _set, _time, _out, _json, _quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was asked.</summary>
    public DriverArguments Read(ParseResult parsed) => new()
    {
        Assembly = parsed.GetValue(_assembly) ?? "",
        Scenes = [.. (parsed.GetValue(_scenes) ?? []).Distinct()],
        Set = parsed.GetValue(_set) ?? [],
        Time = parsed.GetValue(_time) ?? DefaultTime,
        Out = parsed.GetValue(_out),
        Json = parsed.GetValue(_json),
        Quiet = parsed.GetValue(_quiet),
    };
}

/// <summary>What a command line asks of a driver.</summary>
internal sealed record DriverArguments
{
    /// <summary>The file.</summary>
    public required string Assembly { get; init; }

    /// <summary>Names or files of scenes; empty for all.</summary>
    public IReadOnlyList<string> Scenes { get; init; } = [];

    /// <summary><c>key=value</c> assignments to keys of the driver.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Limit of each exploration.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Directory for the failing scenes; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }
}
