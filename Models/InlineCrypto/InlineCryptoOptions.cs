using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>A storage host that encrypts what passes through it, with the keys of its keyslots.</summary>
public abstract record InlineCryptoHostOptions : BlockDeviceOptions
{
    /// <summary>modes_supported: ciphers that the host has; a key with another is not for it.</summary>
    [DefaultFrom("UFS and CQHCI hosts have AES-256-XTS wired up alone (KS-48)")]
    public IReadOnlyList<CryptoMode>? CryptoModes { get; init; }

    /// <summary>nr_hw_queues.</summary>
    [Range(1, 1024)]
    [DefaultFrom("UFS before MCQ and eMMC have one queue (KS-35)")]
    public int HardwareQueues { get; init; } = 1;

    /// <summary>num_slots; 0 for hardware that takes the key with each request (KS-5).</summary>
    [Range(0, 256)]
    [DefaultFrom("recalled: UFS hosts commonly have 32 (KS-47)")]
    public virtual int Keyslots { get; init; } = 32;

    /// <summary>When a request takes its keyslot, and what becomes of it when every slot is in use.</summary>
    [DefaultFrom("what was merged for 5.8 (a892c8d52c02)")]
    public NoKeyslot NoKeyslot { get; init; } = NoKeyslot.SleepAtRequest;

    /// <summary>Whom a slot that becomes idle wakes under requeue.</summary>
    [DefaultFrom("the hook that mail 001 says one would need")]
    public WakeHook WakeHook { get; init; } = WakeHook.AllHctxs;

    /// <summary>Under requeue: what is made of a hardware queue that only the delay of 3 ms has run, although a slot had become idle.</summary>
    [DefaultFrom("it costs time and breaks nothing (KS-C3)")]
    public KeyslotStall KeyslotStall { get; init; } = KeyslotStall.Count;

    /// <summary>Under park: once the oldest parked request has waited so long, newer ones no longer take slots before it; never if left out.</summary>
    public Duration? AgeLimit { get; init; }

    /// <summary>BLK_MQ_F_BLOCKING: queue_rq, and what is done at dispatch, may sleep.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: set since 6.5 by UFS with clock gating (KS-54), recalled: always by eMMC, and by no other host here")]
    public bool? Blocking { get; init; }

    /// <summary>Sizes of data units that the host can encrypt; of a key with another it knows nothing.</summary>
    [DefaultFrom("crypto_cap.sdus_mask: all powers of two from 512 to 65536 bytes (KS-48)")]
    public IReadOnlyList<DataSize>? DataUnitSizes { get; init; }

    /// <summary>max_dun_bytes_supported: a key whose data unit numbers are longer is not for this host.</summary>
    [Range(1, 32)]
    [DefaultFrom("64 bits, as on UFS (KS-49)")]
    public virtual int MaxDunBytes { get; init; } = 8;

    /// <summary>What becomes of a task's plug when the task sleeps.</summary>
    [DefaultFrom("sched_submit_work() flushes it (KS-25)")]
    public PlugOnSleep PlugOnSleep { get; init; } = PlugOnSleep.Flush;

    /// <summary>The I/O scheduler. With one, a request has a scheduler tag from its allocation on and a driver tag from its dispatch.</summary>
    [DefaultFrom("assumed: none, as the designs of mail 001 are discussed; Linux gives mq-deadline to a device with one hardware queue (recalled)")]
    public ElevatorKind Elevator { get; init; } = ElevatorKind.None;

    /// <summary>What mq-deadline is tuned to.</summary>
    public DeadlineOptions? Iosched { get; init; }

    /// <summary>nr_requests: requests of each hardware queue; if left out queue_depth, and with an elevator 2 * min(queue_depth, 128) (KS-43).</summary>
    [Range(1, 65536)]
    public int? NrRequests { get; init; }

    /// <summary>queue_depth of the SCSI device: commands that it takes at a time from all hardware queues, its budget; no limit but the tags if left out.</summary>
    [Range(1, 65536)]
    public int? DeviceQueueDepth { get; init; }

    /// <summary>max_sectors: no merge makes a request larger. Larger bios are not split.</summary>
    [DefaultFrom("recalled: SZ_1M of ufshcd_driver_template, as many pages as BIO_MAX_VECS (KS 1.6)")]
    public DataSize MaxSectors { get; init; } = DataSize.FromMebibytes(1);

    /// <summary>nomerges: 0 tries every merge, 1 of an elevator's only the one-hit cache, 2 none.</summary>
    [Range(0, 2)]
    [DefaultFrom("QUEUE_FLAG_NOMERGES and QUEUE_FLAG_NOXMERGES are not set")]
    public int Nomerges { get; init; }

