namespace CryptoSim.Cli;

/// <summary>Everything of the process that a command touches, so that a test can run one beside another.</summary>
public sealed class Surroundings
{
    /// <summary>Results go here.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress and errors go here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal, which may be coloured and has a width.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal, on which progress redraws one line.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>[columns] Width of the terminal, or of tables where there is none.</summary>
    public int Width { get; init; } = PlainWidth;

    /// <summary>[columns] Width of the terminal behind <see cref="Error"/>; progress is cut to it, since a longer line cannot redraw itself.</summary>
    public int ErrorWidth { get; init; } = 80;

    /// <summary>[columns] Width of tables in output that is not a terminal.</summary>
    public const int PlainWidth = 160;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>Cancelled by Ctrl-C.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether colours may be used on <see cref="Output"/>: see no-color.org and TERM=dumb.</summary>
    public bool Colours => OutputIsTerminal && string.IsNullOrEmpty(Variable("NO_COLOR")) && Variable("TERM") != "dumb";

    /// <summary>The surroundings of this process.</summary>
    public static Surroundings OfProcess(CancellationToken cancellation)
    {
        bool terminal = !Console.IsOutputRedirected;
        return new Surroundings
        {
            Output = new StreamWriter(new StandardOutput(Console.OpenStandardOutput()), bufferSize: 1 << 14),
            Error = Console.Error,
            OutputIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Width = terminal ? TerminalWidth() : PlainWidth,
            ErrorWidth = Console.IsErrorRedirected ? PlainWidth : TerminalWidth(),
            Variable = Environment.GetEnvironmentVariable,
            Cancellation = cancellation,
        };
    }

    private static int TerminalWidth()
    {
        try
        {
            return Math.Max(40, Console.WindowWidth);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
