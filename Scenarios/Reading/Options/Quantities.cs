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

    public static ValueKind Duration { get; } = new QuantityKind(
        (string text, out string? problem) => Simulator.Duration.TryParse(text, out Duration value, out problem) ? value : null,
        v => ((Duration)v).ToExactString(), "a duration", "8us", $"^{Time}$");

    public static ValueKind DataSize { get; } = new QuantityKind(
        (string text, out string? problem) => Simulator.DataSize.TryParse(text, out DataSize value, out problem) ? value : null,
        v => ((DataSize)v).ToExactString(), "a size", "4KiB", $"^{Size}$");

    public static ValueKind Bandwidth { get; } = new QuantityKind(
        (string text, out string? problem) => Simulator.Bandwidth.TryParse(text, out Bandwidth value, out problem) ? value : null,
        v => ((Bandwidth)v).ToExactString(), "a bandwidth", "120MiB/s", $"^{Number}(B|KiB|MiB|GiB)/s$");

    public static ValueKind Distribution { get; } = new QuantityKind(
        (string text, out string? problem) => DurationDistribution.TryParse(text, out DurationDistribution? value, out problem) ? value : null,
        v => ((DurationDistribution)v).ToExactString(), "a duration or a distribution", "exponential(80us)",
        $"^({Time}|(exponential|uniform|lognormal|constant)\\(.*\\))$");

    public static ValueKind Split { get; } = new QuantityKind(
        (string text, out string? problem) => BlockSizeSplit.TryParse(text, out BlockSizeSplit? value, out problem) ? value : null,
        v => ((BlockSizeSplit)v).ToExactString(), "sizes with shares", "4KiB/60:64KiB/40", $"^{Size}/[0-9]+(:{Size}/[0-9]+)*$");

    /// <summary>The shape that all quantities share. It boxes, so that no code is generated for each of them when a run starts.</summary>
    private delegate object? Read(string text, out string? problem);

    private sealed class QuantityKind(Read read, Func<object, string> print, string noun, string example, string pattern) : ValueKind
    {
        public override string Noun => noun;

        public override string Example => example;

        public override IReadOnlyList<KeyValuePair<string, object>> Schema => [new("type", "string"), new("pattern", pattern)];

        public override bool TryRead(string text, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? problem)
        {
            value = read(text, out problem);
            problem ??= value is null ? "is not " + noun : null;
            return value is not null;
        }

        public override string Print(object value) => print(value);
    }
}
