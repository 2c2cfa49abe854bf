using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
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
        MetricList metrics = new();
        foreach (CryptoProvider cipher in machine.Ciphers)
        {
            cipher.AddMetrics(metrics);
        }

        foreach (BlockDevice device in machine.Devices)
        {
            metrics.Add(device.Name + ".ios", device.Finished);
            metrics.Add(device.Name + ".in_flight.mean", device.InFlight.Mean);
            metrics.Add(device.Name + ".in_flight.max", device.InFlight.Max);
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
        return metrics.InOrderOfName();
    }

    private static void AddTarget(MetricList metrics, DmCryptTarget target)
    {
        DmCryptMeter meter = target.Meter;
        metrics.AddTimes(target.Name + ".conversion", meter.Conversions);
        metrics.Add(target.Name + ".conversions", meter.Writes + meter.Reads);
        metrics.Add(target.Name + ".restart.waits", meter.RestartWaits);
        metrics.Add(target.Name + ".kcryptd.active.max", target.Kcryptd.ActiveMax);
    }

    private static void AddWorkload(MetricList metrics, IWorkload workload)
    {
        (string name, LatencyHistogram latencies) = (workload.Name, workload.Latencies.Histogram);
        long picoseconds = workload.Latencies.MeasuredTime.Picoseconds;
        metrics.Add(name + ".ios", latencies.Count);
        metrics.Add(name + ".errors", workload.Errors);
        metrics.Add(name + ".iops", PerSecond(workload.Latencies.Ended, picoseconds), "/s");
        metrics.Add(name + ".bandwidth", PerSecond(workload.Latencies.EndedBytes, picoseconds), "B/s");
        metrics.AddTimes(name + ".latency", latencies);
    }

    private static void AddTotals(MetricList metrics, Machine machine)
    {
        metrics.Add("crypto.requests", machine.Ciphers.Sum(c => c.Submitted));
        metrics.Add("crypto.ebusy", machine.Ciphers.Sum(c => c.Busy));
        double capacity = (double)Math.Max(1, machine.NowPicoseconds) * machine.Kernel.Cpus.Count;
        metrics.Add("cpu.process", machine.Kernel.Cpus.TaskPicoseconds / capacity);
        metrics.Add("cpu.interrupt", machine.Kernel.Cpus.InterruptPicoseconds / capacity);
        if (machine.Kernel.Cpus.IsLoaded)
        {
            metrics.Add("cpu.load", machine.Kernel.Cpus.LoadPicoseconds / capacity);
        }
    }

    private static double PerSecond(long count, long picoseconds) => picoseconds == 0 ? 0 : count / (picoseconds / 1e12);
}
