using System.Globalization;
using System.Text;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Traces;

/// <summary>The trace as text: one line for each event, in columns that stay where they are.</summary>
/// <remarks>
/// <code>
///          time_ns  context  process           kind      function              target                subject   result       detail
///         6050.000  process  kcryptd/0         call      caam_jr_enqueue       jr0                   req#1                  MAY_BACKLOG
/// </code>
/// Virtual time is in ns with the picoseconds as decimals. A text longer than its column moves the rest of its line; columns are always two blanks apart.
/// An empty column holds blanks.
/// </remarks>
public static class TextTrace
{
    private static readonly int[] Widths = [16, 7, 16, 8, 20, 20, 8, 11];   // of all columns but the last

    /// <summary>The names of the columns.</summary>
    public static string Header { get; } = Join("time_ns".PadLeft(Widths[0]), "context", "process", "kind", "function", "target", "subject", "result", "detail");

    /// <summary>One event.</summary>
    public static string Line(TraceEvent happening) => Join(
        (happening.AtPicoseconds / 1000m).ToString("0.000", CultureInfo.InvariantCulture).PadLeft(Widths[0]),
        happening.Context, happening.Process, TraceKinds.Name(happening.Kind), happening.Function, happening.Target, happening.Subject, happening.Result, happening.Detail);

    /// <summary>The kept events of <paramref name="run"/>; a line says how many were not kept.</summary>
    public static void Write(RunRecord run, Stream stream, CancellationToken cancellation = default)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 15, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(Header);
        foreach (TraceEvent happening in run.Trace)
        {
            cancellation.ThrowIfCancellationRequested();
            text.WriteLine(Line(happening));
        }

        if (run.TraceOmitted > 0)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... {run.TraceOmitted} events not kept ..."));
        }

        foreach (TraceEvent happening in run.TraceTail)
        {
            text.WriteLine(Line(happening));
        }
    }

    private static string Join(params string[] columns)
    {
        var line = new StringBuilder();
        for (int i = 0; i < columns.Length; i++)
        {
            string column = Printable(columns[i]);
            line.Append(i == 0 ? "" : "  ").Append(i < Widths.Length ? column.PadRight(Widths[i]) : column);
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>A name that holds a control character must not move the cursor of a terminal.</summary>
    private static string Printable(string text) => text.Any(char.IsControl) ? new string([.. text.Select(c => char.IsControl(c) ? '?' : c)]) : text;
}
