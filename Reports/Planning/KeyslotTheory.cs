using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Planning;

/// <summary>Keys programmed per second beside what closed forms say, at the points where hardly anybody waits and the forms are about the same thing.</summary>
public sealed record KeyslotTheory
{
    private const double Nobody = 0.001;   // [1] of the encrypted I/O finds no slot: the forms know of no waiting

    private const double Few = 100;   // [1/s] below which a run has too few programs to compare

    /// <summary>Points that are compared.</summary>
    public required int Points { get; init; }

    /// <summary>[1] The mean of programs / closed form for LRU.</summary>
    public required double Mean { get; init; }

    /// <summary>[1] The least of them.</summary>
    public required double Least { get; init; }

    /// <summary>[1] The greatest of them.</summary>
    public required double Greatest { get; init; }

    /// <summary>Points with fewer programs than the lower bound, beyond their interval.</summary>
    public required int BelowFloor { get; init; }

    /// <summary>Of all points; null if none can be compared.</summary>
    public static KeyslotTheory? Of(KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        KeyslotCell[] cells = [.. report.Cells.Where(cell => cell.ProgramsLru > Few && cell.Of(KeyslotQuantity.NoSlot)?.Mean < Nobody)];
        double[] ratios = [.. cells.Select(cell => cell.Of(KeyslotQuantity.Programs)!.Value.Mean / cell.ProgramsLru!.Value)];
        return ratios.Length == 0 ? null : new KeyslotTheory
        {
            Points = ratios.Length,
            Mean = ratios.Average(),
            Least = ratios.Min(),
            Greatest = ratios.Max(),
            BelowFloor = cells.Count(cell => cell.Of(KeyslotQuantity.Programs)!.Value.High < cell.ProgramsFloor),
        };
    }

    /// <summary>In a sentence.</summary>
    public string Sentence() =>
        $"Where fewer than {KeyslotText.Share(Nobody)} find no keyslot ({Points} points), keys are programmed {ValueText.Ratio(Mean)} as often as the closed form for LRU says, {ValueText.Digits(Least)} to {ValueText.Digits(Greatest)}; "
        + (BelowFloor == 0 ? "never less often than a cache of the hottest keys would need it." : $"at {BelowFloor} of them less often than a cache of the hottest keys would need it.");
}
