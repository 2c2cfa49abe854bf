using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A driver that keeps its requests in a crypto_queue and runs one at a time: sahara, omap-aes, atmel-aes, mxs-dcp, img-hash, mv_cesa.</summary>
[Model("crypto-queue-driver")]
[KernelSource("crypto/algapi.c", "crypto_enqueue_request, crypto_get_backlog, crypto_dequeue_request", Version = "v4.1", Rules = "DM-Q5 DM-P5 DM-P9 DM-P10")]
public sealed record CryptoQueueDriverOptions : AcceleratorOptions
{
    /// <summary>Whose limits, runner and mistakes they are.</summary>
    public required QueueingDriver Driver { get; init; }

    /// <summary>max_qlen: from so many requests on the answer is EBUSY, or a refusal without MAY_BACKLOG.</summary>
    [Range(1, 65535)]
    [DefaultFrom("sahara and omap-aes 1 (DM-P5), mv_cesa 50 (DM-P9), atmel-aes and mxs-dcp 50, img-hash 20 (DM-P10)")]
    public int? MaxQlen { get; init; }

    /// <summary>What the submitter hears of the queue's answer.</summary>
    [ByKernel]
    [DefaultFrom("mxs-dcp up to 4.1 always-in-progress (DM-B20), everybody else as-queued")]
    public EnqueueAnswer? Answer { get; init; }

    /// <summary>How the driver's kthread goes to sleep; a driver that runs from a tasklet has none.</summary>
    [ByKernel]
    [DefaultFrom("sahara and mxs-dcp up to 4.1 mutex-after-state (DM-B21), else state-test-sleep")]
    public ThreadWait? Wait { get; init; }

    /// <summary>Time for which a submitter holds the mutex of the queue, under wait: mutex-after-state.</summary>
    [DefaultFrom("assumed: an instant; a thread that comes for the mutex just then is found by exploration and not by a run")]
    public Duration LockHold { get; init; }

    /// <summary>From waking the driver's kthread until it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        QueueProfile profile = QueueProfile.Of(Driver);
        return profile.HasThread ? new CryptoQueueThreadDriver(parts, this, profile) : new CryptoQueueTaskletDriver(parts, this, profile);
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        foreach (OptionProblem problem in base.FindProblems(name, cpus))
        {
            yield return problem;
        }

        if (Wait is not null && !QueueProfile.Of(Driver).HasThread)
        {
            yield return new OptionProblem(name + ".wait", "is set, but the driver runs its queue from a tasklet and has no kthread that waits");
        }
    }
}

/// <summary>A driver with a crypto_queue.</summary>
public enum QueueingDriver
{
    /// <summary>sahara: max_qlen 1, a kthread.</summary>
    [KernelSource("drivers/crypto/sahara.c", "sahara_aes_crypt, sahara_queue_manage", Version = "v4.1", Rules = "DM-P5 DM-B21")]
    Sahara,

    /// <summary>omap-aes: max_qlen 1, started from the submission or the tasklet.</summary>
    [KernelSource("drivers/crypto/omap-aes.c", "omap_aes_handle_queue", Version = "v4.1", Rules = "DM-P5")]
    OmapAes,

    /// <summary>atmel-aes: max_qlen 50, started from the submission or the tasklet.</summary>
    [KernelSource("drivers/crypto/atmel-aes.c", "atmel_aes_handle_queue", Version = "v4.1", Rules = "DM-P10")]
    AtmelAes,

    /// <summary>mxs-dcp: max_qlen 50, a kthread.</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "mxs_dcp_aes_enqueue, dcp_chan_thread_aes", Version = "v4.1", Rules = "DM-P10 DM-B20 DM-B21")]
    MxsDcp,

    /// <summary>img-hash: max_qlen 20, started from the submission or the tasklet.</summary>
    [KernelSource("drivers/crypto/img-hash.c", "img_hash_handle_queue", Version = "v6.18", Rules = "DM-P10")]
    ImgHash,

    /// <summary>mv_cesa: max_qlen 50, a kthread.</summary>
    [Word("mv_cesa")]
    [KernelSource("drivers/crypto/mv_cesa.c", "mv_handle_req, queue_manag", Version = "v4.1", Rules = "DM-P9")]
    MvCesa,
}

/// <summary>What a submitter hears of the answer of crypto_enqueue_request.</summary>
public enum EnqueueAnswer
{
    /// <summary>What the queue answered.</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "mxs_dcp_aes_enqueue", Version = "v6.18", Rules = "DM-C1")]
    AsQueued,

    /// <summary>EINPROGRESS whatever the queue answered: a refused request is lost, and a backlogged one is called back with an EINPROGRESS that nobody expects.</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "mxs_dcp_aes_enqueue", Version = "v4.1", Rules = "DM-B20 DM-C1 DM-C5")]
    AlwaysInProgress,
}

/// <summary>How a driver's kthread goes to sleep (DM-X7).</summary>
public enum ThreadWait
{
    /// <summary>TASK_INTERRUPTIBLE, then the look at the queue under a spinlock, then schedule(); TASK_RUNNING before any work.</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "dcp_chan_thread_aes", Commit = "d80771c08363", Rules = "DM-X7")]
    StateTestSleep,

    /// <summary>TASK_INTERRUPTIBLE, then a mutex for the look at the queue: who sleeps for it is TASK_RUNNING again before schedule().</summary>
    [KernelSource("drivers/crypto/mxs-dcp.c", "dcp_chan_thread_aes", Version = "v4.1", Rules = "DM-X7 DM-B21")]
    [KernelSource("drivers/crypto/sahara.c", "sahara_queue_manage", Version = "v4.1", Rules = "DM-X7 DM-B21")]
    MutexAfterState,
}
