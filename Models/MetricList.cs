using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>Metrics under the names that <c>expect</c> uses; docs/metrics.md explains each.</summary>
public sealed class MetricList
{
    private readonly List<Metric> _metrics = [];

    /// <summary>Adds a count.</summary>
    /// <param name="name">Dotted, snake_case, begins with the part's name.</param>
    /// <param name="value">The count.</param>
    /// <param name="unit">Its unit; empty for a pure number.</param>
    public void Add(string name, long value, string unit = "") => _metrics.Add(new Metric(name, value, unit));

    /// <summary>Adds a measure, rounded to six decimals.</summary>
    /// <param name="name">Dotted, snake_case, begins with the part's name.</param>
    /// <param name="value">The measure.</param>
    /// <param name="unit">Its unit; empty for a pure number.</param>
    public void Add(string name, double value, string unit = "") => _metrics.Add(new Metric(name, decimal.Round((decimal)value, 6), unit));

    /// <summary>Adds minimum, mean, quantiles and maximum of times, in ns; nothing if there were none.</summary>
    public void AddTimes(string name, LatencyHistogram times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0)
        {
            return;
        }

        AddTime(name + ".min", times.Min);
        _metrics.Add(new Metric(name + ".mean", decimal.Round((decimal)times.MeanPicoseconds / 1000m, 3), "ns"));
        AddTime(name + ".p50", times.Quantile(0.5));
        AddTime(name + ".p90", times.Quantile(0.9));
        AddTime(name + ".p99", times.Quantile(0.99));
        AddTime(name + ".p99.9", times.Quantile(0.999));
        AddTime(name + ".max", times.Max);
    }

    /// <summary>Adds a time, in ns.</summary>
    public void AddTime(string name, Duration time) => _metrics.Add(new Metric(name, time.Picoseconds / 1000m, "ns"));

    /// <summary>All of them, sorted.</summary>
    internal IReadOnlyList<Metric> InOrderOfName()
    {
        _metrics.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return _metrics;
    }
}
