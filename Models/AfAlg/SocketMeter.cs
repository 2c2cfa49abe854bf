using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>What is counted about the operation sockets of a workload, since the start of the run.</summary>
[KernelSource("crypto/algif_skcipher.c", "skcipher_recvmsg", Version = "v4.14", Rules = "AA-3 AA-10 AA-13 AA-C4")]
internal sealed class SocketMeter
{
    /// <summary>IOCBs that io_submit took, or reads.</summary>
    [field: NotState]
    public long Iocbs { get; set; }

    /// <summary>Reads refused with EBUSY because another areq was in flight.</summary>
    [field: NotState]
    public long Ebusy { get; set; }

    /// <summary>Reads refused because optmem_max was reached.</summary>
    [field: NotState]
    public long Enomem { get; set; }

    /// <summary>Requests that the driver refused; their data are gone.</summary>
    [field: NotState]
    public long Refused { get; set; }

    /// <summary>Reads that got less than they asked for.</summary>
    [field: NotState]
    public long Short { get; set; }

    /// <summary>Sleeps for room in the send buffer.</summary>
    [field: NotState]
    public long RoomWaits { get; set; }

    /// <summary>Sleeps for data.</summary>
    [field: NotState]
    public long DataWaits { get; set; }

    /// <summary>sendmsg() with ALG_SET_IV.</summary>
    [field: NotState]
    public long IvSets { get; set; }

    /// <summary>sendmsg() that was refused.</summary>
    [field: NotState]
    public long SendErrors { get; set; }

    /// <summary>Time in the queue of the IV's mutex, of those who had to wait.</summary>
    [field: NotState]
    public LatencyHistogram MutexWaits { get; } = new();

    /// <summary>Under the names of docs/metrics.md.</summary>
    public void AddMetrics(MetricList metrics, string name)
    {
        metrics.Add(name + ".iocbs", Iocbs);
        metrics.Add(name + ".ebusy", Ebusy);
        metrics.Add(name + ".enomem", Enomem);
        metrics.Add(name + ".refused", Refused);
        metrics.Add(name + ".short_reads", Short);
        metrics.Add(name + ".sndbuf.waits", RoomWaits);
        metrics.Add(name + ".data.waits", DataWaits);
        metrics.Add(name + ".iv_sets", IvSets);
        metrics.Add(name + ".send_errors", SendErrors);
        metrics.Add(name + ".ivlock.waits", MutexWaits.Count);
        metrics.AddTimes(name + ".ivlock.waited", MutexWaits);
    }
}
