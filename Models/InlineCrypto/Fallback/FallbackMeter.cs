using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Fallback;

/// <summary>What is measured about the fallback.</summary>
[KernelSource("block/blk-crypto-fallback.c", "blk_crypto_fallback_bio_prep", Version = "v6.18")]
internal sealed class FallbackMeter(LinuxKernel kernel)
{
    private readonly LinuxKernel _kernel = kernel;
    [NotState]
    private readonly LatencyHistogram _latency = new();   // of bios, from submission to end
    [NotState]
    private long _writes;
    [NotState]
    private long _reads;
    [NotState]
    private long _cpu;                                    // [ps] in the cipher

    public void OnBio(bool isWrite)
    {
        _writes += isWrite ? 1 : 0;
        _reads += isWrite ? 0 : 1;
    }

    public void OnCipher(Duration time) => _cpu += time.Picoseconds;

    public void OnEnd(Bio bio) => _latency.Record(_kernel.Simulation.Now - bio.SubmittedAt);

    public void Restart()
    {
        (_writes, _reads, _cpu) = (0, 0, 0);
        _latency.Reset();
    }

    public void AddMetrics(MetricList metrics)
    {
        metrics.Add(BlkCryptoFallback.Name + ".writes", _writes);
        metrics.Add(BlkCryptoFallback.Name + ".reads", _reads);
        metrics.AddTime(BlkCryptoFallback.Name + ".cpu_time", new Duration(_cpu));
        metrics.AddTimes(BlkCryptoFallback.Name + ".latency", _latency);
    }
}
