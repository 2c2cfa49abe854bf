using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Claims;

/// <summary>Reads and prints the numbers of claims, in the units of metrics.</summary>
internal static class ClaimNumbers
{
    /// <summary>Reads <c>1.5</c>, <c>10_000</c>, <c>2ms</c>, <c>64KiB</c>, <c>100MiB/s</c>.</summary>
    public static bool TryRead(string text, out ClaimNumber number, [NotNullWhen(false)] out string? problem)
    {
        bool bare = text.All(c => char.IsAsciiDigit(c) || c is '.' or '_');
        if (bare)
        {
            bool ok = double.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
            number = new ClaimNumber(value, "");
            problem = ok && value < 1e18 ? null : ok ? "is too large" : "is not a number";
            return problem is null;
        }

        if (text.EndsWith("/s", StringComparison.Ordinal))
        {
            bool ok = Bandwidth.TryParse(text, out Bandwidth rate, out problem);
            number = new ClaimNumber(rate.BytesPerSecond, "B/s");
            return ok;
        }

        if (text.EndsWith('B') || text.EndsWith('k') || text.EndsWith('K') || text.EndsWith('M') || text.EndsWith('G'))
        {
            bool ok = DataSize.TryParse(text, out DataSize size, out problem);
            number = new ClaimNumber(size.Bytes, "B");
            return ok;
        }

        bool isTime = Duration.TryParse(text, out Duration time, out problem);
        number = new ClaimNumber(time.Picoseconds / 1000.0, "ns");
        return isTime;
    }

    /// <summary>Three or four significant digits with the unit, for people.</summary>
    public static string Print(double value, string unit)
    {
        bool fits = Math.Abs(value) < 9e15;
        return unit switch
        {
            "ns" when fits => new Duration((long)Math.Round(value * 1000)).ToString(),
            "B" when fits => new DataSize((long)Math.Round(value)).ToString(),
            "B/s" when fits => new Bandwidth((long)Math.Round(value)).ToString(),
            _ => Plain(value) + unit,
        };
    }

    /// <summary>A number without unit: whole if it is, else four significant digits.</summary>
    public static string Plain(double value)
    {
        double size = Math.Abs(value);
        string format = value == Math.Round(value) || size >= 1000 ? "#,##0" : size >= 100 ? "0.#" : size >= 10 ? "0.##" : size >= 0.1 ? "0.###" : "G3";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
