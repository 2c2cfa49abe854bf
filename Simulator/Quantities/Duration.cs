using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CryptoSim.Simulator;

/// <summary>A length of virtual time in whole picoseconds. Not a <see cref="VirtualTime"/>, which is an instant.</summary>
/// <param name="Picoseconds">[ps] Never negative in a scenario; differences may be.</param>
/// <threadsafety>Immutable.</threadsafety>
public readonly record struct Duration(long Picoseconds) : IComparable<Duration>
{
    private static readonly UnitTable Units = new("ps", ("ps", 1), ("ns", 1_000), ("us", 1_000_000), ("ms", 1_000_000_000), ("s", 1_000_000_000_000));

    /// <summary>No time at all.</summary>
    public static Duration Zero => default;

    /// <summary>Length in nanoseconds, with picoseconds as decimals.</summary>
    public decimal Nanoseconds => Picoseconds / 1000m;

    /// <summary>Whole nanoseconds.</summary>
    public static Duration FromNanoseconds(long nanoseconds) => new(checked(nanoseconds * 1_000));

    /// <summary>Whole microseconds.</summary>
    public static Duration FromMicroseconds(long microseconds) => new(checked(microseconds * 1_000_000));

    /// <summary>Whole milliseconds.</summary>
    public static Duration FromMilliseconds(long milliseconds) => new(checked(milliseconds * 1_000_000_000));

    /// <summary>Whole seconds.</summary>
    public static Duration FromSeconds(long seconds) => new(checked(seconds * 1_000_000_000_000));

    /// <summary>Reads <c>8us</c>, <c>1.5ms</c>, <c>0ns</c>: a decimal number directly followed by ps, ns, us, ms or s; exact, never through floating point.</summary>
    /// <param name="text">The text of the value.</param>
    /// <param name="duration">The value, if the result is true.</param>
    /// <param name="error">Why it is not a duration, as the rest of a sentence, if the result is false.</param>
    public static bool TryParse(string text, out Duration duration, [NotNullWhen(false)] out string? error)
    {
        bool ok = Units.TryParse(text, "a duration", out long picoseconds, out error);
        duration = new Duration(picoseconds);
        return ok;
    }

    /// <inheritdoc/>
    public int CompareTo(Duration other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Sum.</summary>
    public static Duration operator +(Duration left, Duration right) => new(checked(left.Picoseconds + right.Picoseconds));

    /// <summary>Difference.</summary>
    public static Duration operator -(Duration left, Duration right) => new(checked(left.Picoseconds - right.Picoseconds));

    /// <summary>Multiple.</summary>
    public static Duration operator *(Duration duration, long factor) => new(checked(duration.Picoseconds * factor));

    /// <summary>Shorter than.</summary>
    public static bool operator <(Duration left, Duration right) => left.Picoseconds < right.Picoseconds;

    /// <summary>Longer than.</summary>
    public static bool operator >(Duration left, Duration right) => left.Picoseconds > right.Picoseconds;

    /// <summary>At most as long as.</summary>
    public static bool operator <=(Duration left, Duration right) => left.Picoseconds <= right.Picoseconds;

    /// <summary>At least as long as.</summary>
    public static bool operator >=(Duration left, Duration right) => left.Picoseconds >= right.Picoseconds;

    /// <summary>The exact value in the largest unit that keeps it short, as a scenario spells it: <c>8us</c>, <c>1.5ms</c>.</summary>
    public string ToExactString() => Units.Print(Picoseconds);

    /// <summary>Three significant digits with unit, for people: <c>2.12ms</c>, <c>341us</c>.</summary>
    public override string ToString() => Units.PrintRounded(Picoseconds, CultureInfo.InvariantCulture);
}
