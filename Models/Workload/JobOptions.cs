using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>A job in fio's words: asynchronous direct I/O with a queue depth. Ends by size, number_ios or runtime.</summary>
[Model("fio")]
[KernelSource("fs/direct-io.c", "do_blockdev_direct_IO", Version = "v4.1")]
public sealed record JobOptions : WorkloadOptions
{
    /// <summary>The stacked or bare block device it works on.</summary>
    [NamesPart(typeof(object))]
    public required string Device { get; init; }

    /// <summary>Direction and order of the I/O.</summary>
    [DefaultFrom("fio's default")]
    public Rw Rw { get; init; } = Rw.Read;

    /// <summary>Size of one I/O.</summary>
    [DefaultFrom("fio's default, 4k")]
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>Mixed sizes with their shares in percent, e.g. <c>4KiB/60:64KiB/40</c>; replaces bs.</summary>
    public BlockSizeSplit? Bssplit { get; init; }

    /// <summary>I/O of one job in flight.</summary>
    [Range(1, 65536)]
    [DefaultFrom("fio's default")]
    public int Iodepth { get; init; } = 1;

    /// <summary>Clones of the job, each with its own streams.</summary>
    [Range(1, 4096)]
    [DefaultFrom("fio's default")]
    public int Numjobs { get; init; } = 1;

    /// <summary>Data each clone moves, and the region in which it does.</summary>
    public DataSize? Size { get; init; }

    /// <summary>I/O each clone does.</summary>
    [Range(1, int.MaxValue)]
    public int? NumberIos { get; init; }

    /// <summary>Virtual time after which no further I/O is submitted.</summary>
    public Duration? Runtime { get; init; }

    internal override Duration? RunsFor => Runtime;

    /// <summary>Time from the end of an I/O until the clone that sleeps for it runs: one more thread hop, which the latency of the I/O does not contain. An I/O that ends before its submission returns costs none.</summary>
    [DefaultFrom("assumed: 0, contained in the hops below; one hop of the machine where rows of a single synchronous reader are to be met (docs/validation.md)")]
    public Duration Wakeup { get; init; } = Duration.Zero;

    /// <summary>I/O per second of one clone; as fast as iodepth allows if left out.</summary>
    [Range(1, 1_000_000_000)]
    public int? RateIops { get; init; }

    /// <summary>Spacing of the arrivals under rate_iops.</summary>
    [DefaultFrom("fio's default")]
    public RateProcess RateProcess { get; init; } = RateProcess.Linear;

    /// <summary>Errors of I/Os are counted, and the run does not end as failed for them.</summary>
    [DefaultFrom("fio's default: none, an error fails the job")]
    public bool ContinueOnError { get; init; }

    /// <summary>When all its writes have ended, the job reads them back and compares: data that are not those written last end the run as corruption.</summary>
    [DefaultFrom("fio's default")]
    public bool Verify { get; init; }

    /// <summary>Every so manieth read has its buffer written to by the user while it is in flight, as O_DIRECT allows; none if left out.</summary>
    [Range(1, int.MaxValue)]
    public int? ModifiesBufferOfEvery { get; init; }

    /// <summary>In what context bios are submitted.</summary>
    [DefaultFrom("io_submit() is a system call")]
    public SubmitsIn SubmitsIn { get; init; } = SubmitsIn.Process;

    /// <summary>Workers of a clone at most that submit under io-wq, as IORING_REGISTER_IOWQ_MAX_WORKERS sets it; one for each I/O that needs one if left out.</summary>
    [Range(1, 65536)]
    public int? IowqMaxWorkers { get; init; }

    /// <summary>Name of the key that a device with inline encryption encrypts its I/O with; jobs that name the same key share it. Not encrypted by the device if neither this nor keys is given.</summary>
    public string? Key { get; init; }

    /// <summary>Several files, with a key for each, or one for all of them; instead of key.</summary>
    public KeysOptions? Keys { get; init; }

    internal override (string Device, CryptoConfig Config)? UsesKeys => CryptoConfig is { } config ? (Device, config) : null;

    /// <summary>What its keys ask of the device; null if it has none.</summary>
    internal CryptoConfig? CryptoConfig => Key is null && Keys is null ? null : new CryptoConfig(CryptoMode, DataUnitSize, EffectiveDunBytes);

    /// <summary>data_unit_size of its keys: a power of two, 512 B to 64 KiB; every I/O is a multiple of it.</summary>
    [DefaultFrom("the block size of the filesystem; assumed: 4KiB")]
    public DataSize DataUnitSize { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>crypto_mode of its keys. A host that lacks it leaves the I/O to blk-crypto-fallback.</summary>
    [DefaultFrom("the one that hosts have (KS-48)")]
    public CryptoMode CryptoMode { get; init; } = CryptoMode.Aes256Xts;

    /// <summary>dun_bytes of its keys: bytes of a data unit's number that may be other than 0. A host whose max_dun_bytes is less leaves the I/O to blk-crypto-fallback.</summary>
    [Range(1, 32)]
    [DefaultFrom("recalled: fscrypt_get_dun_bytes(), 8 where inode and block make the number (keys.scope: policy), 4 where a block does")]
    public int? DunBytes { get; init; }

    /// <summary>dun_bytes after defaults.</summary>
    public int EffectiveDunBytes => DunBytes ?? (Keys is { Scope: KeyScope.Policy } ? 8 : 4);

    /// <summary>I/O of one io_submit() at most; from 3 on they are plugged and handed down together.</summary>
    [Range(1, 65536)]
    [DefaultFrom("fio's default")]
    public int IodepthBatch { get; init; } = 1;

    /// <summary>Once iodepth I/O are in flight, none is submitted until so many are left; iodepth if left out.</summary>
    [Range(0, 65536)]
    public int? IodepthLow { get; init; }

    /// <summary>Percentage of reads for rw and randrw.</summary>
    [Range(0, 100)]
    [DefaultFrom("fio's default")]
    public int Rwmixread { get; init; } = 50;
}

/// <summary>Direction and order of the I/O, as fio spells it.</summary>
public enum Rw
{
    /// <summary>Sequential reads.</summary>
    Read,

    /// <summary>Sequential writes.</summary>
    Write,

    /// <summary>Random reads.</summary>
    Randread,

    /// <summary>Random writes.</summary>
    Randwrite,

    /// <summary>Sequential reads and writes, mixed by rwmixread.</summary>
    Rw,

    /// <summary>Random reads and writes, mixed by rwmixread.</summary>
    Randrw,
}

/// <summary>In what context a job submits its bios.</summary>
public enum SubmitsIn
{
    /// <summary>A task, which may sleep.</summary>
    [KernelSource("fs/aio.c", "io_submit", Version = "v4.1")]
    Process,

    /// <summary>A BH work item of the job's CPU, which may not. No submitter in the kernel's tree is known to do so (DM-B17).</summary>
    [KernelSource("block/blk-core.c", "submit_bio", Version = "v6.18", Rules = "DM-B17")]
    Softirq,

    /// <summary>A task for each I/O, which may sleep without keeping the job from submitting the next: a worker of io_uring, as with fio's force_async. Nothing is plugged.</summary>
    [KernelSource("io_uring/io-wq.c", "io_wq_enqueue, io_wq_worker", Version = "v6.18")]
    IoWq,
}

/// <summary>Spacing of arrivals under rate_iops, as fio's rate_process.</summary>
public enum RateProcess
{
    /// <summary>Evenly spaced.</summary>
    Linear,

    /// <summary>A Poisson process: exponential gaps.</summary>
    Poisson,
}
