namespace CryptoSim.Scenarios;

/// <summary>The paths that are swept; several give every combination of their values.</summary>
/// <param name="Axes">In the order of the file; none if nothing is swept.</param>
public sealed record Sweep(IReadOnlyList<SweepAxis> Axes)
{
    /// <summary>Nothing is swept: a single point without coordinates.</summary>
    public static Sweep None { get; } = new([]);

    /// <summary>Every combination of values, the last axis changing fastest; one empty point if nothing is swept.</summary>
    public IReadOnlyList<SweepPoint> Points()
    {
        List<SweepPoint> points = [SweepPoint.Origin];
        foreach (SweepAxis axis in Axes)
        {
            points = [.. points.SelectMany(_ => axis.Values, (point, value) => new SweepPoint([.. point.Settings, value]))];
        }

        return points;
    }
}

/// <summary>One swept path.</summary>
/// <param name="Path">Dotted path.</param>
/// <param name="Values">The path with each of its values, in the order of the file.</param>
public sealed record SweepAxis(string Path, IReadOnlyList<Setting> Values);

/// <summary>One combination of the swept values.</summary>
/// <param name="Settings">One for each axis.</param>
public sealed record SweepPoint(IReadOnlyList<Setting> Settings)
{
    /// <summary>The point of a scenario without a sweep.</summary>
    public static SweepPoint Origin { get; } = new([]);

    /// <summary>Paths and values as a run record keeps them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Coordinates =>
        [.. Settings.Select(s => KeyValuePair.Create(s.Path, s.Text))];

    /// <summary><c>randwrite.iodepth=32 jr0.depth=64</c>; empty without a sweep.</summary>
    public override string ToString() => string.Join(' ', Settings);
}
