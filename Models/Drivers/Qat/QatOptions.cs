using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A crypto instance of Intel QuickAssist: a request ring that counts messages in flight, and what the driver does with a request that finds it full.</summary>
[Model("qat")]
[KernelSource("drivers/crypto/intel/qat/qat_common/qat_algs_send.c", "qat_alg_send_message, qat_alg_send_backlog", Version = "v6.6", Rules = "DM-P6 DM-B10 DM-B11")]
public sealed record QatOptions : AcceleratorOptions
{
    /// <summary>Messages that the request ring takes at most.</summary>
    [Range(1, 65535)]
    [DefaultFrom("assumed: ring sizes of qat were not researched; as many as a CAAM ring has entries (DM-J3)")]
    public int Ring { get; init; } = 511;

    /// <summary>The ring is nearly full, and requests with MAY_BACKLOG go to the backlog, while more than so many messages are in flight.</summary>
    [Range(0, 65534)]
    [DefaultFrom("assumed: the watermark's value was not researched; nine tenths of the ring, and less than the ring")]
    public int? NearlyFull { get; init; }

    /// <summary>What becomes of a request with MAY_BACKLOG that finds the ring nearly full.</summary>
    [ByKernel]
    [DefaultFrom("kernel: none before 6.5, decided-before-lock in 6.5 (386823839732, 5.19 or 6.0), decided-under-lock since 6.9 (203b01001c4d, 6.7)")]
    public QatBacklog? Backlog { get; init; }

    /// <summary>Time from the decision to backlog a request until the submitter has the lock of the backlog: an interrupt, another CPU that holds it.</summary>
    [DefaultFrom("assumed: a lock that nobody holds; the window of DM-B11 is then open for an instant, which exploration finds and a run does not")]
    public Duration LockWait { get; init; }

    /// <summary>CPU time between two attempts to write a request without MAY_BACKLOG to a full ring.</summary>
    [DefaultFrom("assumed: no figure was published; an attempt of crypto_engine costs as much here")]
    public Duration Retry { get; init; } = Duration.FromNanoseconds(500);

    /// <summary>The watermark after defaults.</summary>
    public int EffectiveNearlyFull => NearlyFull ?? Math.Min(Ring * 9 / 10, Ring - 1);

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new QatDriver(parts, this);
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        foreach (OptionProblem problem in base.FindProblems(name, cpus))
        {
            yield return problem;
        }

        if (EffectiveNearlyFull >= Ring)
        {
            yield return new OptionProblem(name + ".nearly_full", $"is {EffectiveNearlyFull}, but the ring takes {Ring} messages; the watermark lies below that");
        }
    }

    /// <summary>What the driver of a release does, if it is not said.</summary>
    internal QatBacklog BacklogIn(KernelVersion version) => Backlog
        ?? (version < KernelVersion.V65 ? QatBacklog.None
            : version < KernelVersion.V69 ? QatBacklog.DecidedBeforeLock : QatBacklog.DecidedUnderLock);
}

/// <summary>What becomes of a request with MAY_BACKLOG that finds qat's ring nearly full.</summary>
public enum QatBacklog
{
    /// <summary>There is no backlog: after the attempts to write it the answer is EBUSY and nothing is kept, whatever the flags say.</summary>
    [KernelSource("drivers/crypto/qat/qat_common/qat_algs.c", "qat_alg_skcipher_encrypt", Commit = "386823839732", Rules = "DM-B10 DM-C5")]
    None,

    /// <summary>A backlog: the ring is found full first, then the lock is taken and the request appended.</summary>
    [KernelSource("drivers/crypto/qat/qat_common/qat_algs_send.c", "qat_alg_send_message_maybacklog", Commit = "386823839732", Rules = "DM-P6 DM-B11")]
    DecidedBeforeLock,

    /// <summary>A backlog: the ring is tried once more under the lock before the request is appended.</summary>
    [KernelSource("drivers/crypto/intel/qat/qat_common/qat_algs_send.c", "qat_alg_try_enqueue, qat_alg_send_message_maybacklog", Commit = "203b01001c4d", Rules = "DM-P6 DM-B11")]
    DecidedUnderLock,
}
