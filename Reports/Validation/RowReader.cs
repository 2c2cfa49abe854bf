using System.Globalization;
using CsvHelper;

namespace CryptoSim.Reports.Validation;

/// <summary>Reads one row, and tells everything that is wrong with it.</summary>
internal sealed class RowReader(CsvReader csv, Action<string> wrong)
{
    private static readonly string[] Required = ["id", "source", "kind", "platform", "kernel", "scenario", "variant", "metric", "unit", "published", "tolerance_pct", "provenance"];
    private static readonly string[] Optional = ["set", "factor", "pub_sd"];
    private static readonly string[] Results = ["simulated", "error_pct", "pass"];   // written by this program, and passed over when read

    /// <summary>All columns in the order in which they are written.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["id", "source", "kind", "platform", "kernel", "scenario", "variant", "set", "metric", "unit", "factor", "published", "pub_sd", "tolerance_pct", .. Results, "provenance"];

    /// <summary>What is wrong with the header line; null if nothing is.</summary>
    public static string? HeaderProblem(CsvReader csv)
    {
        string[] missing = [.. Required.Except(csv.Headers)];
        string[] unknown = [.. csv.Headers.Except([.. Required, .. Optional, .. Results])];
        return missing.Length > 0 ? $"lacks the column{(missing.Length > 1 ? "s" : "")} {string.Join(", ", missing)}"
            : unknown.Length > 0 ? $"has the unknown column{(unknown.Length > 1 ? "s" : "")} {string.Join(", ", unknown)}; there are {string.Join(", ", Columns)}"
            : null;
    }

    /// <summary>The row; what is wrong with it was told.</summary>
    public PublishedRow Read()
    {
        var row = new PublishedRow
        {
            Line = (int)csv.LineNumber,
            Id = Demand("id"),
            Source = Text("source"),
            Kind = Kind(),
            Platform = Text("platform"),
            Kernel = Text("kernel"),
            Scenario = Demand("scenario"),
            Variant = Text("variant"),
            Set = Text("set").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Metric = Demand("metric"),
            Unit = Text("unit"),
            Factor = Number("factor"),
            Published = Number("published"),
            PublishedSd = Number("pub_sd"),
            TolerancePct = Number("tolerance_pct"),
            Provenance = Text("provenance"),
        };
        foreach (string problem in Problems(row))
        {
            wrong(problem);
        }

        return row;
    }

    private static IEnumerable<string> Problems(PublishedRow row)
    {
        bool measured = row.Published is not null;
        if (row.Kind == RowKind.Qualitative)
        {
            if (measured || row.TolerancePct is not null || row.Factor is not null)
            {
                yield return "is qualitative: its metric is a claim, and published, factor and tolerance_pct are empty";
            }

            yield break;
        }

        if (!measured && row.Kind != RowKind.Predict)
        {
            yield return "has no published value; only a prediction can do without";
        }

        if (measured && row.TolerancePct is not > 0)
        {
            yield return "has a published value and no tolerance_pct above 0";
        }

        if (measured && row.Published == 0)
        {
            yield return "has 0 as its published value, of which no error is a percentage";
        }

        if (measured && row.Provenance is not ("S" or "C"))
        {
            yield return row.Provenance == "R" ? "is recalled, not seen in its source: such a figure is no target" : "has a provenance other than S (printed in the source) and C (computed from it)";
        }
    }

    private RowKind Kind()
    {
        string text = Text("kind");
        foreach (RowKind kind in Enum.GetValues<RowKind>())
        {
            if (Word(kind) == text)
            {
                return kind;
            }
        }

        wrong($"has the kind '{text}'; there are {string.Join(", ", Enum.GetValues<RowKind>().Select(Word))}");
        return RowKind.Predict;
    }

    /// <summary>A kind as it is written.</summary>
    public static string Word(RowKind kind) => kind.ToString().ToLowerInvariant();

    private double? Number(string column)
    {
        string text = Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        wrong($"has '{text}' as {column}, which is not a number");
        return null;
    }

    private string Demand(string column)
    {
        string text = Text(column);
        if (text.Length == 0)
        {
            wrong($"has no {column}");
        }

        return text;
    }

    private string Text(string column) => csv.Headers.Contains(column) ? csv.GetString(column).Trim() : "";
}