    /// <summary>What becomes of the keyslot of a request that an elevator merges into another.</summary>
    [DefaultFrom("attempt_merge() puts it (9cd1e566676b)")]
    public MergedKeyslot MergedKeyslot { get; init; } = MergedKeyslot.Put;

    /// <summary>When a request that has ended gives its keyslot back.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: before its bios end since 6.4, that is in the era 6.5 (KS-28), when it is freed before that (KS-29)")]
    public KeyslotRelease? KeyslotRelease { get; init; }

    /// <summary>What becomes of the slot of a key that cannot be evicted.</summary>
    [ByKernel]
    [DefaultFrom("by kernel: unlink since 6.4, that is in the era 6.5 (KS-18), keep before that (KS-19)")]
    public FailedEvict? FailedEvict { get; init; }

    /// <summary>Every so manieth programming of a key fails with an I/O error, counting those after a reset; none if left out.</summary>
    [Range(1, int.MaxValue)]
    public int? ProgramErrorOfEvery { get; init; }

    /// <summary>Every so manieth eviction of a key that is in an idle slot fails in the driver; none if left out.</summary>
    [Range(1, int.MaxValue)]
    public int? EvictErrorOfEvery { get; init; }

    /// <summary>The host is reset now and then, and all keys are programmed again; never if left out.</summary>
    public HostResetOptions? Reset { get; init; }

    /// <summary>Time of a command besides moving its data.</summary>
    public abstract DurationDistribution Latency { get; init; }

    /// <summary>Rate at which the host moves data, shared by all commands; unlimited if left out.</summary>
    public Bandwidth? Bandwidth { get; init; }

    /// <summary>From waking a task, or queueing work to kblockd, until it runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    internal KeyslotRelease KeyslotReleaseIn(KernelVersion kernel) =>
        KeyslotRelease ?? (kernel >= KernelVersion.V65 ? BlkMq.KeyslotRelease.BeforeBioEndio : BlkMq.KeyslotRelease.AtRequestFree);

    /// <summary>The fallback may have to encrypt what the host supports: for want of a slot (design E), or because a key could not be programmed (design A, KS-A2).</summary>
    internal bool MayFallBack => NoKeyslot == NoKeyslot.Fallback || (NoKeyslot == NoKeyslot.SleepAtSubmit && ProgramErrorOfEvery is not null);

    internal FailedEvict FailedEvictIn(KernelVersion kernel) => FailedEvict ?? FailedEvicts.In(kernel);

    /// <summary>BLK_MQ_F_BLOCKING in a release.</summary>
    internal virtual bool IsBlocking(KernelVersion kernel) => Blocking ?? false;

    /// <summary>Time of a command besides moving its data.</summary>
    internal virtual DurationDistribution LatencyOf(bool isWrite) => Latency;

    /// <summary>How the host programs keys, and what must be on for it.</summary>
    internal abstract KeyslotOps CreateOps(LinuxKernel kernel, string name);

    /// <summary>What is wrong with the options beside the values of each.</summary>
    internal virtual IEnumerable<OptionProblem> FindProblems(string name)
    {
        if (Reset is { Every.Picoseconds: 0 })
        {
            yield return new OptionProblem(name + ".reset.every", "is 0: the host would do nothing else");
        }

        foreach (DataSize size in DataUnitSizes ?? [])
        {
            if (size.Bytes is < 512 or > 65536 || !System.Numerics.BitOperations.IsPow2(size.Bytes))
            {
                yield return new OptionProblem(name + ".data_unit_sizes", $"has {size.ToExactString()}; each is a power of two from 512B to 64KiB");
            }
        }
    }
}

/// <summary>A host of no particular kind: what it costs to program a key, and whether that may sleep, are given.</summary>
[Model("inline-crypto")]
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_profile_init", Version = "v6.18", Rules = "KS-5 KS-10")]
public sealed record InlineCryptoOptions : InlineCryptoHostOptions
{
    /// <inheritdoc/>
    [Range(1, 1024)]
    [DefaultFrom("recalled: UFS before MCQ has 32 (KS-43)")]
    public override int QueueDepth { get; init; } = 32;

    /// <inheritdoc/>
    public override required DurationDistribution Latency { get; init; }

    /// <summary>CPU time of programming or evicting a key.</summary>
    [DefaultFrom("assumed: 19 posted MMIO writes of 0.15us (KS-46); ICE by SMC is assumed as 100us (KS-50)")]
    public Duration ProgramKey { get; init; } = new(2_850_000);

    /// <summary>Whether keys may be programmed where nothing may sleep.</summary>
    [DefaultFrom("the UFS specification does not care (mail 001)")]
    public KeyProgramming Programming { get; init; } = KeyProgramming.Atomic;

    internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new TimedKeyslotOps(kernel, ProgramKey, Programming);
}
