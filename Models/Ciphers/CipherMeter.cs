using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>What is measured about a software cipher since the end of the warm-up.</summary>
[KernelSource("crypto/skcipher.c", "crypto_skcipher_encrypt", Version = "v6.18", Rules = "DM-C1")]
public sealed class CipherMeter
{
    /// <summary>Requests done.</summary>
    [field: NotState]
    public long Calls { get; private set; }

    /// <summary>[B] Their data.</summary>
    [field: NotState]
    public long Bytes { get; private set; }

    /// <summary>[ps] CPU time that callers spent on them.</summary>
    [field: NotState]
    public long Picoseconds { get; private set; }

    /// <summary>Counts a request.</summary>
    public void Called(DataSize length, Duration time)
    {
        Calls++;
        Bytes += length.Bytes;
        Picoseconds += time.Picoseconds;
    }

    /// <summary>Forgets what was counted.</summary>
    public void Restart() => (Calls, Bytes, Picoseconds) = (0, 0, 0);

    /// <summary>Adds the counts under the name of a device.</summary>
    public void AddTo(MetricList metrics, string name)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        metrics.Add(name + ".calls", Calls);
        metrics.Add(name + ".bytes", Bytes, "B");
        metrics.AddTime(name + ".cpu_time", new Duration(Picoseconds));
    }
}
