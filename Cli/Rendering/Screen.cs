using Spectre.Console;

namespace CryptoSim.Cli.Rendering;

/// <summary>Standard output: colours on a terminal, plain text that nothing has to be stripped from elsewhere.</summary>
internal sealed class Screen
{
    private const int PlainTextWidth = 120;

    private readonly TextWriter _output;
    private readonly bool _colours;
    private readonly int _textWidth;
    private IAnsiConsole? _console;

    public Screen(Surroundings surroundings)
    {
        _output = surroundings.Output;
        _colours = surroundings.Colours;
        Width = surroundings.Width;
        _textWidth = surroundings.OutputIsTerminal ? Width : Math.Min(Width, PlainTextWidth);
    }

    /// <summary>[columns] Of the terminal, or enough for tables where there is none.</summary>
    public int Width { get; }

    /// <summary>[columns] At which text is wrapped; wide output that is no terminal is kept readable.</summary>
    public int TextWidth => _textWidth;

    /// <summary>An empty line.</summary>
    public void Blank() => _output.WriteLine();

    /// <summary>One line of plain text.</summary>
    public void Write(string text) => _output.WriteLine(text);

    /// <summary>One line; where the screen is too narrow for it, several, the further ones starting at column <paramref name="hang"/>.</summary>
    public void Write(Line line, int hang = 0)
    {
        foreach (Line part in Wrapping.Wrap(line, _textWidth, hang))
        {
            Emit(part);
        }
    }

    /// <summary>One line that stays one, so that it can be pasted: a command.</summary>
    public void WriteWhole(Line line) => Emit(line);

    /// <summary>A table, <paramref name="indent"/> columns from the left, without blanks at the ends of lines.</summary>
    public void Write(Table table, int indent = 0)
    {
        var buffer = new StringWriter();
        Create(buffer, Width - indent, _colours).Write(table);
        string margin = new(' ', indent);
        foreach (string line in buffer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _output.WriteLine((margin + line).TrimEnd());
        }
    }

    /// <summary>A table with a thin rule under its heads and nothing else around it.</summary>
    public static Table NewTable() => new Table().Border(new ThinRule()).BorderColor(Color.Grey);

    private void Emit(Line line)
    {
        if (!_colours)
        {
            _output.WriteLine(line.ToString());
            return;
        }

        // Pieces are already wrapped; a wide console keeps Spectre.Console from wrapping again.
        _console ??= Create(_output, int.MaxValue / 2, colours: true);
        foreach ((string text, Tone tone) in line.Pieces)
        {
            _console.Write(new Text(text, StyleOf(tone)));
        }

        _output.WriteLine();
    }

    /// <summary>The console is always created explicitly: left to itself it writes colours into pipes.</summary>
    private static IAnsiConsole Create(TextWriter output, int width, bool colours)
    {
        var settings = new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        };
        settings.Enrichment.UseDefaultEnrichers = false;
        IAnsiConsole console = AnsiConsole.Create(settings);
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>How a terminal shows a tone.</summary>
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Dim => new Style(decoration: Decoration.Dim),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red, decoration: Decoration.Bold),
        Tone.Accent => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
