using System.Diagnostics.CodeAnalysis;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>The kinds of values with units; reading and printing is the quantity's own.</summary>
internal static class Quantities
{
    private const string Number = "[0-9][0-9_]*(\\.[0-9]+)?";
    private const string Time = Number + "(ps|ns|us|ms|s)";
    private const string Size = Number + "(B|KiB|MiB|GiB|TiB)";

    public static ValueKind Duration { get; } = new QuantityKind<Duration>(
        Simulator.Duration.TryParse, d => d.ToExactString(), "a duration", "8us", $"^{Time}$");

    public static ValueKind DataSize { get; } = new QuantityKind<DataSize>(
        Simulator.DataSize.TryParse, s => s.ToExactString(), "a size", "4KiB", $"^{Size}$");

    public static ValueKind Bandwidth { get; } = new QuantityKind<Bandwidth>(
        Simulator.Bandwidth.TryParse, b => b.ToExactString(), "a bandwidth", "120MiB/s", $"^{Number}(B|KiB|MiB|GiB)/s$");

    public static ValueKind Distribution { get; } = new QuantityKind<DurationDistribution>(
        DurationDistribution.TryParse, d => d.ToExactString(), "a duration or a distribution", "exponential(80us)",
        $"^({Time}|(exponential|uniform|lognormal|constant)\\(.*\\))$");

    public static ValueKind Split { get; } = new QuantityKind<BlockSizeSplit>(
        BlockSizeSplit.TryParse, s => s.ToExactString(), "sizes with shares", "4KiB/60:64KiB/40", $"^{Size}/[0-9]+(:{Size}/[0-9]+)*$");

    /// <summary>The shape that all quantities share.</summary>
    private delegate bool Parse<T>(string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error);

    private sealed class QuantityKind<T>(Parse<T> parse, Func<T, string> print, string noun, string example, string pattern) : ValueKind
        where T : notnull
    {
        public override string Noun => noun;

        public override string Example => example;

        public override IReadOnlyList<KeyValuePair<string, object>> Schema => [new("type", "string"), new("pattern", pattern)];

        public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
        {
            bool ok = parse(text, out T? parsed, out problem);
            value = ok ? parsed : null;
            return ok;
        }

        public override string Print(object value) => print((T)value);
    }
}
