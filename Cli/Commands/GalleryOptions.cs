using System.CommandLine;

namespace CryptoSim.Cli.Commands;

/// <summary>The options of <c>cryptosim gallery</c>.</summary>
internal sealed class GalleryOptions
{
    private readonly Argument<string?> _id = new("id")
    {
        HelpName = "ID",
        Description = "Tell the story of this entry: B03, or another number of the table.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _html = new("--html") { HelpName = "DIR", Description = "Write gallery.html into this directory." };
    private readonly Option<string> _out = ScenarioOptions.NewOut("Directory for the files of one entry. Default: out/NAME, NAME being its scenario's.");
    private readonly Option<int?> _jobs = ScenarioOptions.NewJobs("Entries at the same time; the results do not depend on it. Default: the number of CPUs.");
    private readonly Option<bool> _steps = new("--steps") { Description = "Print every step of the failing schedule of one entry." };
    private readonly Option<bool> _json = ScenarioOptions.NewJson();
    private readonly Option<bool> _quiet = ScenarioOptions.NewQuiet();

    /// <summary>Adds the options to a command.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_id);
        foreach (Option option in (Option[])[_html, _out, _jobs, _steps, _json, _quiet])
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="UsageException">A flag would do nothing.</exception>
    public GalleryArguments Read(ParseResult parsed)
    {
        string? id = parsed.GetValue(_id);
        bool json = parsed.GetValue(_json);
        if (Array.Find((Option[])[_out, _steps], option => parsed.GetResult(option) is { Implicit: false }) is { } idle && (id is null || json))
        {
            throw new UsageException($"{idle.Name} does nothing {(id is null ? "without the number of an entry" : "with --json")} (see: cryptosim gallery --help)");
        }

        return new GalleryArguments
        {
            Id = id,
            Html = parsed.GetValue(_html),
            Out = parsed.GetValue(_out),
            Jobs = parsed.GetValue(_jobs) ?? Environment.ProcessorCount,
            Steps = parsed.GetValue(_steps),
            Json = json,
            Quiet = parsed.GetValue(_quiet),
            Words = [.. parsed.Tokens.Select(token => token.Value)],
        };
    }
}

/// <summary>What a command line asks of the gallery.</summary>
internal sealed record GalleryArguments
{
    /// <summary>Number of the one entry whose story is told; null for all.</summary>
    public string? Id { get; init; }

    /// <summary>Directory of the page; null for none.</summary>
    public string? Html { get; init; }

    /// <summary>Directory for the files of one entry; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Every step of the failing schedule.</summary>
    public bool Steps { get; init; }

    /// <summary>One JSON document instead of text.</summary>
    public bool Json { get; init; }

    /// <summary>No progress.</summary>
    public bool Quiet { get; init; }

    /// <summary>The words that show the same again.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
