using System.Globalization;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Planning;

/// <summary>One row for each point: what it is, then mean and 95 % interval of each quantity.</summary>
public static class KeyslotCsv
{
    private static readonly string[] Fixed = ["design", "unencrypted_percent", "keys", "slots", "replications", "problem"];

    /// <summary>The columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        .. Fixed,
        .. KeyslotQuantity.All.SelectMany(quantity => (string[])[quantity.Column, quantity.Column + "_low", quantity.Column + "_high"]),
        "programs_floor_per_s", "programs_lru_per_s",
    ];

    /// <summary>Writes the table to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, KeyslotReport report, CancellationToken cancellation = default) =>
        AtomicFile.Write(path, stream => Write(stream, report, cancellation), cancellation);

    /// <summary>Writes the table to <paramref name="stream"/>.</summary>
    public static void Write(Stream stream, KeyslotReport report, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        CsvTable.Write(stream, [.. Columns], report.Cells.Select(Row), cancellation);
    }

    private static string[] Row(KeyslotCell cell) =>
    [
        cell.Design, Number(cell.Mix), Number(cell.Keys), Number(cell.Slots), Number(cell.Of(KeyslotQuantity.NoSlot)?.Count ?? 0), cell.Problem ?? "",
        .. KeyslotQuantity.All.SelectMany(quantity => Values(quantity, cell.Of(quantity))),
        Number(cell.ProgramsFloor), Number(cell.ProgramsLru),
    ];

    private static string[] Values(KeyslotQuantity quantity, ConfidenceInterval? value) => value is not { } interval ? ["", "", ""]
        : [Number(quantity.InUnit(interval.Mean)), interval.HasInterval ? Number(quantity.InUnit(interval.Low)) : "", interval.HasInterval ? Number(quantity.InUnit(interval.High)) : ""];

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? number) => number is { } value ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture) : "";
}
