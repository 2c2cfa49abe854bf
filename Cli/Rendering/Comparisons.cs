using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>Measured values in the cells of a terminal's table.</summary>
internal static class Comparisons
{
    /// <summary>The mean over the runs of a point, with half its 95 % interval if there are several; a dash if nothing was measured.</summary>
    public static string Cell(Measure measure, IReadOnlyList<RunRecord> runs)
    {
        double[] values = [.. runs.Select(measure.Of).OfType<double>()];
        return values.Length == 0 ? "-" : Cell(measure.Kind, ConfidenceInterval.Of(values));
    }

    /// <summary>A mean with half its 95 % interval: <c>341us ± 2.1us</c>.</summary>
    public static string Cell(ValueKind kind, ConfidenceInterval? cell) => cell switch
    {
        null => "-",
        { HasInterval: true } value => $"{Value(kind, value.Mean)} ± {Value(kind, (value.High - value.Low) / 2)}",
        { } value => Value(kind, value.Mean),
    };

    /// <summary>A ratio with its paired 95 % interval: <c>1.83 (1.79 to 1.88)</c>.</summary>
    public static string Ratio(ConfidenceInterval? ratio) => ratio switch
    {
        null => "-",
        { HasInterval: true } value => $"{ValueText.Digits(value.Mean)} ({ValueText.Digits(value.Low)} to {ValueText.Digits(value.High)})",
        { } value => ValueText.Digits(value.Mean),
    };

    /// <summary>A value in the spelling of scenarios: durations as <c>341us</c>.</summary>
    public static string Value(ValueKind kind, double value) =>
        kind == ValueKind.Duration ? new Duration((long)Math.Round(value)).ToString() : ValueText.Of(kind, value);
}
