namespace CryptoSim.Simulator;

/// <summary>How long something takes: one of <see cref="ConstantDuration"/>, <see cref="ExponentialDuration"/>, <see cref="UniformDuration"/>, <see cref="LogNormalDuration"/>.</summary>
/// <threadsafety>Immutable.</threadsafety>
public abstract record DurationDistribution
{
    /// <summary>The expected value, rounded to whole picoseconds.</summary>
    public abstract Duration Mean { get; }

    /// <summary>Draws a length, in whole picoseconds, never negative.</summary>
    public abstract Duration Sample(RandomStream stream);

    /// <summary>The value as a scenario spells it.</summary>
    public abstract string ToExactString();

    /// <summary>Reads <c>80us</c>, <c>exponential(80us)</c>, <c>uniform(10us 20us)</c>, <c>lognormal(median=8us p99=20us)</c>.</summary>
    /// <param name="text">The text of the value.</param>
    /// <param name="distribution">The value, if the result is true.</param>
    /// <param name="error">Why it is none, as the rest of a sentence, if the result is false.</param>
    public static bool TryParse(
        string text,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DurationDistribution? distribution,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error) => DistributionReader.TryParse(text, out distribution, out error);
}

/// <summary>Always the same length.</summary>
/// <param name="Value">[0..]</param>
public sealed record ConstantDuration(Duration Value) : DurationDistribution
{
    /// <inheritdoc/>
    public override Duration Mean => Value;

    /// <inheritdoc/>
    public override Duration Sample(RandomStream stream) => Value;

    /// <inheritdoc/>
    public override string ToExactString() => Value.ToExactString();
}

/// <summary>Exponential: without memory.</summary>
/// <param name="Average">Its mean.</param>
public sealed record ExponentialDuration(Duration Average) : DurationDistribution
{
    /// <inheritdoc/>
    public override Duration Mean => Average;

    /// <inheritdoc/>
    public override Duration Sample(RandomStream stream) => stream.Exponential(Average);

    /// <inheritdoc/>
    public override string ToExactString() => $"exponential({Average.ToExactString()})";
}

/// <summary>Every whole picosecond from least to most, both included, equally likely.</summary>
/// <param name="Least">[0..]</param>
/// <param name="Most">Not below <paramref name="Least"/>.</param>
public sealed record UniformDuration(Duration Least, Duration Most) : DurationDistribution
{
    /// <inheritdoc/>
    public override Duration Mean => new(Least.Picoseconds + (Most.Picoseconds - Least.Picoseconds) / 2);

    /// <inheritdoc/>
    public override Duration Sample(RandomStream stream) => new(Least.Picoseconds + stream.NextLong(checked(Most.Picoseconds - Least.Picoseconds + 1)));

    /// <inheritdoc/>
    public override string ToExactString() => $"uniform({Least.ToExactString()} {Most.ToExactString()})";
}

/// <summary>Log-normal, the shape of device latencies: half below the median, one in a hundred above the 99th percentile.</summary>
/// <param name="Median">Above zero.</param>
/// <param name="P99">Not below the median.</param>
public sealed record LogNormalDuration(Duration Median, Duration P99) : DurationDistribution
{
    private const double NormalP99 = 2.3263478740408411;

    private readonly double _sigma = ExactMath.Log((double)P99.Picoseconds / Median.Picoseconds) / NormalP99;

    /// <inheritdoc/>
    public override Duration Mean => new(RandomStream.ToPicoseconds(Median.Picoseconds * ExactMath.Exp(_sigma * _sigma / 2.0)));

    /// <inheritdoc/>
    public override Duration Sample(RandomStream stream) =>
        new(RandomStream.ToPicoseconds(Median.Picoseconds * ExactMath.Exp(_sigma * stream.NextNormal())));

    /// <inheritdoc/>
    public override string ToExactString() => $"lognormal(median={Median.ToExactString()} p99={P99.ToExactString()})";
}
