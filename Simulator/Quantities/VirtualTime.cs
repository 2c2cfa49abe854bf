namespace CryptoSim.Simulator;

/// <summary>An instant on the virtual clock: picoseconds since the run began. Not a <see cref="Duration"/>, which is a length.</summary>
/// <param name="Picoseconds">[ps] 0 up to about 106 days.</param>
/// <threadsafety>Immutable.</threadsafety>
public readonly record struct VirtualTime(long Picoseconds) : IComparable<VirtualTime>
{
    /// <summary>The instant at which every run begins.</summary>
    public static VirtualTime Zero => default;

    /// <summary>The last instant the clock can show, about 106 days after the start.</summary>
    public static VirtualTime MaxValue => new(long.MaxValue);

    /// <summary>Nanoseconds since the run began, with picoseconds as decimals.</summary>
    public decimal Nanoseconds => Picoseconds / 1000m;

    /// <inheritdoc/>
    public int CompareTo(VirtualTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>The instant <paramref name="duration"/> later.</summary>
    /// <exception cref="OverflowException">The sum lies beyond <see cref="MaxValue"/>.</exception>
    public static VirtualTime operator +(VirtualTime time, Duration duration) => new(checked(time.Picoseconds + duration.Picoseconds));

    /// <summary>The length from <paramref name="earlier"/> to <paramref name="later"/>.</summary>
    public static Duration operator -(VirtualTime later, VirtualTime earlier) => new(checked(later.Picoseconds - earlier.Picoseconds));

    /// <summary>Earlier than.</summary>
    public static bool operator <(VirtualTime left, VirtualTime right) => left.Picoseconds < right.Picoseconds;

    /// <summary>Later than.</summary>
    public static bool operator >(VirtualTime left, VirtualTime right) => left.Picoseconds > right.Picoseconds;

    /// <summary>Earlier than or equal to.</summary>
    public static bool operator <=(VirtualTime left, VirtualTime right) => left.Picoseconds <= right.Picoseconds;

    /// <summary>Later than or equal to.</summary>
    public static bool operator >=(VirtualTime left, VirtualTime right) => left.Picoseconds >= right.Picoseconds;

    /// <summary>Three significant digits with unit, e.g. <c>2.12ms</c>.</summary>
    public override string ToString() => new Duration(Picoseconds).ToString();
}
