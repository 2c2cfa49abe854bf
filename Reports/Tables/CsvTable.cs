using System.Globalization;
using CsvHelper;

namespace CryptoSim.Reports.Tables;

/// <summary>CSV as RFC 4180 has it: comma, CRLF, quotes where needed, one header line, UTF-8, point as decimal sign.</summary>
internal static class CsvTable
{
    public static void Write(Stream stream, string[] header, IEnumerable<string[]> rows, CancellationToken cancellation)
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default, leaveOpen: true);
        csv.WriteRecord(header);
        foreach (string[] row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            csv.WriteRecord(row);
        }
    }

    /// <summary>Picoseconds as nanoseconds, exact.</summary>
    public static string Nanoseconds(long picoseconds) => (picoseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
