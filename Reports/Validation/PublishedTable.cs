using CsvHelper;

namespace CryptoSim.Reports.Validation;

/// <summary>A file of published measurements. Everything wrong with it is a value in <see cref="Errors"/>.</summary>
public sealed record PublishedTable
{
    /// <summary>Its comment lines, which say what a reader of any figure must know: sources, noise.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Its rows in their order.</summary>
    public IReadOnlyList<PublishedRow> Rows { get; init; } = [];

    /// <summary>What is wrong, as <c>file:line: message</c>; empty if nothing is.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Reads a file's text: RFC 4180 with a header line; a line that begins with <c>#</c> is a note.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">Stands in the errors as the file.</param>
    public static PublishedTable Read(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<string> errors = [];
        string[] notes = [.. text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith('#')).Select(line => line[1..].Trim()).Where(line => line.Length > 0)];
        List<PublishedRow> rows = [];
        try
        {
            using CsvReader csv = CsvReader.Create(new StringReader(text), new CsvReaderOptions { CommentPrefix = '#', TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Throw }, leaveOpen: false);
            csv.ReadHeader();
            if (RowReader.HeaderProblem(csv) is { } problem)
            {
                return new PublishedTable { Notes = notes, Errors = [$"{name}: {problem}"] };
            }

            while (csv.Read())
            {
                RowReader reader = new(csv, message => errors.Add($"{name}:{csv.LineNumber}: {message}"));
                rows.Add(reader.Read());
            }
        }
        catch (CsvFormatException malformed)
        {
            errors.Add($"{name}:{malformed.LineNumber}: {malformed.Message}");
        }

        errors.AddRange(Twice(rows).Select(row => $"{name}:{row.Line}: the id {row.Id} stands twice"));
        return new PublishedTable { Notes = notes, Rows = rows, Errors = errors };
    }

    private static IEnumerable<PublishedRow> Twice(List<PublishedRow> rows) =>
        rows.Where(row => row.Id.Length > 0).GroupBy(row => row.Id, StringComparer.Ordinal).SelectMany(same => same.Skip(1));
}
