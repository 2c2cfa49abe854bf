using System.Globalization;
using CryptoSim.Simulator;

namespace CryptoSim.Cli.Rendering;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    private static readonly (decimal Factor, string Unit)[] TimeUnits =
        [(1_000_000_000_000m, "s"), (1_000_000_000m, "ms"), (1_000_000m, "us"), (1_000m, "ns"), (1m, "ps")];

    /// <summary>An instant on the virtual clock with three decimals of its unit: <c>2.118ms</c>.</summary>
    public static string Instant(long picoseconds)
    {
        foreach ((decimal factor, string unit) in TimeUnits)
        {
            if (picoseconds >= factor)
            {
                return (picoseconds / factor).ToString("0.###", CultureInfo.InvariantCulture) + unit;
            }
        }

        return "0ns";
    }

    /// <summary>A fingerprint: 16 hexadecimal digits.</summary>
    public static string Fingerprint(ulong fingerprint) => fingerprint.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A count with commas between thousands: <c>1,234,567</c>.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Seconds on the wall clock: <c>0.03 s</c>, <c>12 s</c>, <c>2 min 05 s</c>.</summary>
    public static string Wall(double seconds) => seconds switch
    {
        < 9.995 => seconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        < 59.5 => seconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        _ => Minutes((long)Math.Round(seconds)),
    };

    /// <summary>A measured value with three significant digits and its unit: <c>341us</c>, <c>12.3k/s</c>, <c>48.2MiB/s</c>.</summary>
    public static string Measured(double value, string unit) => unit switch
    {
        "ns" => new Duration((long)Math.Round(value * 1000)).ToString(),
        "B/s" => Binary(value) + "/s",
        "B" => Binary(value),
        "/s" => Digits(value) + "/s",
        _ => Digits(value),
    };

    /// <summary>Three significant digits; whole numbers keep all of theirs.</summary>
    public static string Digits(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return "-";
        }

        double size = Math.Abs(value);
        string format = value == Math.Floor(value) || size >= 100 ? "#,0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : "0.###";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Binary(double bytes)
    {
        (double factor, string unit) = Math.Abs(bytes) switch
        {
            >= 1L << 30 => (1L << 30, "GiB"),
            >= 1L << 20 => (1L << 20, "MiB"),
            >= 1L << 10 => (1L << 10, "KiB"),
            _ => (1.0, "B"),
        };
        return Digits(bytes / factor) + unit;
    }

    private static string Minutes(long seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s");
}
