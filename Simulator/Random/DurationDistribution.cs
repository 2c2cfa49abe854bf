using System.Diagnostics.CodeAnalysis;

namespace CryptoSim.Simulator;

/// <summary>A distribution of durations, written as a call in the place of the value.</summary>
public abstract record DurationDistribution
{
    /// <summary>Reads <c>80us</c>, <c>exponential(80us)</c>, <c>uniform(10us 20us)</c>, <c>lognormal(median=8us p99=20us)</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DurationDistribution? distribution, [NotNullWhen(false)] out string? error)
    {
        bool ok = Duration.TryParse(text, out Duration value, out error);
        distribution = ok ? new Constant(value) : null;
        return ok;
    }

    /// <summary>The text that TryParse reads.</summary>
    public abstract string ToExactString();

    /// <summary>Always the same.</summary>
    public sealed record Constant(Duration Value) : DurationDistribution
    {
        /// <inheritdoc/>
        public override string ToExactString() => Value.ToExactString();
    }
}
