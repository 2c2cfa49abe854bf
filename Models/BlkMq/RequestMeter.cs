using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>What is measured about a request queue: the latency of its bios by class (not encrypted, key found in a slot, key programmed for it), its merges and its hardware queues.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_end_request", Version = "v6.18")]
internal sealed class RequestMeter(LinuxKernel kernel, RequestQueue queue)
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly RequestQueue _queue = queue;
    [NotState]
    private readonly LatencyHistogram _plain = new();
    [NotState]
    private readonly LatencyHistogram _hit = new();
    [NotState]
    private readonly LatencyHistogram _miss = new();

    /// <summary>Merges.</summary>
    public MergeMeter Merges { get; } = new();

    /// <summary>A bio ends: from its submission until now.</summary>
    /// <param name="bio">It.</param>
    /// <param name="request">That it was part of; null if it never became one.</param>
    public void OnBioEnd(Bio bio, Request? request)
    {
        if (bio.IsCryptedByCpu)
        {
            return;   // neither plain nor encrypted by the device: the fallback's meter has it
        }

        LatencyHistogram of = bio.Crypt is null ? _plain : IsHit(bio, request) ? _hit : _miss;
        of.Record(_kernel.Simulation.Now - bio.SubmittedAt);
    }

    public void Restart()
    {
        _plain.Reset();
        _hit.Reset();
        _miss.Reset();
        Merges.Restart();
        foreach (HardwareContext context in _queue.Contexts)
        {
            context.Meter.Restart();
        }
    }

    /// <summary>What was measured, under the device's name.</summary>
    /// <param name="metrics">Where it goes.</param>
    /// <param name="measured">Virtual time over which it was measured.</param>
    public void AddMetrics(MetricList metrics, Duration measured)
    {
        metrics.AddTimes(_queue.Name + ".latency.plain", _plain);
        metrics.AddTimes(_queue.Name + ".latency.hit", _hit);
        metrics.AddTimes(_queue.Name + ".latency.miss", _miss);
        Merges.AddMetrics(metrics, _queue.Name);
        AddHardwareQueues(metrics, _queue.Name + ".hctx.", Math.Max(1, measured.Picoseconds));
    }

    private static bool IsHit(Bio bio, Request? request) => bio.Keyslot is { } own ? own.IsHit : request?.IsHit ?? true;

    private void AddHardwareQueues(MetricList metrics, string name, long measured)
    {
        (Duration stalled, Duration tagIdle) = (Duration.Zero, Duration.Zero);
        (long stalls, long delayed, long busy, double busyMean) = (0, 0, 0, 0);
        foreach (HardwareContext context in _queue.Contexts)
        {
            HctxMeter meter = context.Meter;
            stalled += meter.Stalled;
            tagIdle += meter.TagIdle;
            stalls += meter.Stalls;
            delayed += meter.DelayedRuns;
            busy = Math.Max(busy, meter.DispatchBusyMax);
            busyMean += meter.DispatchBusyMean / _queue.Contexts.Count;
        }

        metrics.Add(name + "stalls", stalls);
        metrics.AddTime(name + "stalled.total", stalled);
        metrics.Add(name + "stalled.share", (double)stalled.Picoseconds / measured / _queue.Contexts.Count);
        metrics.Add(name + "delayed_runs", delayed);
        metrics.Add(name + "dispatch_busy.mean", busyMean);
        metrics.Add(name + "dispatch_busy.max", busy);
        metrics.AddTime(name + "tags.held_idle.total", tagIdle);
        metrics.Add(name + "tags.held_idle.mean", (double)tagIdle.Picoseconds / measured);
    }
}
