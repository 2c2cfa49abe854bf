using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Simulator;

/// <summary>A rate of data in whole bytes per second.</summary>
/// <param name="BytesPerSecond">[B/s] At least 1 wherever time is computed from it.</param>
/// <threadsafety>Immutable.</threadsafety>
public readonly record struct Bandwidth(long BytesPerSecond) : IComparable<Bandwidth>
{
    private const long MaxBytesIn64Bits = 8_000_000;   // times 10^12 still fits 64 bits

    private static readonly UnitTable Units = new("B/s", roundsDown: true, ("B/s", 1), ("KiB/s", 1L << 10), ("MiB/s", 1L << 20), ("GiB/s", 1L << 30));

    /// <summary>Reads <c>120MiB/s</c>, <c>1.8GiB/s</c>; a fraction of a byte per second is cut off.</summary>
    /// <param name="text">The text of the value.</param>
    /// <param name="bandwidth">The value, if the result is true.</param>
    /// <param name="error">Why it is not a bandwidth, as the rest of a sentence, if the result is false.</param>
    public static bool TryParse(string text, out Bandwidth bandwidth, [NotNullWhen(false)] out string? error)
    {
        bool ok = Units.TryParse(text, "a bandwidth", out long bytes, out error);
        if (ok && bytes == 0)
        {
            (ok, error) = (false, "is a bandwidth of zero, which would never move anything");
        }

        bandwidth = new Bandwidth(bytes);
        return ok;
    }

    /// <summary>How long <paramref name="size"/> takes, rounded up to the next picosecond.</summary>
    public Duration TimeFor(DataSize size)
    {
        if (size.Bytes <= MaxBytesIn64Bits)
        {
            long product = size.Bytes * 1_000_000_000_000;
            return new Duration(product / BytesPerSecond + (product % BytesPerSecond == 0 ? 0 : 1));
        }

        Int128 picoseconds = ((Int128)size.Bytes * 1_000_000_000_000 + BytesPerSecond - 1) / BytesPerSecond;
        return new Duration(checked((long)picoseconds));
    }

    /// <inheritdoc/>
    public int CompareTo(Bandwidth other) => BytesPerSecond.CompareTo(other.BytesPerSecond);

    /// <summary>Slower than.</summary>
    public static bool operator <(Bandwidth left, Bandwidth right) => left.BytesPerSecond < right.BytesPerSecond;

    /// <summary>Faster than.</summary>
    public static bool operator >(Bandwidth left, Bandwidth right) => left.BytesPerSecond > right.BytesPerSecond;

    /// <summary>At most as fast as.</summary>
    public static bool operator <=(Bandwidth left, Bandwidth right) => left.BytesPerSecond <= right.BytesPerSecond;

    /// <summary>At least as fast as.</summary>
    public static bool operator >=(Bandwidth left, Bandwidth right) => left.BytesPerSecond >= right.BytesPerSecond;

    /// <summary>The exact value in the largest unit that keeps it short.</summary>
    public string ToExactString() => Units.Print(BytesPerSecond);

    /// <summary>Three significant digits with unit.</summary>
    public override string ToString() => Units.PrintRounded(BytesPerSecond, CultureInfo.InvariantCulture);
}
