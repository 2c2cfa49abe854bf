using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.BlkMq;

/// <summary>Latency of the bios of a request queue by class: not encrypted, key found in a slot, key programmed for it.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_end_request", Version = "v6.18")]
internal sealed class RequestMeter(LinuxKernel kernel, string name)
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly string _name = name;
    [NotState]
    private readonly LatencyHistogram _plain = new();
    [NotState]
    private readonly LatencyHistogram _hit = new();
    [NotState]
    private readonly LatencyHistogram _miss = new();

    /// <summary>A bio ends: from its submission until now.</summary>
    public void OnBioEnd(Bio bio)
    {
        if (bio.IsCryptedByCpu)
        {
            return;   // neither plain nor encrypted by the device: the fallback's meter has it
        }

        LatencyHistogram of = bio.Crypt is null ? _plain : bio.Keyslot?.IsHit ?? bio.Request?.IsHit ?? true ? _hit : _miss;
        of.Record(_kernel.Simulation.Now - bio.SubmittedAt);
    }

    public void Restart()
    {
        _plain.Reset();
        _hit.Reset();
        _miss.Reset();
    }

    public void AddMetrics(MetricList metrics)
    {
        metrics.AddTimes(_name + ".latency.plain", _plain);
        metrics.AddTimes(_name + ".latency.hit", _hit);
        metrics.AddTimes(_name + ".latency.miss", _miss);
    }
}
