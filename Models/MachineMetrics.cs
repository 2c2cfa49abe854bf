using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Recording;
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
            device.AddMetrics(metrics, machine.MeasuredTime);
        }

        machine.Fallback?.AddMetrics(metrics, machine.MeasuredTime);

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
        metrics.Add(target.Name + ".pages.max", target.Pages.InUseMax);
        metrics.Add(target.Name + ".writer.batch.max", target.Writer.BatchMax);
        metrics.Add(target.Name + ".writer.missorted", target.Writer.Missorted);
        metrics.AddTime(target.Name + ".writer.stretch.max", target.Writer.StretchMax);
        if (target.Settings.HasFragments)
        {
            metrics.Add(target.Name + ".clones", target.ClonesAllocated);
        }

        AddHops(metrics, target.Name + ".hops.write", meter.WriteHops);
        AddHops(metrics, target.Name + ".hops.read", meter.ReadHops);
    }

    private static void AddHops(MetricList metrics, string name, HopCount hops)
    {
        if (hops.Bios > 0)
        {
            metrics.Add(name + ".mean", hops.Mean);
            metrics.Add(name + ".max", hops.Max);
        }
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
        workload.AddMetrics(metrics);
        if (workload.Latencies.HasStages)
        {
            AddStages(metrics, name + ".stage.", workload.Latencies);
        }
    }

    /// <summary>Means are rounded so that their sum is the mean of the latency, rounded: each is the difference of two rounded sums.</summary>
    private static void AddStages(MetricList metrics, string name, LatencyRecorder latencies)
    {
        BioStage[] stages = Enum.GetValues<BioStage>();
        Int128[] totals = [.. stages.Select(latencies.TotalOf)];
        Int128 all = totals.Aggregate((sum, total) => sum + total);
        Int128 before = 0;
        for (int i = 0; i < stages.Length; i++)
        {
            string stage = name + stages[i].MetricWord();
            metrics.AddTime(stage + ".mean", Mean(before + totals[i], latencies.Histogram.Count) - Mean(before, latencies.Histogram.Count));
            metrics.Add(stage + ".share", all == 0 ? 0.0 : (double)totals[i] / (double)all);
            before += totals[i];
        }
    }

    private static Duration Mean(Int128 picoseconds, long count) => new((long)((picoseconds + (count / 2)) / count));

    private static void AddTotals(MetricList metrics, Machine machine)
    {
        metrics.Add("crypto.requests", machine.Ciphers.Sum(c => c.Submitted));
        metrics.Add("crypto.ebusy", machine.Ciphers.Sum(c => c.Busy));
        double capacity = (double)Math.Max(1, machine.NowPicoseconds) * machine.Kernel.Cpus.Count;
        metrics.Add("cpu.process", machine.Kernel.Cpus.TaskPicoseconds / capacity);
        metrics.Add("cpu.interrupt", machine.Kernel.Cpus.InterruptPicoseconds / capacity);
        metrics.Add("cpu.busy", (machine.Kernel.Cpus.TaskPicoseconds + machine.Kernel.Cpus.InterruptPicoseconds) / capacity);
        if (machine.Kernel.Cpus.IsLoaded)
        {
            metrics.Add("cpu.load", machine.Kernel.Cpus.LoadPicoseconds / capacity);
        }
    }

    private static double PerSecond(long count, long picoseconds) => picoseconds == 0 ? 0 : count / (picoseconds / 1e12);
}
