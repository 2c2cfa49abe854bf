using System.Globalization;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports.Tables;

/// <summary>What a number means, and so how it is written.</summary>
public enum ValueKind
{
    /// <summary>[ps] A length of virtual time.</summary>
    Duration,

    /// <summary>[1/s] Things per second.</summary>
    Rate,

    /// <summary>[B/s] Shown in MiB/s.</summary>
    Bandwidth,

    /// <summary>[1] Share of time, 0..1; shown in percent.</summary>
    Share,

    /// <summary>[1] A number of things.</summary>
    Count,
}

/// <summary>Numbers for people: three significant digits and a unit.</summary>
public static class ValueText
{
    private static readonly (string Unit, double Picoseconds)[] Units = [("s", 1e12), ("ms", 1e9), ("µs", 1e6), ("ns", 1e3), ("ps", 1)];

    /// <summary><paramref name="value"/> as its <paramref name="kind"/> is written.</summary>
    public static string Of(ValueKind kind, double value) => kind switch
    {
        ValueKind.Duration => Duration(value),
        ValueKind.Rate => Grouped(value),
        ValueKind.Bandwidth => Digits(value / (1 << 20)),
        ValueKind.Share => Percent(value),
        _ => Grouped(value),
    };

    /// <summary>A length of time: <c>29.4 µs</c>, <c>3.41 ms</c>.</summary>
    /// <param name="picoseconds">[ps]</param>
    public static string Duration(double picoseconds)
    {
        if (picoseconds == 0)
        {
            return "0 µs";
        }

        int index = Array.FindIndex(Units, one => Math.Abs(picoseconds) >= one.Picoseconds * 0.9995);
        (string unit, double factor) = Units[index < 0 ? ^1 : index];
        return Digits(picoseconds / factor) + " " + unit;
    }

    /// <summary>A length of time on an axis, without needless zeros: <c>10 µs</c>, <c>2.5 ms</c>.</summary>
    public static string Tick(double picoseconds)
    {
        if (picoseconds == 0)
        {
            return "0";
        }

        int index = Array.FindIndex(Units, one => Math.Abs(picoseconds) >= one.Picoseconds * 0.9995);
        (string unit, double factor) = Units[index < 0 ? ^1 : index];
        return (picoseconds / factor).ToString("0.###", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>Three significant digits: <c>1.5</c> is <c>1.50</c>, <c>332.4</c> is <c>332</c>.</summary>
    public static string Digits(double value)
    {
        double size = Math.Abs(value);
        string pattern = size switch
        {
            >= 99.95 => "#,0",
            >= 9.995 => "0.0",
            >= 0.9995 => "0.00",
            0 => "0",
            >= 0.09995 => "0.000",
            >= 0.009995 => "0.0000",
            >= 0.0009995 => "0.00000",
            _ => "0.00e+0",
        };
        return value.ToString(pattern, CultureInfo.InvariantCulture);
    }

    /// <summary>A size in the largest unit that keeps it short: <c>4 KiB</c>.</summary>
    /// <param name="bytes">[B]</param>
    public static string Size(long bytes)
    {
        string exact = new Simulator.DataSize(bytes).ToExactString();
        int unit = exact.IndexOfAny(['B', 'K', 'M', 'G', 'T']);
        return exact[..unit] + " " + exact[unit..];
    }

    /// <summary>How many times larger: <c>11.3×</c>.</summary>
    public static string Ratio(double ratio) => Digits(ratio) + "×";

    /// <summary>A ratio with its 95 % interval: <c>11.3× [11.1, 11.5]</c>.</summary>
    public static string Ratio(ConfidenceInterval ratio) =>
        ratio.HasInterval ? $"{Ratio(ratio.Mean)} [{Digits(ratio.Low)}, {Digits(ratio.High)}]" : Ratio(ratio.Mean);

    /// <summary>A hash as it stands in every output: 16 hexadecimal digits.</summary>
    public static string Fingerprint(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    private static string Percent(double share) => Digits(share * 100) + " %";

    private static string Grouped(double value) =>
        value == Math.Round(value) || Math.Abs(value) >= 999.5 ? value.ToString("#,0", CultureInfo.InvariantCulture) : Digits(value);
}
