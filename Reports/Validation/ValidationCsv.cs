using System.Globalization;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Validation;

/// <summary>The published rows with <c>simulated</c>, <c>error_pct</c> and <c>pass</c>; a file that <c>validate</c> can read again.</summary>
public static class ValidationCsv
{
    /// <summary>Writes the table to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, ValidationReport report, CancellationToken cancellation = default) =>
        AtomicFile.Write(path, stream => Write(stream, report, cancellation), cancellation);

    /// <summary>Writes the table to <paramref name="stream"/>.</summary>
    public static void Write(Stream stream, ValidationReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        CsvTable.Write(stream, [.. RowReader.Columns], report.Rows.Select(Row), cancellation);
    }

    private static string[] Row(ValidatedRow row)
    {
        PublishedRow published = row.Row;
        return
        [
            published.Id, published.Source, RowReader.Word(published.Kind), published.Platform, published.Kernel, published.Scenario, published.Variant,
            string.Join(' ', published.Set), published.Metric, published.Unit, Number(published.Factor), Number(published.Published), Number(published.PublishedSd),
            Number(published.TolerancePct), Number(row.Simulated), Number(row.ErrorPct), row.Pass switch { true => "true", false => "false", null => "" }, published.Provenance,
        ];
    }

    private static string Number(double? number) => number is { } value ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture) : "";
}
