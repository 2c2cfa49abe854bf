using System.Diagnostics.CodeAnalysis;

namespace CryptoSim.Simulator;

/// <summary>Reads durations that vary, as scenarios spell them.</summary>
internal static class DistributionReader
{
    private const string Forms = "a duration such as 80us, exponential(80us), uniform(10us 20us) or lognormal(median=8us p99=20us)";

    internal static bool TryParse(string text, [NotNullWhen(true)] out DurationDistribution? distribution, [NotNullWhen(false)] out string? error)
    {
        distribution = null;
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            bool ok = Duration.TryParse(text, out var value, out error);
            distribution = ok ? new ConstantDuration(value) : null;
            return ok;
        }

        error = Check(text, open);
        if (error is not null)
        {
            return false;
        }

        string name = text[..open].Trim();
        string[] arguments = text[(open + 1)..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        (distribution, error) = name switch
        {
            "exponential" => Exponential(arguments),
            "uniform" => Uniform(arguments),
            "lognormal" => LogNormal(arguments),
            _ => (null, $"names no distribution ({name}); write {Forms}"),
        };
        return distribution is not null && error is null;
    }

    private static string? Check(string text, int open)
    {
        if (text.Contains(',', StringComparison.Ordinal))
        {
            return $"has a comma between its parameters; separate them by a space: {text.Replace(", ", " ", StringComparison.Ordinal).Replace(',', ' ')}";
        }

        return text.EndsWith(')') && text.IndexOf(')', open) == text.Length - 1 ? null : $"has no closing parenthesis at its end; write {Forms}";
    }

    private static (DurationDistribution?, string?) Exponential(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            return (null, $"needs one parameter, the mean; it has {arguments.Length}: exponential(80us)");
        }

        return Read(arguments[0], "mean", out var mean) is { } error ? (null, error) : (new ExponentialDuration(mean), null);
    }

    private static (DurationDistribution?, string?) Uniform(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            return (null, $"needs two parameters, least and most; it has {arguments.Length}: uniform(10us 20us)");
        }

        if ((Read(arguments[0], "min", out var least) ?? Read(arguments[1], "max", out var most)) is { } error)
        {
            return (null, error);
        }

        _ = Read(arguments[1], "max", out most);
        return least <= most ? (new UniformDuration(least, most), null) : (null, "has its least value above its greatest");
    }

    private static (DurationDistribution?, string?) LogNormal(string[] arguments)
    {
        Duration? median = null;
        Duration? p99 = null;
        foreach (string argument in arguments)
        {
            string name = argument.StartsWith("median=", StringComparison.Ordinal) ? "median" : argument.StartsWith("p99=", StringComparison.Ordinal) ? "p99" : "";
            if (name.Length == 0)
            {
                return (null, $"has a parameter {argument}; lognormal takes median= and p99=: lognormal(median=8us p99=20us)");
            }

            if (Read(argument, name, out var value) is { } error)
            {
                return (null, error);
            }

            median = name == "median" ? value : median;
            p99 = name == "p99" ? value : p99;
        }

        return Shape(median, p99);
    }

    private static (DurationDistribution?, string?) Shape(Duration? median, Duration? p99)
    {
        if (median is not { } middle || p99 is not { } high)
        {
            return (null, $"lacks {(median is null ? "median=" : "p99=")}; write lognormal(median=8us p99=20us)");
        }

        if (middle <= Duration.Zero)
        {
            return (null, "has a median that is not above zero");
        }

        return high < middle ? (null, "has its p99 below its median") : (new LogNormalDuration(middle, high), null);
    }

    /// <summary>Reads a parameter that may carry its name; null when it is well.</summary>
    private static string? Read(string argument, string name, out Duration value)
    {
        string text = argument.StartsWith(name + "=", StringComparison.Ordinal) ? argument[(name.Length + 1)..] : argument;
        return Duration.TryParse(text, out value, out string? error) ? null : $"has a parameter {argument} that {error}";
    }
}
