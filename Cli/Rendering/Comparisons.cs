using System.Globalization;
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

    /// <summary>A mean with half its 95 % interval in the same unit and to the same decimal: <c>2.05 ± 0.01ms</c>.</summary>
    public static string Cell(ValueKind kind, ConfidenceInterval? cell)
    {
        if (cell is not { } value)
        {
            return "-";
        }

        string mean = Value(kind, value.Mean);
        if (!value.HasInterval)
        {
            return mean;
        }

        int digits = mean.Length;
        while (digits > 0 && !char.IsAsciiDigit(mean[digits - 1]))
        {
            digits--;
        }

        string half = Half(mean[..digits], value.Mean, (value.High - value.Low) / 2);
        return $"{mean[..digits]} ± {half}{mean[digits..]}";
    }

    /// <summary>A ratio with its paired 95 % interval: <c>1.83 (1.79 to 1.88)</c>.</summary>
    public static string Ratio(ConfidenceInterval? ratio) => ratio switch
    {
        null => "-",
        { HasInterval: true } value => $"{ValueText.Digits(value.Mean)} ({ValueText.Digits(value.Low)} to {ValueText.Digits(value.High)})",
        { } value => ValueText.Digits(value.Mean),
    };

    /// <summary>A value in the spelling of scenarios: durations as <c>341us</c>; always three significant digits, so that columns are even.</summary>
    public static string Value(ValueKind kind, double value) =>
        kind == ValueKind.Duration ? ValueText.Duration(value).Replace(" ", "", StringComparison.Ordinal).Replace('µ', 'u') : ValueText.Of(kind, value);

    /// <summary>Half an interval, written like the number before it.</summary>
    /// <param name="number">The mean as it is written, without its unit.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="half">In the unit of the mean.</param>
    private static string Half(string number, double mean, double half)
    {
        double shown = double.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture);
        double scaled = mean == 0 ? half : half * (shown / mean);
        int point = number.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : number.Length - point - 1;
        return scaled.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
