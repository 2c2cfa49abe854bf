using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>Collects what was measured under the names that <c>expect</c> uses; docs/metrics.md explains each.</summary>
internal static class MachineMetrics
{
    public static IReadOnlyList<Metric> Collect(Machine machine)
    {
        List<Metric> metrics = [];
        foreach (CaamCipher cipher in machine.Ciphers)
        {
            AddRing(metrics, cipher);
        }

        foreach (BlockDevice device in machine.Devices)
        {
            Add(metrics, device.Name + ".ios", device.Finished);
            Add(metrics, device.Name + ".in_flight.mean", device.InFlight.Mean);
            Add(metrics, device.Name + ".in_flight.max", device.InFlight.Max);
        }

        foreach (DmCryptTarget target in machine.Targets)
        {
            AddTarget(metrics, target);
        }

        foreach (IWorkload workload in machine.Workloads)
        {
            AddWorkload(metrics, workload);
        }

        AddTotals(metrics, machine);
        metrics.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return metrics;
    }

    private static void AddRing(List<Metric> metrics, CaamCipher cipher)
    {
        (string name, JobRingMeter meter) = (cipher.Name, cipher.Ring.Meter);
        Add(metrics, name + ".jobs", meter.Jobs);
        Add(metrics, name + ".bytes", meter.Bytes, "B");
        Add(metrics, name + ".utilization", meter.Utilization);
        Add(metrics, name + ".ring.mean", meter.Ring.Mean);
        Add(metrics, name + ".ring.max", meter.Ring.Max);
        Add(metrics, name + ".backlog.mean", meter.Backlog.Mean);
        Add(metrics, name + ".backlog.max", meter.Backlog.Max);
        Add(metrics, name + ".ebusy", cipher.Busy);
        Add(metrics, name + ".enospc", meter.NoSpace);
        Add(metrics, name + ".dropped", meter.Dropped);
        Add(metrics, name + ".interrupts", meter.Interrupts);
        if (cipher.Engine is { } engine)
        {
            Add(metrics, name + ".engine.queue.max", engine.LengthMax);
            Add(metrics, name + ".engine.retries", engine.Retries);
        }
    }

    private static void AddTarget(List<Metric> metrics, DmCryptTarget target)
    {
        DmCryptMeter meter = target.Meter;
        AddTimes(metrics, target.Name + ".conversion", meter.Conversions);
        Add(metrics, target.Name + ".conversions", meter.Writes + meter.Reads);
        Add(metrics, target.Name + ".restart.waits", meter.RestartWaits);
        Add(metrics, target.Name + ".kcryptd.active.max", target.Kcryptd.ActiveMax);
    }

    private static void AddWorkload(List<Metric> metrics, IWorkload workload)
    {
        (string name, LatencyHistogram latencies) = (workload.Name, workload.Latencies.Histogram);
        long picoseconds = workload.Latencies.MeasuredTime.Picoseconds;
        Add(metrics, name + ".ios", latencies.Count);
        Add(metrics, name + ".errors", workload.Errors);
        Add(metrics, name + ".iops", PerSecond(workload.Latencies.Ended, picoseconds), "/s");
        Add(metrics, name + ".bandwidth", PerSecond(workload.Latencies.EndedBytes, picoseconds), "B/s");
        AddTimes(metrics, name + ".latency", latencies);
    }

    private static void AddTimes(List<Metric> metrics, string name, LatencyHistogram times)
    {
        if (times.Count == 0)
        {
            return;
        }

        AddTime(metrics, name + ".min", times.Min.Picoseconds);
        metrics.Add(new Metric(name + ".mean", decimal.Round((decimal)times.MeanPicoseconds / 1000m, 3), "ns"));
        AddTime(metrics, name + ".p50", times.Quantile(0.5).Picoseconds);
        AddTime(metrics, name + ".p90", times.Quantile(0.9).Picoseconds);
        AddTime(metrics, name + ".p99", times.Quantile(0.99).Picoseconds);
        AddTime(metrics, name + ".p99.9", times.Quantile(0.999).Picoseconds);
        AddTime(metrics, name + ".max", times.Max.Picoseconds);
    }

    private static void AddTotals(List<Metric> metrics, Machine machine)
    {
        Add(metrics, "crypto.requests", machine.Ciphers.Sum(c => c.Submitted));
        Add(metrics, "crypto.ebusy", machine.Ciphers.Sum(c => c.Busy));
        double capacity = (double)Math.Max(1, machine.NowPicoseconds) * machine.Kernel.Cpus.Count;
        Add(metrics, "cpu.process", machine.Kernel.Cpus.TaskPicoseconds / capacity);
        Add(metrics, "cpu.interrupt", machine.Kernel.Cpus.InterruptPicoseconds / capacity);
    }

    private static double PerSecond(long count, long picoseconds) => picoseconds == 0 ? 0 : count / (picoseconds / 1e12);

    private static void AddTime(List<Metric> metrics, string name, long picoseconds) => metrics.Add(new Metric(name, picoseconds / 1000m, "ns"));

    private static void Add(List<Metric> metrics, string name, long value, string unit = "") => metrics.Add(new Metric(name, value, unit));

    private static void Add(List<Metric> metrics, string name, double value, string unit = "") =>
        metrics.Add(new Metric(name, decimal.Round((decimal)value, 6), unit));
}
