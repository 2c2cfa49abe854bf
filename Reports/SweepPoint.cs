using System.Globalization;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports;

/// <summary>One combination of sweep coordinates.</summary>
public sealed class SweepPoint
{
    /// <summary>The point at <paramref name="coordinates"/>.</summary>
    public SweepPoint(IReadOnlyList<KeyValuePair<string, string>> coordinates)
    {
        Coordinates = coordinates;
        Label = string.Join(", ", coordinates.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    /// <summary>Path and value of each swept setting, in the scenario's order; empty without a sweep.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Coordinates { get; }

    /// <summary><c>randwrite.iodepth=32</c>; empty without a sweep.</summary>
    public string Label { get; }

    /// <summary>The point of a record.</summary>
    public static SweepPoint Of(RunRecord record) => new(record.Identity.Point);

    /// <summary>The value at <paramref name="axis"/> as the scenario spells it; empty if the point has none.</summary>
    public string this[string axis] => Coordinates.FirstOrDefault(pair => pair.Key == axis).Value ?? "";

    /// <summary>The number that <paramref name="text"/> starts with, or null: the place on an axis.</summary>
    public static double? Number(string text)
    {
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or '_'))
        {
            end++;
        }

        string digits = text[..end].Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) ? number : null;
    }
}
