using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Simulator;

/// <summary>An amount of data in whole bytes.</summary>
/// <param name="Bytes">[B]</param>
/// <threadsafety>Immutable.</threadsafety>
public readonly record struct DataSize(long Bytes) : IComparable<DataSize>
{
    private static readonly UnitTable Units = new("B", ("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40));

    /// <summary>No data.</summary>
    public static DataSize Zero => default;

    /// <summary>Units of 1024 B.</summary>
    public static DataSize FromKibibytes(long kibibytes) => new(checked(kibibytes << 10));

    /// <summary>Units of 1024 KiB.</summary>
    public static DataSize FromMebibytes(long mebibytes) => new(checked(mebibytes << 20));

    /// <summary>Reads <c>512B</c>, <c>4KiB</c>, <c>1MiB</c>, <c>2GiB</c>. <c>4k</c> is an error whose message says <c>4KiB</c>.</summary>
    /// <param name="text">The text of the value.</param>
    /// <param name="size">The value, if the result is true.</param>
    /// <param name="error">Why it is not a size, as the rest of a sentence, if the result is false.</param>
    public static bool TryParse(string text, out DataSize size, [NotNullWhen(false)] out string? error)
    {
        bool ok = Units.TryParse(text, "a size", out long bytes, out error);
        size = new DataSize(bytes);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(DataSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Sum.</summary>
    public static DataSize operator +(DataSize left, DataSize right) => new(checked(left.Bytes + right.Bytes));

    /// <summary>Difference.</summary>
    public static DataSize operator -(DataSize left, DataSize right) => new(checked(left.Bytes - right.Bytes));

    /// <summary>Smaller than.</summary>
    public static bool operator <(DataSize left, DataSize right) => left.Bytes < right.Bytes;

    /// <summary>Larger than.</summary>
    public static bool operator >(DataSize left, DataSize right) => left.Bytes > right.Bytes;

    /// <summary>At most as large as.</summary>
    public static bool operator <=(DataSize left, DataSize right) => left.Bytes <= right.Bytes;

    /// <summary>At least as large as.</summary>
    public static bool operator >=(DataSize left, DataSize right) => left.Bytes >= right.Bytes;

    /// <summary>The exact value in the largest unit that keeps it short: <c>4KiB</c>.</summary>
    public string ToExactString() => Units.Print(Bytes);

    /// <summary>Three significant digits with unit.</summary>
    public override string ToString() => Units.PrintRounded(Bytes, CultureInfo.InvariantCulture);
}
