namespace CryptoSim.Reports.Validation;

/// <summary>Brings metrics, which are in ns, B, B/s and per second, into the unit of a row.</summary>
internal static class RowUnit
{
    private static readonly (string Metric, string Row, double Size)[] Known =
    [
        ("B/s", "B/s", 1), ("B/s", "KB/s", 1e3), ("B/s", "MB/s", 1e6), ("B/s", "GB/s", 1e9), ("B/s", "KiB/s", 1 << 10), ("B/s", "MiB/s", 1 << 20), ("B/s", "GiB/s", 1 << 30),
        ("ns", "ns", 1), ("ns", "us", 1e3), ("ns", "ms", 1e6), ("ns", "s", 1e9),
        ("/s", "/s", 1), ("/s", "IOPS", 1), ("/s", "kIOPS", 1e3),
        ("B", "B", 1), ("B", "KiB", 1 << 10), ("B", "MiB", 1 << 20),
        ("", "", 1), ("", "%", 0.01),
    ];

    /// <summary>A metric in the unit of a row.</summary>
    /// <param name="value">The metric.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="row">The row; one with a factor may have any unit.</param>
    /// <param name="problem">Why it cannot be; null if it can.</param>
    public static double Convert(double value, string unit, PublishedRow row, out string? problem)
    {
        problem = null;
        if (row.Factor is { } factor)
        {
            return value * factor;
        }

        foreach ((string metric, string name, double size) in Known)
        {
            if (metric == unit && name == row.Unit)
            {
                return value / size;
            }
        }

        string[] units = [.. Known.Where(one => one.Metric == unit && one.Row.Length > 0).Select(one => one.Row)];
        string said = row.Unit.Length > 0 ? $"the unit '{row.Unit}'" : "no unit";
        problem = units.Length > 0
            ? $"the metric is in {string.Join(" or ", units)}; the row has {said}"
            : $"the metric is in '{unit}', which needs a factor; the row has {said}";
        return 0;
    }
}
